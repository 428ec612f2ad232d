'use client'

import { Link } from '@/components/ui/controls/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWorkspaceZone } from '@/components/shell/frame/workspace-zone'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { callApi } from '@/lib/client/api/call'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import type { NotificationView, ReadNotifications } from '@/lib/domain/notifications/schema'
import {
  groupInWords,
  groupNotifications,
  groupPath,
  notificationInWords,
  notificationPath,
} from '@/lib/domain/notifications/words'

/** A sentence that links to its subject, and its time. */
function Line({
  notification: { id, type, data, createdAt, readAt },
  onRead,
}: {
  notification: NotificationView
  onRead: (ids: string[]) => void
}) {
  const timeZone = useWorkspaceZone()
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5">
      <Link
        href={notificationPath(type, data)}
        dir="auto"
        className={`min-w-0 flex-1 basis-64 [overflow-wrap:anywhere] hover:underline ${readAt === null ? 'font-semibold' : 'text-ink-2'}`}
        onClick={() => {
          if (readAt === null) onRead([id])
        }}
      >
        {notificationInWords(type, data, timeZone)}
        {readAt === null && <span className="sr-only"> (new)</span>}
      </Link>
      <LocalTime instant={createdAt} shows="day-and-time" className="text-sm text-ink-3" />
    </li>
  )
}

/** Several notifications of a kind in one line, which unfolds to show each. */
function Group({
  notifications,
  onRead,
}: {
  notifications: readonly NotificationView[]
  onRead: (ids: string[]) => void
}) {
  const timeZone = useWorkspaceZone()
  const newest = notifications[0]
  const isNew = newest?.readAt === null
  return (
    <li>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 pt-2.5">
        <Link
          href={groupPath(notifications)}
          dir="auto"
          className={`min-w-0 flex-1 basis-64 [overflow-wrap:anywhere] hover:underline ${isNew ? 'font-semibold' : 'text-ink-2'}`}
          onClick={() => {
            if (isNew) onRead(notifications.map(({ id }) => id))
          }}
        >
          {groupInWords(notifications, timeZone)}
          {isNew && <span className="sr-only"> (new)</span>}
        </Link>
        {newest !== undefined && (
          <LocalTime instant={newest.createdAt} shows="day-and-time" className="text-sm text-ink-3" />
        )}
      </div>
      <details className="pb-2">
        <summary className="mx-3 inline-block cursor-pointer rounded-sm px-1 text-sm text-ink-3 underline underline-offset-2 hover:text-ink">
          Show each
        </summary>
        <ul className="ms-3 border-s border-line">
          {notifications.map((notification) => (
            <Line key={notification.id} notification={notification} onRead={onRead} />
          ))}
        </ul>
      </details>
    </li>
  )
}

/** The recent notifications of the current member, read and unread. */
export function NotificationList({
  notifications,
  unread,
}: {
  notifications: readonly NotificationView[]
  unread: number
}) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const read = async (body: ReadNotifications) => {
    const answer = await callApi({ method: 'POST', path: '/api/v1/notifications/read', body })
    setProblem(answer.ok ? null : answer.message)
    window.dispatchEvent(new Event('sourcemark-waiting-changed'))
    router.refresh()
  }
  return (
    <section aria-labelledby="news-title" className="grid gap-2">
      <div className="flex items-baseline gap-3">
        <h2 id="news-title" className="font-serif text-lg font-semibold">
          What happened
        </h2>
        {unread > 0 && (
          <Button size="small" variant="quiet" onClick={() => void read({ all: true })}>
            {unread === 1 ? 'Mark as read' : `Mark all ${String(unread)} as read`}
          </Button>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
        {groupNotifications(notifications).map((entry) =>
          entry.kind === 'one' ? (
            <Line key={entry.notification.id} notification={entry.notification} onRead={(ids) => void read({ ids })} />
          ) : (
            <Group
              key={entry.notifications[0]?.id}
              notifications={entry.notifications}
              onRead={(ids) => void read({ ids })}
            />
          ),
        )}
      </ul>
    </section>
  )
}

/** Keeps an open inbox up to date with the live feed. */
export function FollowInbox() {
  useLiveRefresh([
    'assignment.created',
    'assignment.removed',
    'assignment.submitted',
    'assignment.returned',
    'assignment.accepted',
    'assignment.withdrawn',
    'assignment.reinstated',
    'assignment.extended',
    'review-session.activated',
    'review-session.adjudication-started',
    'review-session.closed',
    'review-session.reopened',
    'verdict.decided',
    'comment.created',
  ])
  return null
}
