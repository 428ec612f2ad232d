import { assessedRatings, type Adjudication, type DocumentLine, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { percent } from '@/lib/domain/statistics/percent'
import { countInWords, dateInWords } from '@/components/ui/text/wording'
import { WorkbenchLink } from '../report-place'

/** Nothing was counted: not even none. */
function Uncounted() {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not counted</span>
    </span>
  )
}

function ShareCell({ line, rating }: { line: DocumentLine; rating: (typeof assessedRatings)[number] }) {
  const share = line.shares[rating]
  return (
    <td className="px-3 py-2.5 text-end align-top whitespace-nowrap">
      {line.reviewers === 0 ? <Uncounted /> : <span className="font-medium">{line.claims[rating]}</span>}
      {share !== null && (
        <span className="block text-xs text-ink-3">
          {percent(share.low)}–{percent(share.high)} %
        </span>
      )}
    </td>
  )
}

function describeAdjudication({ sessionName, claims, changed, ties }: Adjudication, isOneOfSeveral: boolean): string {
  const differing = [
    ...(changed > 0 ? [`${changed} against the majority of reviewers`] : []),
    ...(ties > 0 ? [`${ties} without a majority`] : []),
  ]
  const where = isOneOfSeveral ? ` in “${sessionName}”` : ''
  return `${countInWords(claims, 'claim')} settled${where}${differing.length === 0 ? '' : `, ${differing.join(', ')}`}`
}

/** Each document with its counts, intervals and coverage. Untouched documents are listed and said to be so. */
export function DocumentTable({ report }: { report: ReportView }) {
  return (
    <div
      className="relative overflow-x-auto rounded-lg border border-line bg-surface print:overflow-visible print:rounded-none print:border-x-0"
      tabIndex={0}
      role="group"
      aria-label="Documents of this report"
    >
      <table className="tabular w-full min-w-[44rem] border-collapse print:min-w-0 print:text-sm">
        <thead>
          <tr className="border-b border-line text-sm text-ink-2">
            <th scope="col" className="px-4 py-2.5 text-start font-medium">
              Document
            </th>
            {assessedRatings.map((rating) => (
              <th key={rating} scope="col" className="px-3 py-2.5 text-end font-medium">
                {ratingNames[rating]}
              </th>
            ))}
            <th scope="col" className="px-3 py-2.5 text-end font-medium">
              Claims
            </th>
            <th scope="col" className="px-4 py-2.5 text-end font-medium">
              Decided
            </th>
          </tr>
        </thead>
        <tbody>
          {report.documents.map((line) => (
            <tr key={line.id} className="border-b border-line last:border-0">
              <th
                scope="row"
                className="max-w-96 px-4 py-2.5 text-start align-top font-normal [overflow-wrap:anywhere]"
              >
                <span className="font-serif text-md font-medium" dir="auto">
                  <WorkbenchLink href={`/documents/${line.id}`}>{line.title}</WorkbenchLink>
                </span>
                <span className="block text-xs text-ink-3">
                  {[
                    dateInWords(line.publishedOn),
                    line.reviewers === 0 ? 'no review that counts yet' : countInWords(line.reviewers, 'reviewer'),
                    ...(line.adjudication === null
                      ? []
                      : [describeAdjudication(line.adjudication, report.sessions.length > 1)]),
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </th>
              {assessedRatings.map((rating) => (
                <ShareCell key={rating} line={line} rating={rating} />
              ))}
              <td className="px-3 py-2.5 text-end align-top">
                {line.reviewers === 0 ? <Uncounted /> : line.claims.assessed}
              </td>
              <td className="px-4 py-2.5 text-end align-top whitespace-nowrap">
                {line.coverage.decided} of {line.coverage.checkable}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
