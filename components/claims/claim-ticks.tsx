import { describeEnds, type ClaimEnd } from '@/lib/domain/documents/review-state'
import { strip, stripSize, tickProps, TickShape } from './tick-shape'

/**
 * A strip with a small mark for each claim, in the order of the text and in the shape and colour of what it came to. Beside words that say the same it
 * is decoration; alone it needs `label`, to which the counts are added. Long strips end with how many are left out.
 */
export function ClaimTicks({ ends, label }: { ends: readonly ClaimEnd[]; label?: string | undefined }) {
  if (ends.length === 0) return null
  const shown = ends.slice(0, strip.mostShown)
  const left = ends.length - shown.length
  const named =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': `${label}: ${describeEnds(ends)}` }
  return (
    <span className="inline-flex max-w-full items-end gap-1.5">
      <svg
        {...named}
        {...stripSize(shown.length)}
        data-claim-ticks={ends.length}
        className="h-auto max-w-full shrink"
        fill="none"
        stroke="currentColor"
      >
        {shown.map((end, place) => (
          <g key={place} {...tickProps(end, place)}>
            <TickShape end={end} />
          </g>
        ))}
      </svg>
      {left > 0 && <span className="text-xs text-ink-3">and {left} more</span>}
    </span>
  )
}
