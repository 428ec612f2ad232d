import { hasMoved, periodInWords, trendOf, type Period, type Trend } from '@/lib/domain/reports/comparing/periods'
import { assessedRatings, type AssessedRating, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords } from '@/components/ui/text/wording'
import { ReportSection } from '../report-section'
import { plotRow, ScaleLine, ShareAxis, ShareFigures, ReportTick } from './shares'

const unitWords: Record<Trend['unit'], string> = { year: 'years', quarter: 'quarters', month: 'months' }

function points(share: number): string {
  const value = Math.round(share * 1000) / 10
  return value === 0 ? '0.0' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`
}

function RatingOverTime({ rating, periods }: { rating: AssessedRating; periods: readonly Period[] }) {
  return (
    <div data-rating={rating} className="mt-4 print:break-inside-avoid">
      <h3 className="flex items-center gap-2.5 text-sm font-medium text-rating">
        <ReportTick rating={rating} className="h-4" />
        {ratingNames[rating]}
      </h3>
      {periods.map(({ key, shares, hasOtherRules }) =>
        shares === null ? null : (
          <div key={key} className={`${plotRow} ${hasOtherRules ? 'border-t-2 border-dashed border-ink-3' : ''}`}>
            <span className="text-sm text-ink-2">
              {periodInWords(key)}
              {hasOtherRules && <span className="block text-xs text-ink-3">by other rules than before</span>}
            </span>
            <ShareAxis share={shares[rating]} />
            <ShareFigures share={shares[rating]} />
          </div>
        ),
      )}
    </div>
  )
}

/** Describes the change between the last two periods, or says why there is no comparison. */
function LastDifference({ trend }: { trend: Trend }) {
  const { last } = trend
  if (last === null) {
    return (
      <p className="mt-4 max-w-2xl text-ink-2">
        The last two periods were reviewed by different rules, so no difference between them is given.
      </p>
    )
  }
  const moved = hasMoved(trend)
  if (moved.length === 0) {
    return <p className="mt-4 max-w-2xl text-ink-2">The last two periods cannot be told apart in any share.</p>
  }
  return (
    <p className="mt-4 max-w-2xl text-ink-2">
      From the last period but one to the last, in points:{' '}
      {moved
        .map((rating) => {
          const { difference, low, high } = last[rating]
          return `${ratingNames[rating].toLowerCase()} ${points(difference)} (${points(low)} to ${points(high)})`
        })
        .join('; ')}
      . {moved.length < assessedRatings.length && 'The other shares cannot be told apart.'}
    </p>
  )
}

function PeriodTable({ periods }: Trend) {
  return (
    <details className="mt-2">
      <summary className="w-fit cursor-pointer text-sm text-ink-3">The same as a table, with all periods</summary>
      <Table caption="Claims by period" className="mt-2" focusable>
        <thead>
          <tr>
            <HeadCell>Published</HeadCell>
            <HeadCell numeric>Documents</HeadCell>
            {assessedRatings.map((rating) => (
              <HeadCell key={rating} numeric>
                {ratingNames[rating]}
              </HeadCell>
            ))}
            <HeadCell numeric>Claims</HeadCell>
            <HeadCell>Shares</HeadCell>
          </tr>
        </thead>
        <tbody>
          {periods.map(({ key, documents, claims, shares }) => (
            <tr key={key}>
              <Cell>{periodInWords(key)}</Cell>
              <Cell numeric>{documents}</Cell>
              {assessedRatings.map((rating) => (
                <Cell key={rating} numeric>
                  {claims[rating]}
                </Cell>
              ))}
              <Cell numeric>{claims.assessed}</Cell>
              <Cell>{shares === null ? 'too little for shares' : 'given'}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  )
}

/** A source over time, when at least two periods have enough claims for shares. Periods are drawn separately, with no line joining them. */
export function OverTime({ report }: { report: ReportView }) {
  const trend = trendOf(report)
  if (trend === null) return null
  const { unit, periods, undated } = trend
  const without = periods.filter(({ shares }) => shares === null).length
  const left = [
    ...(without > 0 ? [`${countInWords(without, 'period has', 'periods have')} too little for shares`] : []),
    ...(undated > 0 ? [`${countInWords(undated, 'document')} without such a date`] : []),
  ]
  return (
    <ReportSection id="over-time" title="Over time">
      <p className="max-w-2xl text-ink-2">
        Documents by when they were published, in {unitWords[unit]}.
        {left.length > 0 && ` Not drawn: ${left.join(', ')}.`}
      </p>
      {assessedRatings.map((rating) => (
        <RatingOverTime key={rating} rating={rating} periods={periods} />
      ))}
      <ScaleLine />
      <LastDifference trend={trend} />
      <PeriodTable {...trend} />
    </ReportSection>
  )
}
