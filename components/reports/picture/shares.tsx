import type { ReactNode } from 'react'
import { assessedRatings, type AssessedRating, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { percent } from '@/lib/domain/statistics/number-words'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { Interval } from '@/lib/domain/statistics/intervals'
import { numberInWords } from '@/components/ui/text/wording'
import { TickShape } from '@/components/claims/tick-shape'
import { classNames } from '@/components/ui/class-names'
import './shares.css'

/** The marks of an axis of shares, in per cent. */
const scale = [0, 20, 40, 60, 80, 100]

/** A row of an interval plot: its name, its axis, its figures. */
export const plotRow =
  'grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5 py-1 md:grid-cols-[15rem_minmax(0,1fr)_11rem] md:gap-x-6 print:grid-cols-[9rem_minmax(0,1fr)_11rem] print:py-0.5'

/** The tick of one claim at the size used in text, in the shape and colour of its rating. */
export function ReportTick({ rating, className }: { rating: AssessedRating; className?: string }) {
  return (
    <svg
      viewBox="0 0 4 12"
      width={8}
      height={24}
      fill="none"
      stroke="currentColor"
      data-rating={rating}
      aria-hidden
      className={classNames('shrink-0 overflow-visible text-rating', className)}
    >
      <TickShape end={rating} />
    </svg>
  )
}

/** One share on an axis from 0 to 100 %: its interval in the pattern of its rating, and the figure itself as a thin line. */
export function ShareAxis({ share: { share, low, high } }: { share: Interval & { share: number } }) {
  return (
    <div
      className="relative order-3 col-span-2 h-5 md:order-none md:col-span-1 print:order-none print:col-span-1"
      aria-hidden
    >
      {scale.map((tick) => (
        <i key={tick} className="absolute inset-y-0 w-px bg-line" style={{ left: `${String(tick)}%` }} />
      ))}
      <i
        className="share-interval absolute top-1.5 h-2 rounded-xs text-rating"
        style={{ left: `${String(low * 100)}%`, width: `${String((high - low) * 100)}%` }}
      />
      <i
        className="absolute top-1 h-3 w-0.5 -translate-x-1/2 bg-rating outline-1 outline-paper"
        style={{ left: `${String(share * 100)}%` }}
      />
    </div>
  )
}

/** A row of a plot of shares by rating: its name, its axis, and the text beside it. */
export function ShareRow({
  rating,
  share,
  children,
}: {
  rating: AssessedRating
  share: Interval & { share: number }
  children: ReactNode
}) {
  return (
    <div className={plotRow} data-rating={rating}>
      <span className="flex items-center gap-2.5 text-sm font-medium text-rating">
        <ReportTick rating={rating} className="h-4" />
        {ratingNames[rating]}
      </span>
      <ShareAxis share={share} />
      {children}
    </div>
  )
}

/** A share in figures: its interval first, then its base. */
export function ShareFigures({ share: { low, high, count, of } }: { share: Interval & { count: number; of: number } }) {
  return (
    <p className="tabular text-end text-sm md:text-start">
      <b className="font-semibold">
        {percent(low)}–{percent(high)} %
      </b>{' '}
      <span className="text-ink-3">
        {numberInWords(count)} of {numberInWords(of)}
      </span>
    </p>
  )
}

/** The scale beneath a plot of intervals. */
export function ScaleLine() {
  return (
    <div className={`${plotRow} py-0 text-xs text-ink-3`} aria-hidden>
      <span className="max-md:hidden print:inline" />
      <div className="relative col-span-2 h-4 md:col-span-1 print:col-span-1">
        {scale.map((tick) => (
          <span
            key={tick}
            className={`tabular absolute whitespace-nowrap ${tick === 0 ? '' : tick === 100 ? '-translate-x-full' : '-translate-x-1/2'}`}
            style={{ left: `${String(tick)}%` }}
          >
            {tick === 0 || tick === 100 ? `${String(tick)} %` : tick}
          </span>
        ))}
      </div>
      <span className="max-md:hidden print:inline" />
    </div>
  )
}

/** The three pooled shares as intervals on one axis. The interval comes first in each row, the figure itself after it. */
export function SharePlot({ report: { shares } }: { report: ReportView }) {
  if (shares === null) return null
  return (
    <figure className="m-0 mt-5 print:break-inside-avoid" aria-label="Shares of the claims with 95 % intervals">
      {assessedRatings.map((rating: AssessedRating) => {
        const share = shares[rating]
        if (share === null) return null
        return (
          <ShareRow key={rating} rating={rating} share={share}>
            <ShareFigures share={share} />
          </ShareRow>
        )
      })}
      <ScaleLine />
    </figure>
  )
}

/** Both ends in per cent with one decimal, because the methods differ by less than a percentage point. */
function ends({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`
}

/** The pooled shares as a table with three methods of the interval, to show whether a conclusion depends on the method that the report uses. */
export function ShareTable({ report: { shares, otherIntervals } }: { report: ReportView }) {
  const rows = assessedRatings.flatMap((rating) => {
    const share = shares?.[rating] ?? null
    return share === null ? [] : [{ rating, share, others: otherIntervals?.[rating] ?? null }]
  })
  if (rows.length === 0) return null
  return (
    <details className="mt-1 print:hidden">
      <summary className="w-fit cursor-pointer text-sm text-ink-3">
        The same as a table, and intervals by other methods
      </summary>
      <Table caption="Shares with intervals by three methods" className="mt-2" focusable>
        <thead>
          <tr>
            <HeadCell>Claims</HeadCell>
            <HeadCell numeric>Count</HeadCell>
            <HeadCell numeric>Share</HeadCell>
            <HeadCell numeric>Wilson, used here</HeadCell>
            <HeadCell numeric>Exact (Clopper–Pearson)</HeadCell>
            <HeadCell numeric>Jeffreys</HeadCell>
            <HeadCell numeric>Design effect</HeadCell>
            <HeadCell numeric>Effective claims</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rating, share, others }) => (
            <tr key={rating}>
              <Cell>{ratingNames[rating]}</Cell>
              <Cell numeric>
                {share.count} of {share.of}
              </Cell>
              <Cell numeric>{(share.share * 100).toFixed(1)} %</Cell>
              <Cell numeric>{ends(share)}</Cell>
              <Cell numeric>{others === null ? '–' : ends(others.exact)}</Cell>
              <Cell numeric>{others === null ? '–' : ends(others.jeffreys)}</Cell>
              <Cell numeric>{share.designEffect.toFixed(2)}</Cell>
              <Cell numeric>{share.effectiveSize.toFixed(1)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  )
}
