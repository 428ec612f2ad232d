import { ReferenceLink } from '@/components/references/reference-link'
import { differencesInWords } from '@/lib/domain/text/typography'
import type { CitationView } from '@/lib/domain/annotations/schema'
import type { Stance } from '@/lib/domain/annotations/rating'
import { classNames } from '@/components/ui/class-names'

const stanceRating: Record<Stance, string | undefined> = {
  supports: 'sourced',
  contradicts: 'contradicted',
  mentions: undefined,
}

/** Says whether a quote was found in the kept text of its reference; null when there is no quote. */
export function quoteWords(
  citation: CitationView,
  isChecking: boolean,
): { words: string; found: boolean | null } | null {
  if (citation.quote === '') return null
  if (citation.quoteStart !== null) {
    const differently = differencesInWords(citation.quoteDifferences ?? [])
    return { words: `quote found ${differently || 'word for word'}`, found: true }
  }
  if (!citation.reference.hasSnapshot) return { words: 'no kept text to check the quote', found: null }
  return isChecking
    ? { words: 'checking the quote', found: null }
    : { words: 'quote not found in the kept text', found: false }
}

export interface CitationListProps {
  citations: readonly CitationView[]
  /** Whether the server's newest answer is still on its way. */
  isChecking: boolean
  /** Given when the citations may be changed. */
  onEdit?: ((citation: CitationView) => void) | undefined
  onRemove?: ((citation: CitationView) => void) | undefined
}

/** The references of an annotation: title, stance, place, quote, and whether the quote was found. */
export function CitationList({ citations, isChecking, onEdit, onRemove }: CitationListProps) {
  if (citations.length === 0) return null
  return (
    <ul aria-label="References" className="grid gap-2.5">
      {citations.map((citation) => {
        const check = quoteWords(citation, isChecking)
        const rating = stanceRating[citation.stance]
        return (
          <li
            key={citation.id}
            data-rating={rating}
            className={classNames(
              'grid gap-0.5 border-s-2 ps-3',
              rating === undefined ? 'border-line-strong' : 'border-rating',
            )}
          >
            <p dir="auto" className="font-medium text-ink">
              <ReferenceLink reference={citation.reference} quoteStart={citation.quoteStart} />
              {citation.locator !== '' && <span className="font-normal text-ink-2">, {citation.locator}</span>}
            </p>
            <p className="text-sm text-ink-2">
              <span className={rating === undefined ? undefined : 'font-medium text-rating'}>{citation.stance}</span>
              {citation.quote !== '' && (
                <>
                  {' · '}
                  <q dir="auto" className="font-serif italic">
                    {citation.quote}
                  </q>
                </>
              )}
              {check !== null && (
                <>
                  {' · '}
                  <span
                    className={
                      check.found === true
                        ? 'font-medium text-sourced'
                        : check.found === false
                          ? 'font-medium text-unsourced'
                          : 'text-ink-3'
                    }
                  >
                    {check.words}
                  </span>
                </>
              )}
            </p>
            {onEdit !== undefined && (
              <p className="flex gap-3 pt-0.5 text-xs font-medium">
                <CitationButton
                  label={`Change the citation of ${citation.reference.title}`}
                  onPress={() => {
                    onEdit(citation)
                  }}
                >
                  Change
                </CitationButton>
                <CitationButton
                  label={`Remove the citation of ${citation.reference.title}`}
                  onPress={() => {
                    onRemove?.(citation)
                  }}
                >
                  Remove
                </CitationButton>
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function CitationButton({ label, onPress, children }: { label: string; onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      className="rounded-sm text-accent underline-offset-2 hover:underline"
      onClick={onPress}
    >
      {children}
    </button>
  )
}
