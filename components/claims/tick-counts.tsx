import { describeEndCounts, spreadTicks, type ClaimEnd } from '@/lib/domain/documents/review-state'
import { strip, stripSize, tickProps, TickShape } from './tick-shape'

/**
 * The strip of ticks of claims that are only counted: one row, in the shapes and colours of the ratings. Of more claims than fit, each tick stands for several, which
 * is said beside it. `label` names what the claims are of, and the counts are added to it.
 */
export function TickCounts({ counts, label }: { counts: Partial<Record<ClaimEnd, number>>; label: string }) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const ticks = spreadTicks(counts, strip.mostInRow)
  if (ticks.length === 0) return null
  return (
    <span className="inline-flex max-w-full items-end gap-1.5">
      <svg
        {...stripSize(ticks.length)}
        role="img"
        aria-label={`${label}: ${describeEndCounts(counts)}`}
        data-claim-ticks={all}
        className="h-auto max-w-full shrink"
        fill="none"
        stroke="currentColor"
      >
        {ticks.map((end, place) => (
          <g key={place} {...tickProps(end, { place, count: ticks.length })}>
            <TickShape end={end} />
          </g>
        ))}
      </svg>
      {all > ticks.length && (
        <span className="shrink-0 text-xs text-ink-3" title="Each tick stands for several claims">
          × {(all / ticks.length).toFixed(1)}
        </span>
      )}
    </span>
  )
}
