import { ReportTick } from '@/components/reports/picture/report-tick'
import { ShareAxis } from '@/components/reports/picture/shares'
import { classNames } from '@/components/ui/class-names'
import { ratingNames } from '@/lib/domain/annotations/words'
import type { DashboardSource } from '@/lib/domain/reports/dashboard/schema'
import { assessedRatings } from '@/lib/domain/reports/schema'
import { percent } from '@/lib/domain/statistics/percent'

/** An interval in per cent, and the figure in it. */
function Ends({ of: { share, low, high } }: { of: { share: number; low: number; high: number } }) {
  return (
    <>
      <span className="sr-only">
        {percent(share)} %, 95 % interval {percent(low)} to {percent(high)} %
      </span>
      <span aria-hidden>
        {percent(low)}–{percent(high)} %
      </span>
    </>
  )
}

/** The shares of a source: each interval as a line and in figures, and beside it the one drawn towards all sources. Else why there are none. */
export function SourceShares({ line: { shares, shrunk, gates, claims } }: { line: DashboardSource }) {
  // Without shares, what asks for care in reading them says nothing.
  const told =
    shares === null ? gates.filter(({ code }) => code.startsWith('too-few') || code === 'blind-phase') : gates
  if (shares === null && claims.assessed === 0 && gates.every(({ code }) => code.startsWith('too-few'))) {
    return <p className="text-sm text-ink-3">Nothing was settled yet, so there are no shares.</p>
  }
  return (
    <div className="grid gap-1">
      {shares !== null && (
        <ul className="grid gap-0.5">
          {assessedRatings.map((rating) => {
            const estimate = shrunk?.[rating] ?? null
            return (
              <li
                key={rating}
                data-rating={rating}
                className={classNames(
                  'grid items-center gap-x-2',
                  shrunk === null
                    ? 'grid-cols-[1rem_minmax(3rem,1fr)_4.75rem]'
                    : 'grid-cols-[1rem_minmax(3rem,1fr)_4.75rem_4.75rem]',
                )}
              >
                <span className="text-rating" title={ratingNames[rating]}>
                  <ReportTick rating={rating} className="h-3.5" />
                  <span className="sr-only">{ratingNames[rating]}</span>
                </span>
                <div>
                  <ShareAxis share={shares[rating]} />
                </div>
                <span className="tabular text-end text-sm whitespace-nowrap">
                  <Ends of={shares[rating]} />
                </span>
                {shrunk !== null && (
                  <span className="tabular text-end text-sm whitespace-nowrap text-ink-3">
                    {estimate !== null && (
                      <>
                        <span className="sr-only">drawn towards all sources </span>
                        <Ends of={estimate} />
                      </>
                    )}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {told.map(({ code, says }) => (
        <p key={code} className="max-w-96 text-sm text-ink-3">
          {says}
        </p>
      ))}
    </div>
  )
}
