'use client'

import { useState, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/controls/button'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { callApi } from '@/lib/client/api/call'
import { Composer, type Written } from '@/components/threads/writing/composer'
import { copyWords } from '@/lib/client/copy-words'
import { showToast } from '@/components/ui/overlays/toast-store'
import { ThreadComment, subjectInWords, ThreadSubject } from './thread-content'

export interface ThreadListProps {
  threads: readonly ThreadView[]
  memberId: string
  /** The members who can be mentioned in an answer. Null while they are loading. */
  members: readonly Nameable[] | null
  /** The one thread that a link asks for: shown whole, resolved or not. */
  targetId?: string | null
  /** Whether the threads are shown beside their subject, which then need not be repeated. */
  isInPlace?: boolean
  onChanged: () => Promise<void>
}

/** Threads one below the other, with the resolved ones behind a button. Notifications about threads on the screen are marked as read. */
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
          {showsResolved ? 'Hide resolved discussions' : `Show ${String(resolvedCount)} resolved`}
        </Button>
      )}
    </>
  )
}

/** One thread: its subject, its comments, and a field to answer. A resolved one is folded. */
function ThreadCard({
  thread,
  memberId,
  members,
  isTarget,
  isInPlace = false,
  onChanged,
}: {
  thread: ThreadView
  memberId: string
  members: readonly Nameable[] | null
  /** Whether the followed link names it. */
  isTarget: boolean
  /** Whether the thread is shown beside its subject, which then need not be repeated. */
  isInPlace?: boolean
  onChanged: () => Promise<void>
}) {
  const { id, comments, resolved, may } = thread
  const card = useRef<HTMLElement>(null)
  const [isUnfolded, setIsUnfolded] = useState(isTarget)
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (isTarget) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isTarget])
  const answer = async ({ id: commentId, ...written }: Written) => {
    const result = await callApi({
      method: 'POST',
      path: `/api/v1/threads/${id}/comments`,
      asMember: memberId,
      body: { id: commentId, ...written },
    })
    if (!result.ok) return result.message
    await onChanged()
    return null
  }
  const toggle = async () => {
    setIsBusy(true)
    const result = await callApi({
      method: 'POST',
      path: `/api/v1/threads/${id}/${resolved === null ? 'resolve' : 'reopen'}`,
      asMember: memberId,
    })
    setProblem(result.ok ? null : result.message)
    setIsUnfolded(resolved !== null)
    // A resolved thread leaves the list, together with the focused button.
    if (result.ok && resolved === null) card.current?.closest('section')?.focus()
    await onChanged()
    setIsBusy(false)
  }
  const isOpen = resolved === null || isUnfolded
  return (
    <article
      ref={card}
      id={`thread-${id}`}
      aria-label={`${subjectInWords(thread)}, started by ${thread.startedBy.name}`}
      className={`grid gap-3 rounded-lg border bg-surface p-3.5 ${isTarget ? 'border-accent shadow-float' : 'border-line shadow-card'}`}
    >
      <ThreadSubject thread={thread} isInPlace={isInPlace} />
      {isOpen ? (
        <Comments comments={comments} memberId={memberId} members={members} onChanged={onChanged} />
      ) : (
        <FirstWords comments={comments} />
      )}
      {isOpen && may.comment && (
        <Composer
          draftKey={`answer:${memberId}:${id}`}
          label="Answer"
          placeholder="Answer. @ mentions a member."
          members={members}
          sendLabel="Answer"
          onSend={answer}
        />
      )}
      {!may.comment && !may.resolve && isOpen && comments.some(({ may: allowed }) => allowed.update) && (
        <p className="text-sm text-ink-2">
          You review this document independently of others now, so this older discussion rests for you.
        </p>
      )}
      {problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <ThreadActions
        thread={thread}
        isUnfolded={isUnfolded}
        isBusy={isBusy}
        isInPlace={isInPlace}
        onFold={() => {
          setIsUnfolded(!isUnfolded)
        }}
        onToggle={() => void toggle()}
      />
    </article>
  )
}

