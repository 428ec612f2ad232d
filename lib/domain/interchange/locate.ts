import { maxSpanLength } from '../annotations/schema'
import { splitsCharacter } from '../annotations/span'
import type { TextRange } from '../ranges/text-range'
import { foldText, foldWords, unfoldRange, type FoldedText } from '../text/fold'
import { compareTypography, type TypographicDifference } from '../text/typography'
import { countCodePoints } from './code-points'
import type { WantedPlace } from './foreign-annotation'

/**
 * How the words of an annotation of a file were found: at the file's place, elsewhere by the words and their surroundings, or in another typography.
 * `differences` says which typography differs; it is empty when only white space does.
 */
export const attachments = ['same-place', 'other-place', 'typography'] as const
export type Attachment = (typeof attachments)[number]

/** A place for an annotation of a file, in UTF-16 code units, or why there is none. */
export type Located =
  | { ok: true; start: number; end: number; attachment: Attachment; differences: TypographicDifference[] }
  | { ok: false; refusal: 'not-found' | 'ambiguous' | 'not-attachable'; reason: string }

/** The most places of one quote that are told apart by their surroundings. */
const mostPlaces = 1_000
/** The most code units before and after a quote that are compared. */
const mostAround = 64
/** At least this many signs around a quote must agree to decide between several places. */
const leastAround = 4

/**
 * Finds places in one text, which must be the canonical text of a revision; `sha256` is its hash. The text is folded once, when that is first needed.
 */
export function placeFinder(text: string, sha256: string): (wanted: WantedPlace) => Located {
  const points = countCodePoints(text)
  let folded: FoldedText | null = null
  return ({ position, quote, sha256: of }) => {
    const range =
      position === null ? null : { start: points.toUnits(position.start), end: points.toUnits(position.end) }
    if (quote === null || quote.exact.trim() === '') return locateUnquoted(text, range, of === sha256)
    const { exact } = quote
    if (exact.length > maxSpanLength)
      return unattachable(
        `Its words are ${exact.length} UTF-16 code units long; an annotation has at most ${maxSpanLength}.`,
      )
    const prefix = quote.prefix.slice(-4 * mostAround)
    const suffix = quote.suffix.slice(0, 4 * mostAround)
    const at = range !== null && text.slice(range.start, range.end) === exact ? range : null
    // Offsets into the same text are sure: other places of these words do not matter.
    if (at !== null && of === sha256) return { ok: true, ...at, attachment: 'same-place', differences: [] }
    const places = findAll(text, exact, mostPlaces + 1).map((start) => ({ start, end: start + exact.length }))
    if (places.length > 0) {
      const chosen = choosePlace(text, places, { prefix, suffix, at })
      if (chosen === null) return ambiguous(exact, places.length)
      const attachment = chosen.start === at?.start ? 'same-place' : 'other-place'
      return { ok: true, ...chosen, attachment, differences: [] }
    }
    folded ??= foldText(text)
    const alike = findAllFolded(folded, foldWords(exact))
    const chosen = alike.length === 0 ? null : choosePlace(text, alike, { prefix, suffix, at: null })
    if (chosen !== null) {
      const differences = compareTypography(text.slice(chosen.start, chosen.end), exact)
      return { ok: true, ...chosen, attachment: 'typography', differences }
    }
    return alike.length > 0 ? ambiguous(exact, alike.length) : notFound(exact)
  }
}

function locateUnquoted(text: string, range: TextRange | null, isSameText: boolean): Located {
  if (range === null) return unattachable('It names neither words nor a position.')
  if (isSameText && range.end <= text.length) return { ok: true, ...range, attachment: 'same-place', differences: [] }
  return unattachable(
    'It has a position but no words to compare with. Add the words, as "exact" or as a TextQuoteSelector.',
  )
}

function unattachable(reason: string): Located {
  return { ok: false, refusal: 'not-attachable', reason }
}

function notFound(exact: string): Located {
  return { ok: false, refusal: 'not-found', reason: `${shorten(exact)} does not occur in this text.` }
}

function ambiguous(exact: string, count: number): Located {
  const times = count > mostPlaces ? `more than ${mostPlaces} times` : `${count} times`
  return {
    ok: false,
    refusal: 'ambiguous',
    reason: `${shorten(exact)} occurs ${times} in this text, and the file does not say which one is meant. Add the text before and after it, as "prefix" and "suffix".`,
  }
}

/** Words in quotation marks, cut to 80 code units without cutting a character. */
function shorten(words: string): string {
  if (words.length <= 80) return JSON.stringify(words)
  return `${JSON.stringify(words.slice(0, splitsCharacter(words, 80) ? 79 : 80))}…`
}

