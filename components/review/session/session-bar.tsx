'use client'

import { Link } from '@/components/ui/controls/link'
import { useEffect, useSyncExternalStore } from 'react'
import { DueLine } from '@/components/assignments/due-day'
import { KeyHint } from '@/components/shell/keys/key-hint'
import { registerShortcuts } from '@/components/shell/keys/shortcuts'
import { useDiscussion } from '@/components/threads/discussion/discussion-context'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { putAsideInWords } from '@/lib/domain/review-sessions/activation-words'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import { isLocked, lockInWords, secrecyInWords, type Review } from './session-words'

function subscribeToNothing(): () => void {
  return () => undefined
}

/** The session of this review: its rules in a line, its guidelines, and the way to submit. */
export function SessionBar({
  review,
  now,
  areGuidelinesOpen,
  onGuidelines,
  onSubmit,
}: {
  review: Review
  now: number
  areGuidelinesOpen: boolean
  /** Shows or hides the guidelines. */
  onGuidelines: () => void
  onSubmit: () => void
}) {
  const { assignment, session } = review
  const locked = isLocked(review)
  // The server renders the bar, and its script is loaded after the reader's. A press before that would be lost.
  const isWaiting = useSyncExternalStore(
    subscribeToNothing,
    () => false,
    () => true,
  )
  useLiveRefresh(
    [
      'assignment.returned',
      'assignment.accepted',
      'assignment.withdrawn',
      'assignment.extended',
      'assignment.reinstated',
    ],
    { sessionId: session.id },
  )
  useSessionKeys({ maySubmit: assignment.may.submit, onGuidelines, onSubmit })
  return (
    <section
      aria-label="Review session"
      className="border-b border-line bg-surface px-3 py-1 text-sm min-[60rem]:px-6 min-[60rem]:py-1.5 print:hidden"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="flex min-w-0 flex-1 basis-28 flex-wrap sm:basis-64 items-baseline gap-x-2.5">
          <Link
            href={`/review-sessions/${session.id}`}
            dir="auto"
            className="max-w-full truncate font-semibold hover:underline"
          >
            {session.name}
          </Link>
          <span className="text-ink-2 max-md:hidden">{secrecyInWords(review)}</span>
          {assignment.dueAt !== null && !locked && (
            <span className={assignment.overdue ? 'font-medium text-danger' : 'text-ink-2'}>
              <DueLine dueAt={assignment.dueAt} overdue={assignment.overdue} now={now} />
            </span>
          )}
        </p>
        <div className="flex shrink-0 gap-1 sm:gap-2">
          <Button
            size="small"
            variant="quiet"
            disabled={isWaiting}
            aria-expanded={areGuidelinesOpen}
            onClick={onGuidelines}
          >
            Guidelines
            <span className="ms-1 max-[60rem]:hidden" aria-hidden="true">
              <KeyHint keys="g u" />
            </span>
          </Button>
          <AskButton disabled={isWaiting} />
          {!locked && assignment.may.submit && (
            <Button size="small" variant="primary" disabled={isWaiting} onClick={onSubmit}>
              Submit
            </Button>
          )}
        </div>
      </div>
      <SessionNotes review={review} />
    </section>
  )
}

/** Opens a question to the leads; nothing where the page has no discussion. */
function AskButton({ disabled }: { disabled: boolean }) {
  const discussion = useDiscussion()
  if (discussion === null) return null
  return (
    <Button
      size="small"
      variant="quiet"
      disabled={disabled}
      aria-label="Ask the lead"
      onClick={() => {
        discussion.open({ kind: 'question' })
      }}
    >
      <span className="max-sm:hidden">Ask the lead</span>
      <span aria-hidden="true" className="sm:hidden">
        Ask
      </span>
    </Button>
  )
}

/** Explains why the marks are locked, and shows the lead's words on returned work. */
function SessionNotes({ review }: { review: Review }) {
  const { assignment } = review
  const lock = lockInWords(review)
  return (
    <>
      {isLocked(review) && (
        <p role="note" className="pb-0.5 text-ink-2">
          {lock.what}
          {lock.at !== null && (
            <>
              {' on '}
              <LocalTime instant={lock.at} />
            </>
          )}
          . {lock.next}
          {assignment.state === 'submitted' && (
            <>
              {' '}
              <Link href="/inbox" className="underline underline-offset-2 hover:text-ink">
                Back to the inbox
              </Link>
            </>
          )}
        </p>
      )}
      {assignment.state === 'returned' && (
        <p role="note" className="pb-0.5">
          <span className="font-semibold">Returned to you.</span>{' '}
          <span dir="auto" className="whitespace-pre-line">
            {assignment.comment}
          </span>
        </p>
      )}
    </>
  )
}

function useSessionKeys({
  maySubmit,
  onGuidelines,
  onSubmit,
}: {
  maySubmit: boolean
  onGuidelines: () => void
  onSubmit: () => void
}): void {
  useEffect(
    () =>
      registerShortcuts({
        title: 'Review session',
        shortcuts: [
          {
            keys: 'g u',
            label: 'Guidelines of the session, beside the text',
            run: onGuidelines,
          },
          ...(maySubmit
            ? [
                {
                  keys: 'g x',
                  label: 'Submit the review',
                  run: onSubmit,
                },
              ]
            : []),
        ],
      }),
    [maySubmit, onGuidelines, onSubmit],
  )
}

/** A notice above the text: a session puts the person's earlier marks aside, and when they come back. */
export function PutAside({ count, sessionName }: { count: number; sessionName: string }) {
  const words = putAsideInWords(count, sessionName)
  if (words === '') return null
  return (
    <p role="note" dir="auto" className="mb-6 rounded-md border border-line bg-sunken px-3 py-2 text-sm print:hidden">
      {words}
    </p>
  )
}