function Comments({
  comments,
  memberId,
  members,
  onChanged,
}: {
  comments: ThreadView['comments']
  memberId: string
  members: readonly Nameable[] | null
  onChanged: () => Promise<void>
}) {
  return (
    <ul className="grid gap-3">
      {comments.map((comment) => (
        <ThreadComment
          key={comment.id}
          comment={comment}
          isMine={comment.author.id === memberId}
          memberId={memberId}
          members={members}
          onChanged={onChanged}
        />
      ))}
    </ul>
  )
}

/** The beginning of a folded thread. */
function FirstWords({ comments }: Pick<ThreadView, 'comments'>) {
  return (
    <p dir="auto" className="line-clamp-1 text-ink-2">
      {comments.find(({ deleted }) => !deleted)?.body ?? ''}
    </p>
  )
}

/** The actions on a thread as a whole. */
function ThreadActions({
  thread,
  isUnfolded,
  isBusy,
  isInPlace,
  onFold,
  onToggle,
}: {
  thread: ThreadView
  isUnfolded: boolean
  isBusy: boolean
  isInPlace: boolean
  onFold: () => void
  /** Resolves the thread, or reopens it. */
  onToggle: () => void
}) {
  const { about, resolved, may } = thread
  return (
    <footer className="flex gap-2">
      {resolved !== null && (
        <Button size="small" variant="quiet" aria-expanded={isUnfolded} onClick={onFold}>
          {isUnfolded ? 'Fold' : 'Show'}
        </Button>
      )}
      {may.resolve && (
        <Button size="small" variant="quiet" busy={isBusy} onClick={onToggle}>
          {resolved === null ? 'Resolve' : 'Open again'}
        </Button>
      )}
      {!isInPlace && about.kind !== 'claim' && (
        <Button size="small" variant="quiet" onClick={() => void copyThreadLink(thread)}>
          Copy link
        </Button>
      )}
    </footer>
  )
}

/** Copies the address of a discussion in the reader, with the revision of its words, and confirms it. */
async function copyThreadLink({ id, document, about }: ThreadView): Promise<void> {
  const address = new URL(`/documents/${document.id}`, window.location.href)
  const passage = about.kind === 'passage' ? about.passage : null
  if (passage !== null) address.searchParams.set('revision', passage.revisionId)
  address.hash = `thread-${id}`
  const link = `the link to the discussion${passage === null ? '' : ` of ${passage.place}`}`
  showToast((await copyWords(address.href)) ? `Copied ${link}.` : `T${link.slice(1)}: ${address.href}`)
}

/**
 * Marks the notifications about these threads as read, because discussions on the screen count as read. Does so again when a comment is added, and
 * waits while the tab is hidden.
 * @param shown the number of comments of each thread on the screen, by its id
 */
export function useReadNotifications(shown: ReadonlyMap<string, number>, memberId: string): void {
  const key = [...shown].map(([id, comments]) => `${id} ${String(comments)}`).join()
  useEffect(() => {
    const threadIds = key
      .split(',')
      .map((each) => each.slice(0, each.indexOf(' ')))
      .filter((id) => id !== '')
    if (threadIds.length === 0) return
    let isSaid = false
    const say = () => {
      if (isSaid || document.visibilityState === 'hidden') return
      isSaid = true
      // A failure does no harm: the notifications stay unread.
      void callApi({
        method: 'POST',
        path: '/api/v1/notifications/read',
        asMember: memberId,
        body: { threadIds: threadIds.slice(0, 200) },
      }).then(() => {
        window.dispatchEvent(new Event('sourcemark-waiting-changed'))
      })
    }
    say()
    document.addEventListener('visibilitychange', say)
    return () => {
      document.removeEventListener('visibilitychange', say)
    }
  }, [key, memberId])
}
