import { foldText, foldWords, unfoldRange, type FoldedText } from '../text/fold'
import { compareTypography, type QuoteCheck, type TypographicDifference } from '../text/typography'

/** The place of a quote in a text: UTF-16 offsets, half-open. `differences` says how its typography differs there; empty means word for word. */
export interface QuotePlace {
  start: number
  end: number
  differences: TypographicDifference[]
}

/** Finds a quote. `near` is the offset that it was taken from, in UTF-16 code units; of several places, the one at that offset is chosen. */
export type QuoteFinder = (quote: string, near?: number | null) => QuotePlace | null

/**
 * Makes the function that finds quotes in a reference's snapshot. It compares word for word first, with any run of white space as one space (line
 * ends of a page differ from those of a pasted quote), then without regard to typography, last without regard to capitals. The first place wins; null
 * when the quote is not found or holds only white space. The snapshot is folded once, when the first quote needs it.
 */
export function quoteFinder(snapshot: string): QuoteFinder {
  const typography = once(() => foldText(snapshot))
  const capitals = once(() => foldText(snapshot, { case: true }))
  return (quote, near = null) => {
    const wanted = quote.trim()
    if (wanted === '') return null
    if (near !== null && snapshot.startsWith(wanted, near))
      return { start: near, end: near + wanted.length, differences: [] }
    const exact = snapshot.indexOf(wanted)
    if (exact !== -1) return { start: exact, end: exact + wanted.length, differences: [] }
    const place =
      findIn(typography(), foldWords(wanted), near) ?? findIn(capitals(), foldWords(wanted, { case: true }), near)
    return place === null
      ? null
      : { ...place, differences: compareTypography(snapshot.slice(place.start, place.end), wanted) }
  }
}

/** Finds one quote in a snapshot; see `quoteFinder`, which is quicker for several. */
export function locateQuote(snapshot: string, quote: string, near: number | null = null): QuotePlace | null {
  return quoteFinder(snapshot)(quote, near)
}

function findIn(text: FoldedText, words: string, near: number | null): { start: number; end: number } | null {
  if (words === '') return null
  const placeAt = (start: number) => unfoldRange(text, { start, end: start + words.length })
  const nearby = near === null ? -1 : text.starts.indexOf(near)
  if (nearby !== -1 && text.folded.startsWith(words, nearby)) return placeAt(nearby)
  const first = text.folded.indexOf(words)
  return first === -1 ? null : placeAt(first)
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** The result of checking a quote, from what is stored about it. */
export function checkOfQuote({
  quote,
  hasSnapshot,
  place,
}: {
  quote: string
  hasSnapshot: boolean
  place: Pick<QuotePlace, 'differences'> | null
}): QuoteCheck {
  if (quote.trim() === '') return 'none'
  if (!hasSnapshot) return 'no-kept-text'
  if (place === null) return 'not-found'
  return place.differences.length === 0 ? 'word-for-word' : 'other-typography'
}
