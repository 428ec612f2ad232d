'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { ThreadCard } from './thread-card'
import { useReadNotifications } from '../use-read-notifications'

export interface ThreadListProps {
  threads: readonly ThreadView[]
  memberId: string
  /** Who can be named in an answer. Null while they are on their way. */
  members: readonly Nameable[] | null
  /** The only thread that is asked for, by a link: shown whole, resolved or not. */
  targetId?: string | null
  /** They are shown with what they are about, which need not be said again. */
  isInPlace?: boolean
  onChanged: () => Promise<void>
}

/** Threads one below the other, the resolved ones behind a button. What was told of those on the screen counts as read. */
export function ThreadList({
  threads,
  memberId,
  members,
  targetId = null,
  isInPlace = false,
  onChanged,
}: ThreadListProps) {
  const [showsResolved, setShowsResolved] = useState(false)
  const open = threads.filter(({ resolved }) => resolved === null)
  const listed = showsResolved || targetId !== null ? threads : open
  const resolvedCount = threads.length - open.length
  useReadNotifications(new Map(listed.map(({ id, comments }) => [id, comments.length])), memberId)
  return (
    <>
      {listed.map((thread) => (
        <ThreadCard
          key={thread.id}
          thread={thread}
          memberId={memberId}
          members={members}
          isTarget={thread.id === targetId}
          isInPlace={isInPlace}
          onChanged={onChanged}
        />
      ))}
      {targetId === null && resolvedCount > 0 && (
        <Button
          size="small"
          variant="quiet"
          className="w-fit"
          aria-expanded={showsResolved}
          onClick={() => {
            setShowsResolved(!showsResolved)
          }}
        >
          {showsResolved ? 'Hide what is resolved' : `Show ${String(resolvedCount)} resolved`}
        </Button>
      )}
    </>
  )
}
