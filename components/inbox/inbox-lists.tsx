import { Link } from '@/components/ui/controls/link'
import type { ReactNode } from 'react'
import { DueLine } from '@/components/assignments/due-day'
import { ReviewStateLine } from '@/components/claims/review-state-line'
import { Bar } from '@/components/ui/layout/progress'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { AssignmentView } from '@/lib/domain/assignments/schema'
import type { DocumentReviewState } from '@/lib/domain/documents/review-state'
import type { Inbox } from '@/lib/domain/inbox/schema'
import { notificationPath } from '@/lib/domain/notifications/words'

/** One kind of waiting item, with their total. */
export function InboxSection({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h2 className="flex items-baseline gap-2 font-serif text-lg font-semibold">
        {title} <span className="tabular text-base font-normal text-ink-3">{numberInWords(count)}</span>
      </h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">{children}</ul>
    </section>
  )
}

function Entry({
  href,
  title,
  about,
  state,
  children,
}: {
  href: string
  title: string
  about: ReactNode
  /** A line about the document in review sessions: how far they are, and what they settled. */
  state?: ReactNode
  children?: ReactNode
}) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 hover:bg-hover/60">
      <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
        <Link
          href={href}
          dir="auto"
          className="font-serif text-md font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 hover:underline"
        >
          {title}
        </Link>
        {about !== null && (
          <p dir="auto" className="text-sm text-ink-3">
            {about}
          </p>
        )}
        {state}
      </div>
      {children}
    </li>
  )
}

/** An assignment of the current member: the document, its due date and its progress. `now` is the server's time, in ms since 1970. */
export function WorkEntry({
  assignment,
  now,
  reviewState,
}: {
  assignment: AssignmentView
  now: number
  reviewState: DocumentReviewState | undefined
}) {
  const { progress, document, session, state, comment, dueAt, overdue } = assignment
  return (
    <Entry
      href={`/documents/${document.id}`}
      title={document.title}
      about={reviewState?.running?.sessionId === session.id ? null : session.name}
      state={<ReviewStateLine document={document} state={reviewState} />}
    >
      <div className="grid justify-items-start gap-1 text-sm md:w-56">
        {progress !== null && (
          <>
            <Bar share={progress.total === 0 ? 0 : progress.decided / progress.total} />
            <span className="tabular text-ink-2">
              {numberInWords(progress.decided)} of {countInWords(progress.total, 'sentence')} decided
            </span>
          </>
        )}
      </div>
      <span className={`text-sm md:w-40 md:text-end ${overdue ? 'font-medium text-danger' : 'text-ink-2'}`}>
        {dueAt === null ? 'No due date' : <DueLine dueAt={dueAt} overdue={overdue} now={now} />}
      </span>
      {state === 'returned' && (
        <p dir="auto" className="w-full border-s-2 border-line-strong ps-3 text-sm whitespace-pre-line text-ink-2">
          {comment}
        </p>
      )}
    </Entry>
  )
}

/** A submission that a lead can accept or return. */
export function SubmissionEntry({
  assignment,
  reviewState,
}: {
  assignment: AssignmentView
  reviewState: DocumentReviewState | undefined
}) {
  const { document, session, member, submittedAt } = assignment
  return (
    <Entry
      href={`/review-sessions/${session.id}`}
      title={document.title}
      about={reviewState?.running?.sessionId === session.id ? null : session.name}
      state={<ReviewStateLine document={document} state={reviewState} />}
    >
      <span className="text-sm text-ink-2">
        <span dir="auto">{member.name}</span>
        {submittedAt !== null && (
          <>
            , submitted on <LocalTime instant={submittedAt} className="relative z-10" />
          </>
        )}
      </span>
    </Entry>
  )
}

/** A session whose claims the current member settles. */
export function AdjudicationEntry({ entry }: { entry: Inbox['toAdjudicate'][number] }) {
  const decided = entry.claims - entry.open
  return (
    <Entry
      href={`/review-sessions/${entry.session.id}/adjudication`}
      title={entry.session.name}
      about={`In adjudication, ${numberInWords(decided)} of ${countInWords(entry.claims, 'claim')} decided`}
    >
      <Bar share={entry.claims === 0 ? 0 : decided / entry.claims} />
    </Entry>
  )
}

/** A comment that mentions the current member, or a question to them. */
export function MentionEntry({ mention }: { mention: Inbox['mentions'][number] }) {
  const { documentId, threadId, sessionId, claimId, title, place, by, words, at } = mention
  const href = notificationPath('mention', {
    documentId: documentId ?? undefined,
    threadId: threadId ?? undefined,
    sessionId: sessionId ?? undefined,
    claimId: claimId ?? undefined,
  })
  return (
    <Entry
      href={href}
      title={title === '' ? 'A discussion' : title}
      about={
        <>
          {by !== '' && `${by}, `}
          {place !== null && `${place}, `}
          <LocalTime instant={at} shows="day-and-time" className="relative z-10" />
        </>
      }
    >
      {words !== '' && (
        <p dir="auto" className="line-clamp-3 w-full text-sm text-ink-2">
          {words}
        </p>
      )}
    </Entry>
  )
}
