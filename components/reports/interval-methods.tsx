import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { Interval } from '@/lib/domain/statistics/intervals'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'

/** Both ends in per cent with one decimal, because the methods differ by less than a point. */
function ends({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`
}

/** The pooled shares by three methods, folded away: does a conclusion hang on the one that the report uses? */
export function IntervalMethods({ report: { shares, otherIntervals } }: { report: ReportView }) {
  const rows = assessedRatings.flatMap((rating) => {
    const share = shares?.[rating] ?? null
    const others = otherIntervals?.[rating] ?? null
    return share === null || others === null ? [] : [{ rating, share, others }]
  })
  if (rows.length === 0) return null
  return (
    <details className="mt-4 print:hidden">
      <summary className="w-fit cursor-pointer text-ink-2">The same intervals by other methods</summary>
      <Table caption="Intervals by three methods" className="mt-3" focusable>
        <thead>
          <tr>
            <HeadCell>Claims</HeadCell>
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
              <Cell numeric>{ends(share)}</Cell>
              <Cell numeric>{ends(others.exact)}</Cell>
              <Cell numeric>{ends(others.jeffreys)}</Cell>
              <Cell numeric>{share.designEffect.toFixed(2)}</Cell>
              <Cell numeric>{share.effectiveSize.toFixed(1)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  )
}
