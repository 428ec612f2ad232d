import type { EvidenceView } from '@/lib/domain/claims/schema'
import type { Stance } from '@/lib/domain/annotations/rating'
import { classNames } from '@/components/ui/class-names'

/** The rating that lends a stance its colour and line. */
export const stanceRating: Record<Stance, string | undefined> = {
  supports: 'sourced',
  contradicts: 'contradicted',
  mentions: undefined,
}

/** One piece of evidence in a line or two: the reference, its locator, its stance and the quoted words. */
export function EvidenceLine({ evidence }: { evidence: EvidenceView }) {
  const { reference, stance, quote, locator } = evidence
  const rating = stanceRating[stance]
  return (
    <span data-rating={rating} className="grid gap-0.5">
      <span dir="auto" className="font-medium text-ink [overflow-wrap:anywhere]">
        {reference.title}
        {locator !== '' && <span className="font-normal text-ink-2">, {locator}</span>}
      </span>
      <span className="text-sm text-ink-2">
        <span className={rating === undefined ? undefined : 'font-medium text-rating'}>{stance}</span>
        {quote !== '' && (
          <>
            {' · '}
            <q dir="auto" className="font-serif italic">
              {quote}
            </q>
          </>
        )}
      </span>
    </span>
  )
}

/** A read-only list of evidence. */
export function EvidenceList({ items }: { items: readonly EvidenceView[] }) {
  if (items.length === 0) return null
  return (
    <ul aria-label="Evidence" className="grid gap-2">
      {items.map((evidence, place) => (
        <li
          key={place}
          data-rating={stanceRating[evidence.stance]}
          className={classNames(
            'border-s-2 ps-3',
            stanceRating[evidence.stance] === undefined ? 'border-line-strong' : 'border-rating',
          )}
        >
          <EvidenceLine evidence={evidence} />
        </li>
      ))}
    </ul>
  )
}
