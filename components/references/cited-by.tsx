import Link from 'next/link'
import { QuotedWords } from '@/components/text/quoted-words'
import { EmptyState } from '@/components/ui/layout/empty-state'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { differencesInWords } from '@/lib/domain/references/quote-check'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import type { TypographicDifference } from '@/lib/domain/text/typography'

/** One citation of a reference, with the words it stands for. */
export interface CitedPlace {
  citationId: string
  stance: Stance
  quote: string
  locator: string
  /** Where the quote stands in the snapshot, in UTF-16 code units; null when it was not found. */
  quoteStart: number | null
  quoteEnd: number | null
  /** In what the quote is set differently there; empty when it is word for word. */
  quoteDifferences: readonly TypographicDifference[]
  annotation: { id: string; exact: string; script?: readonly ScriptRun[]; rating: Rating; author: string }
  document: { id: string; title: string; source: string }
}

const stanceNames: Record<Stance, string> = { supports: 'Supports', contradicts: 'Contradicts', mentions: 'Mentions' }
const stanceRatings: Record<Stance, Rating | undefined> = {
  supports: 'sourced',
  contradicts: 'contradicted',
  mentions: undefined,
}

/** Every place that cites a reference: which way it points, the claim's exact words and the document they stand in. */
export function CitedBy({ places, hasSnapshot }: { places: readonly CitedPlace[]; hasSnapshot: boolean }) {
  if (places.length === 0) {
    return (
      <EmptyState title="Not cited yet" className="py-8">
        While you read a document, open an annotation’s evidence and pick this reference from the library.
      </EmptyState>
    )
  }
  return (
    <ul className="grid gap-4">
      {places.map((place) => (
        <li
          key={place.citationId}
          data-rating={stanceRatings[place.stance]}
          className="grid gap-1 border-s-2 border-line-strong ps-3.5 data-rating:border-rating"
        >
          <p className="text-sm text-ink-2">
            <strong className="font-semibold text-ink">{stanceNames[place.stance]}</strong>
            {place.locator !== '' && (
              <>
                {' · '}
                <bdi>{place.locator}</bdi>
              </>
            )}
            {' · '}
            <bdi>{place.annotation.author}</bdi>
          </p>
          <Link
            href={`/documents/${place.document.id}#annotation-${place.annotation.id}`}
            className="font-serif text-md text-ink hover:underline"
          >
            <q dir="auto">
              <QuotedWords words={place.annotation.exact} script={place.annotation.script} />
            </q>
          </Link>
          <p className="text-ink-3">
            <bdi>{place.document.title}</bdi> · <bdi>{place.document.source}</bdi>
          </p>
          {place.quote !== '' && (
            <p className="text-ink-2">
              <q dir="auto" className="font-serif italic">
                {place.quote}
              </q>
              {hasSnapshot && (
                <span className="text-sm text-ink-3">
                  {' · '}
                  {place.quoteStart === null ? (
                    'not found in the kept text'
                  ) : (
                    <a href={`#quote-${String(place.quoteStart)}`} className="underline underline-offset-2">
                      found {differencesInWords(place.quoteDifferences) || 'word for word'}
                    </a>
                  )}
                </span>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
