import type { Span } from '@/lib/client/annotations/commands'
import { placeInWords, type SentenceNumbers } from '@/lib/domain/text/sentence-numbers'

/** What a link to a place of a document says: the fragment of the address, and the place in words. */
export interface PlaceLink {
  fragment: string
  words: string
}

/**
 * The link to what a person has in hand: the selected words, else the open annotation, else the current sentence; null when there is none of them.
 * Selected words are `#passage-<start>-<end>` (UTF-16 code units), which hold for one revision only.
 */
export function linkToPlace(given: {
  selection: Span | null
  active: (Span & { id: string }) | null
  sentence: Span | null
  numbersOf: (range: Span) => SentenceNumbers | 'heading' | null
}): PlaceLink | null {
  const { selection, active, sentence, numbersOf } = given
  const place = (range: Span) => placeInWords(numbersOf(range))
  if (selection !== null)
    return {
      fragment: `#passage-${String(selection.start)}-${String(selection.end)}`,
      words: `the selected words in ${place(selection)}`,
    }
  if (active !== null) return { fragment: `#annotation-${active.id}`, words: `the annotation of ${place(active)}` }
  if (sentence === null) return null
  const numbers = numbersOf(sentence)
  if (numbers === null || numbers === 'heading')
    return { fragment: `#passage-${String(sentence.start)}-${String(sentence.end)}`, words: place(sentence) }
  return { fragment: `#sentence-${String(numbers.first)}`, words: place(sentence) }
}

/** The range of a `#passage-` fragment inside a text of this length; null when it is not such a fragment or lies outside. */
export function passageOfFragment(fragment: string, length: number): Span | null {
  const [, from, to] = /^#passage-(\d{1,9})-(\d{1,9})$/.exec(fragment) ?? []
  if (from === undefined || to === undefined) return null
  const range = { start: Number(from), end: Number(to) }
  return range.start < range.end && range.end <= length ? range : null
}