/** Finds the places of folded words; at most one more than `mostPlaces`. */
function findAllFolded(folded: FoldedText, words: string): TextRange[] {
  return findAll(folded.folded, words, mostPlaces + 1).flatMap(
    (start) => unfoldRange(folded, { start, end: start + words.length }) ?? [],
  )
}

/**
 * Chooses the place that is meant: the only one; else the one whose surroundings agree best, if they agree at all and no other's agree as well; among
 * equals, the one at the position that the file gives. Null when none of these decides.
 */
function choosePlace(
  text: string,
  places: readonly TextRange[],
  { prefix, suffix, at }: { prefix: string; suffix: string; at: TextRange | null },
): TextRange | null {
  const [first] = places
  if (places.length === 1 && first !== undefined) return first
  const measure = ({ start, end }: TextRange) => sharedBefore(text, start, prefix) + sharedAfter(text, end, suffix)
  if (places.length > mostPlaces) {
    const full = countSigns(prefix) + countSigns(suffix)
    return at !== null && full >= leastAround && measure(at) >= full ? at : null
  }
  const scores = places.map(measure)
  const best = Math.max(...scores)
  const leaders = places.filter((_, index) => scores[index] === best)
  const [leader] = leaders
  const atPosition = leaders.find(({ start }) => start === at?.start)
  if (atPosition !== undefined) return atPosition
  const least = Math.min(leastAround, Math.max(1, countSigns(prefix) + countSigns(suffix)))
  return leaders.length === 1 && leader !== undefined && best >= least ? leader : null
}

function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0x3000
}

function countSigns(around: string): number {
  return around.replaceAll(/\s+/gu, '').length
}

/** Counts the signs that agree, backwards from an offset and from the end of `prefix`. White space is skipped, because line ends differ elsewhere. */
function sharedBefore(text: string, offset: number, prefix: string): number {
  let [at, of, shared] = [offset - 1, prefix.length - 1, 0]
  const least = Math.max(0, offset - 4 * mostAround)
  while (shared < mostAround) {
    while (at >= least && isSpace(text.charCodeAt(at))) at -= 1
    while (of >= 0 && isSpace(prefix.charCodeAt(of))) of -= 1
    if (at < least || of < 0 || text.charCodeAt(at) !== prefix.charCodeAt(of)) break
    at -= 1
    of -= 1
    shared += 1
  }
  return shared
}

/** Counts the signs that agree, forwards from an offset and from the start of `suffix`. */
function sharedAfter(text: string, offset: number, suffix: string): number {
  let [at, of, shared] = [offset, 0, 0]
  const most = Math.min(text.length, offset + 4 * mostAround)
  while (shared < mostAround) {
    while (at < most && isSpace(text.charCodeAt(at))) at += 1
    while (of < suffix.length && isSpace(suffix.charCodeAt(of))) of += 1
    if (at >= most || of >= suffix.length || text.charCodeAt(at) !== suffix.charCodeAt(of)) break
    at += 1
    of += 1
    shared += 1
  }
  return shared
}

/** Up to this length, words are searched for by `indexOf`, whose worst case grows with their length. */
const mostForOwnSearch = 100

/**
 * Finds words in a text, including overlapping places: offsets in UTF-16 code units, ascending, at most `most`. Linear in the text, however the words
 * repeat themselves (Knuth, Morris and Pratt).
 */
function findAll(text: string, words: string, most: number): number[] {
  const places: number[] = []
  if (words === '') return places
  if (words.length <= mostForOwnSearch) {
    for (let at = text.indexOf(words); at !== -1 && places.length < most; at = text.indexOf(words, at + 1))
      places.push(at)
    return places
  }
  const fallbacks = fallbacksOf(words)
  let matched = 0
  for (let at = 0; at < text.length && places.length < most; at += 1) {
    const sign = text.charCodeAt(at)
    while (matched > 0 && words.charCodeAt(matched) !== sign) matched = fallbacks[matched - 1] ?? 0
    if (words.charCodeAt(matched) === sign) matched += 1
    if (matched === words.length) {
      places.push(at + 1 - words.length)
      matched = fallbacks[matched - 1] ?? 0
    }
  }
  return places
}

/** For each prefix of the words, the length of the longest shorter prefix that it ends with. */
function fallbacksOf(words: string): Uint32Array {
  const fallbacks = new Uint32Array(words.length)
  let length = 0
  for (let at = 1; at < words.length; at += 1) {
    while (length > 0 && words.charCodeAt(at) !== words.charCodeAt(length)) length = fallbacks[length - 1] ?? 0
    if (words.charCodeAt(at) === words.charCodeAt(length)) length += 1
    fallbacks[at] = length
  }
  return fallbacks
}
