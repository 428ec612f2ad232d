import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { percent } from '@/lib/domain/statistics/percent'
import { ratingNames } from '@/lib/domain/annotations/words'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'

type LeaveOneOut = NonNullable<ReportView['leaveOneOut']>

function Without({ end }: { end: LeaveOneOut['sourced']['lowest'] }) {
  return (
    <Cell>
      <span className="tabular font-medium">{percent(end.share)} %</span>{' '}
      <span className="text-sm text-ink-3 max-md:hidden print:inline">
        without “<bdi>{end.title}</bdi>”
      </span>
    </Cell>
  )
}

/** How far each share would move without one document and by other rules, how many more would tell more, and how many claims nobody marked. */
export function Sensitivity({ report }: { report: ReportView }) {
  const { leaveOneOut, furtherDocuments, otherRules, shares, agreement } = report
  return (
    <>
      {leaveOneOut !== null && shares !== null && (
        <Table caption="Shares without one document" focusable>
          <thead>
            <tr>
              <HeadCell>Claims</HeadCell>
              <HeadCell numeric>Share</HeadCell>
              <HeadCell>Lowest</HeadCell>
              <HeadCell>Highest</HeadCell>
            </tr>
          </thead>
          <tbody>
            {assessedRatings.map((rating) => (
              <tr key={rating}>
                <Cell>{ratingNames[rating]}</Cell>
                <Cell numeric>{percent(shares[rating]?.share ?? 0)} %</Cell>
                <Without end={leaveOneOut[rating].lowest} />
                <Without end={leaveOneOut[rating].highest} />
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {otherRules !== null && shares !== null && (
        <Table caption="Shares by other rules" className="mt-5" focusable>
          <thead>
            <tr>
              <HeadCell>Rule</HeadCell>
              {assessedRatings.map((rating) => (
                <HeadCell key={rating} numeric>
                  {ratingNames[rating]}
                </HeadCell>
              ))}
              <HeadCell numeric>Claims</HeadCell>
            </tr>
          </thead>
          <tbody>
            <tr>
              <Cell>As counted here</Cell>
              {assessedRatings.map((rating) => (
                <Cell key={rating} numeric>
                  {percent(shares[rating]?.share ?? 0)} %
                </Cell>
              ))}
              <Cell numeric>{report.claims.assessed}</Cell>
            </tr>
            {otherRules.map((row) => (
              <tr key={row.rule}>
                <Cell>{row.says}</Cell>
                {assessedRatings.map((rating) => (
                  <Cell key={rating} numeric>
                    {row.of === 0 ? 'none' : `${percent(row[rating] / row.of)} %`}
                  </Cell>
                ))}
                <Cell numeric>{row.of}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {[furtherDocuments?.says, agreement.unmarked?.says].map(
        (says) =>
          says !== undefined && (
            <p key={says} className="mt-3 max-w-[44rem] text-ink-2">
              {says}
            </p>
          ),
      )}
    </>
  )
}

/** Whether there is anything to say of how firm a report's figures are. */
export function hasSensitivity({ leaveOneOut, furtherDocuments, agreement }: ReportView): boolean {
  return leaveOneOut !== null || furtherDocuments !== null || agreement.unmarked !== null
}
