import { ratingNames } from '../../annotations/words'
import { assessedRatings, type ReportView } from '../../reports/schema'
import { percent } from '../../statistics/number-words'
import type { SheetPart } from './sheet'

const inPercent = (share: number) => `${percent(share)} %`

function withoutOne({ leaveOneOut, shares }: ReportView): SheetPart[] {
  if (leaveOneOut === null || shares === null) return []
  const without = ({ share, title }: { share: number; title: string }) => `${inPercent(share)} without “${title}”`
  return [
    {
      title: 'Shares without one document',
      paragraphs: [],
      table: {
        header: ['Claims', 'Share', 'Lowest', 'Highest'],
        rows: assessedRatings.map((rating) => [
          ratingNames[rating],
          inPercent(shares[rating]?.share ?? 0),
          without(leaveOneOut[rating].lowest),
          without(leaveOneOut[rating].highest),
        ]),
      },
    },
  ]
}

function byOtherRules({ otherRules, shares, claims }: ReportView): SheetPart[] {
  if (otherRules === null || shares === null) return []
  const counted = assessedRatings.map((rating) => inPercent(shares[rating]?.share ?? 0))
  return [
    {
      title: 'Shares by other rules',
      paragraphs: [],
      table: {
        header: ['Rule', ...assessedRatings.map((rating) => ratingNames[rating]), 'Claims'],
        rows: [
          ['As counted here', ...counted, String(claims.assessed)],
          ...otherRules.map((row) => [
            row.says,
            ...assessedRatings.map((rating) => (row.of === 0 ? 'none' : inPercent(row[rating] / row.of))),
            String(row.of),
          ]),
        ],
      },
    },
  ]
}

/** How firm a report's figures are: each share without one document and by other rules, what more would tell, and what nobody marked. */
export function describeFirmness(report: ReportView): SheetPart[] {
  const says = [report.furtherDocuments?.says, report.agreement.unmarked?.says].flatMap((each) => each ?? [])
  return [
    ...withoutOne(report),
    ...byOtherRules(report),
    ...(says.length === 0 ? [] : [{ title: 'What more would tell', paragraphs: says, table: null }]),
  ]
}
