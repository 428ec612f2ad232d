import { type ClaimEnd, describeEndCounts, spreadTicks } from '@/lib/domain/documents/review-state'

/** The layout of strips of ticks, in their own coordinates: the most ticks in a row, and the most in a strip. */
export const strip = { mostInRow: 60, mostShown: 160, width: 6, height: 16 } as const

/** The number of ticks in a row of a strip of `count` ticks. Rows are equally long, so that no tick is alone in the last. */
export function ticksInRow(count: number): number {
  return Math.ceil(count / Math.ceil(count / strip.mostInRow))
}

/** The box of a strip of `count` ticks. */
export function stripSize(count: number): { viewBox: string; width: number; height: number } {
  const width = ticksInRow(count) * strip.width
  const height = Math.ceil(count / strip.mostInRow) * strip.height - 4
  return { viewBox: `0 0 ${String(width)} ${String(height)}`, width, height }
}

/** The position and colour of the tick at `place` in a strip of `count` ticks. */
export function tickProps(
  end: ClaimEnd,
  { place, count }: { place: number; count: number },
): { 'data-rating': ClaimEnd; className: string; transform: string } {
  const inRow = ticksInRow(count)
  const [x, y] = [(place % inRow) * strip.width + 1, Math.floor(place / inRow) * strip.height]
  return {
    'data-rating': end,
    className: end === 'no_claim' || end === 'open' ? 'text-ink-3' : 'text-rating',
    transform: `translate(${String(x)} ${String(y)})`,
  }
}

/** The tick of one claim, 4 by 12, in the shape of the line its rating draws under words: solid, dashed, waved, dotted. */
export function TickShape({ end }: { end: ClaimEnd }) {
  switch (end) {
    case 'sourced':
      return <path d="M2 1V11" strokeWidth={2} />
    case 'unsourced':
      return <path d="M2 1V11" strokeWidth={2} strokeDasharray="4 2" />
    case 'contradicted':
      return <path d="M1 1q3 1.25 0 2.5t0 2.5t0 2.5t0 2.5" strokeWidth={1.7} />
    case 'not_checkable':
      return <path d="M2 1.5V11" strokeWidth={2} strokeLinecap="round" strokeDasharray="0.1 3" />
    case 'no_claim':
      return <path d="M0.5 6H3.5" strokeWidth={1.6} />
    case 'open':
      return <circle cx={2} cy={6} r={1.6} strokeWidth={1.1} />
  }
}

/**
 * The strip of ticks of claims that are only counted: one row, in the shapes and colours of the ratings. With more claims than fit, each tick
 * represents several, as a note beside it says. `label` names the subject of the claims, and the counts are added to it.
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
        <span className="shrink-0 text-xs text-ink-3" title="Each tick represents several claims">
          × {(all / ticks.length).toFixed(1)}
        </span>
      )}
    </span>
  )
}
