import { describeEnds, type ClaimEnd } from '@/lib/domain/documents/review-state'

/** Ticks a row of the strip holds, and the most it shows. */
const perRow = 40
const mostShown = 160
const width = 6
const height = 16

/** The mark of one claim, 4 by 12, in the shape of the line its rating draws under words: solid, dashed, waved, dotted. */
function Shape({ end }: { end: ClaimEnd }) {
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
 * A strip with a small mark for each claim, in the order of the text and in the shape and colour of what it came to. Beside words that say the same it
 * is decoration; alone it needs `label`, to which the counts are added. Long strips end with how many are left out.
 */
export function ClaimTicks({ ends, label }: { ends: readonly ClaimEnd[]; label?: string | undefined }) {
  if (ends.length === 0) return null
  const shown = ends.slice(0, mostShown)
  const rows = Math.ceil(shown.length / perRow)
  const columns = Math.min(perRow, shown.length)
  const left = ends.length - shown.length
  const named =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': `${label}: ${describeEnds(ends)}` }
  return (
    <span className="inline-flex max-w-full items-end gap-1.5">
      <svg
        {...named}
        data-claim-ticks={ends.length}
        viewBox={`0 0 ${String(columns * width)} ${String(rows * height - 4)}`}
        width={columns * width}
        height={rows * height - 4}
        className="h-auto max-w-full shrink"
        fill="none"
        stroke="currentColor"
      >
        {shown.map((end, place) => (
          <g
            key={place}
            data-rating={end}
            className={end === 'no_claim' || end === 'open' ? 'text-ink-3' : 'text-rating'}
            transform={`translate(${String((place % perRow) * width + 1)} ${String(Math.floor(place / perRow) * height)})`}
          >
            <Shape end={end} />
          </g>
        ))}
      </svg>
      {left > 0 && <span className="text-xs text-ink-3">and {left} more</span>}
    </span>
  )
}
