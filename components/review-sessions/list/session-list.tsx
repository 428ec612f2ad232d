import { Link } from '@/components/ui/controls/link'
import { DueDay } from '@/components/assignments/due-day'
import { Bar } from '@/components/ui/layout/progress'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { progressInWords, stateInWords } from './session-words'

function shareDone({ state, progress }: SessionView): number | null {
  const { assignments, submitted, accepted, withdrawn, claims, openClaims } = progress
  if (state === 'active') return assignments === withdrawn ? null : (submitted + accepted) / (assignments - withdrawn)
  if (state === 'adjudication' && claims !== null && claims > 0) return (claims - (openClaims ?? 0)) / claims
  return null
}

function Progress({ session }: { session: SessionView }) {
  const share = shareDone(session)
  return (
    <span className="grid gap-1.5">
      {share !== null && <Bar share={share} />}
      <span className="tabular text-sm text-ink-2">{progressInWords(session)}</span>
    </span>
  )
}

/** The due date, unless the session is closed. */
function Due({ session }: { session: SessionView }) {
  if (session.state === 'closed') return null
  return (
    <span className={session.progress.overdue > 0 ? 'text-sm text-danger' : 'text-sm text-ink-3'}>
      {session.dueAt !== null && (
        <>
          due <DueDay dueAt={session.dueAt} />
        </>
      )}
      {session.progress.overdue > 0 &&
        `${session.dueAt === null ? '' : ', '}${numberInWords(session.progress.overdue)} late`}
    </span>
  )
}

/** Review sessions, each with its state and progress. */
export function SessionList({ sessions, caption }: { sessions: readonly SessionView[]; caption: string }) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <HeadCell>Session</HeadCell>
          <HeadCell className="max-md:hidden">State</HeadCell>
          <HeadCell numeric className="max-md:hidden">
            Documents
          </HeadCell>
          <HeadCell className="max-md:hidden">Progress</HeadCell>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id} className="hover:bg-hover/60">
            <Cell className="min-w-44">
              <Link
                href={`/review-sessions/${session.id}`}
                className="font-serif text-md font-medium [overflow-wrap:anywhere] hover:underline"
              >
                <span dir="auto">{session.name}</span>
              </Link>
              <p dir="auto" className="line-clamp-2 max-w-[36rem] text-ink-3">
                {session.question}
              </p>
              <div className="mt-1.5 grid justify-items-start gap-1.5 md:hidden">
                <Tag tone={session.state === 'active' ? 'accent' : 'neutral'}>{stateInWords(session)}</Tag>
                <span className="text-sm text-ink-3">{countInWords(session.progress.documents, 'document')}</span>
                <Progress session={session} />
                <Due session={session} />
              </div>
            </Cell>
            <Cell className="max-md:hidden">
              <span className="grid justify-items-start gap-1">
                <Tag tone={session.state === 'active' ? 'accent' : 'neutral'}>{stateInWords(session)}</Tag>
                <Due session={session} />
              </span>
            </Cell>
            <Cell numeric className="max-md:hidden">
              {numberInWords(session.progress.documents)}
            </Cell>
            <Cell className="max-md:hidden">
              <Progress session={session} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
