import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { memberInWords } from '@/lib/domain/reports/reading/claim-words'
import type { ClaimCounts, ReportView } from '@/lib/domain/reports/schema'
import { WorkbenchLink } from '../report-place'

function settledInWords({ assessed, sourced, unsourced, contradicted }: ClaimCounts): string {
  return `${countInWords(assessed, 'assessed claim')}: ${numberInWords(sourced)} sourced, ${numberInWords(unsourced)} unsourced, ${numberInWords(contradicted)} contradicted`
}

/** What was taken out of the figures or replaced in them after it had been settled: withdrawn documents, sessions that a later one replaced or that are open again. */
export function ChangedSince({ report }: { report: ReportView }) {
  const { withdrawn, earlierSessions, reopenedSessions } = report
  return (
    <ul className="grid max-w-[44rem] gap-2.5 text-ink-2">
      {withdrawn.map(({ id, title, reason, by, at, sessionName, claims }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          <b className="font-semibold text-ink">
            <bdi>{title}</bdi>
          </b>{' '}
          was withdrawn{by !== '' && ` by ${memberInWords(by)}`} on <LocalTime instant={at} />
          {reason === '' ? (
            ', without a reason.'
          ) : (
            <>
              : “<bdi>{reason}</bdi>”
            </>
          )}{' '}
          “<bdi>{sessionName}</bdi>” had settled {settledInWords(claims)}.
        </li>
      ))}
      {earlierSessions.map(({ id, name, closedAt, documents }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          <WorkbenchLink href={`/review-sessions/${id}`}>{name}</WorkbenchLink>, closed <LocalTime instant={closedAt} />
          , had assessed {countInWords(documents, 'document')} here. A session that was closed later assessed{' '}
          {documents === 1 ? 'it' : 'them'} anew, and its verdicts count.
        </li>
      ))}
      {reopenedSessions.map(({ id, name, reopenedAt }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          <WorkbenchLink href={`/review-sessions/${id}`}>{name}</WorkbenchLink> was closed and reopened{' '}
          <LocalTime instant={reopenedAt} />: its verdicts do not count until it is closed again.
        </li>
      ))}
    </ul>
  )
}
