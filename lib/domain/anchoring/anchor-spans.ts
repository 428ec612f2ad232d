import type { TextRange } from '../ranges/text-range'
import { alignTokens } from './align-tokens'
import { findElsewhere, findExactPlace, TokenPlaces, type ExactPlace, type Places } from './exact-place'
import { firstTokenEndingAfter, firstTokenFrom, readTokens } from './tokens'
import { surroundingsLikeness, wordsLikeness, type AlignedTexts, type TokenRange } from './likeness'

/** What became of a span's words in another text. */
export const anchorStates = ['same', 'moved', 'changed', 'lost'] as const
export type AnchorState = (typeof anchorStates)[number]

/**
 * The place of a span's words in another text: UTF-16 offsets into it, half-open. `score`, 0 to 1, says how alike the words and their surroundings
 * are.
 *
 * - `same`: exactly the same words, in the order of the text. White space may differ: a line may end elsewhere.
 * - `moved`: exactly the same words at another place in the order, or at one of several places of which none is certain.
 * - `changed`: the words were edited.
 * - `lost`: nothing is alike enough. The score is that of the best place that was refused.
 */
export type Anchored =
  { state: 'same' | 'moved' | 'changed'; start: number; end: number; score: number } | { state: 'lost'; score: number }

/** The share of the words in a score; the rest is the share of the surroundings. */
const shareOfWords = 0.7
/** Edited words at least this much alike are the span's own, even when exactly its words occur elsewhere. */
const sureScore = 0.6

/**
 * Finds the places of spans again in a text that was edited: one answer for each span, in the order given. Spans are ranges of `before` in UTF-16
 * code units; parts outside the text are cut off, and an empty span is lost unless the text around it stayed. The texts are aligned once
 * (`align-tokens.ts`), in linear time; each span then costs about as much as its words.
 */
export function anchorSpans(before: string, after: string, spans: readonly TextRange[]): Anchored[] {
  if (spans.length === 0) return []
  const pair = readTokens(before, after)
  const texts: AlignedTexts = { ...pair, ...alignTokens(pair) }
  const words = pair.vocabulary.forms.length
  const places = { before: new TokenPlaces(pair.before.ids, words), after: new TokenPlaces(pair.after.ids, words) }
  return spans.map((span) => {
    const start = Math.min(Math.max(0, span.start), before.length)
    return anchorSpan(texts, places, { start, end: Math.min(Math.max(start, span.end), before.length) })
  })
}

function anchorSpan(texts: AlignedTexts, places: Places, span: TextRange): Anchored {
  const tokens = { start: firstTokenEndingAfter(texts.before, span.start), end: firstTokenFrom(texts.before, span.end) }
  if (tokens.start >= tokens.end) return anchorBlank(texts, span, tokens.start)
  const aligned = findExactPlace(texts, places, tokens)
  if (aligned !== null) return anchorExact(texts, { span, tokens, exact: aligned })
  const edited = findEditedPlace(texts, tokens)
  const score = edited === null ? 0 : round(weigh(edited.words, edited.surroundings))
  const changed: Anchored | null =
    edited?.isAlike === true ? { state: 'changed', ...rangeAt(texts.after, edited.place), score } : null
  if (changed !== null && score >= sureScore) return changed
  // The same words elsewhere are likelier to be meant than a few of them here; a few of them here are likelier than equal words that another passage
  // may own.
  const { free, doubtful } = findElsewhere(texts, places, tokens)
  if (free !== null) return anchorExact(texts, { span, tokens, exact: free })
  if (changed !== null) return changed
  return doubtful === null ? { state: 'lost', score } : anchorExact(texts, { span, tokens, exact: doubtful })
}

function weigh(words: number, surroundings: number): number {
  return shareOfWords * words + (1 - shareOfWords) * surroundings
}

function rangeAt({ starts, ends }: AlignedTexts['after'], place: TokenRange): TextRange {
  return { start: starts[place.start] ?? 0, end: ends[place.end - 1] ?? 0 }
}

function anchorExact(
  texts: AlignedTexts,
  { span, tokens, exact }: { span: TextRange; tokens: TokenRange; exact: ExactPlace },
): Anchored {
  const place = { start: tokens.start + exact.offset, end: tokens.end + exact.offset }
  const range = rangeOf(texts, { span, tokens, place })
  const surroundings = surroundingsLikeness(texts, tokens, place)
  const words = sameWords(texts.before.text.slice(span.start, span.end), texts.after.text.slice(range.start, range.end))
  const score = weigh(1, surroundings)
  if (!words) return { state: 'changed', ...range, score: round(Math.min(score, 0.99)) }
  return { state: exact.isCertain ? 'same' : 'moved', ...range, score: round(score) }
}

/** The range of equal tokens, with the span's white space at both ends, and cut inside a word where the span is. */
function rangeOf(
  { before, after }: AlignedTexts,
  { span, tokens, place }: { span: TextRange; tokens: TokenRange; place: TokenRange },
): TextRange {
  const first = before.starts[tokens.start] ?? 0
  const last = before.ends[tokens.end - 1] ?? 0
  const { start, end } = rangeAt(after, place)
  const shifted = { start: start + span.start - first, end: end + span.end - last }
  const isSame = (from: number, to: number, offset: number) =>
    from + offset >= 0 && before.text.slice(from, to) === after.text.slice(from + offset, to + offset)
  // The ends are tested separately: the white space may have changed at one end only.
  const firstEnd = before.ends[tokens.start] ?? 0
  const lastStart = before.starts[tokens.end - 1] ?? 0
  return {
    start: isSame(Math.min(span.start, first), firstEnd, start - first) ? shifted.start : start,
    end: isSame(lastStart, Math.max(span.end, last), end - last) ? shifted.end : end,
  }
}

/** Anchors a span without words: it stays when its white space, or the border between its two words, did. */
function anchorBlank(texts: AlignedTexts, span: TextRange, next: number): Anchored {
  const { before, after, to, moved } = texts
  const isWhole = before.text === after.text
  const previousEnd = next === 0 ? 0 : (before.ends[next - 1] ?? 0)
  const place = next === 0 ? 0 : (to[next - 1] ?? -1) + 1
  const isNextThere = next < before.ids.length ? to[next] === place : place === after.ids.length
  const isThere = isWhole || (isNextThere && (next === 0 || (place > 0 && moved[next - 1] === 0)))
  const offset = next === 0 || isWhole ? 0 : (after.ends[place - 1] ?? 0) - previousEnd
  const range = { start: span.start + offset, end: span.end + offset }
  const isSame = before.text.slice(previousEnd, span.end) === after.text.slice(previousEnd + offset, range.end)
  return isThere && isSame ? { state: 'same', ...range, score: 1 } : { state: 'lost', score: 0 }
}

function sameWords(one: string, other: string): boolean {
  return one === other || one.replaceAll(/\s+/g, ' ').trim() === other.replaceAll(/\s+/g, ' ').trim()
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000
}

/** The place of a range's edited words. */
interface EditedPlace {
  place: TokenRange
  /** How alike the words are, 0 to 1. */
  words: number
  /** The share of the surroundings that is still around the place, 0 to 1. */
  surroundings: number
  /** Whether it is alike enough to be shown as the range's place. */
  isAlike: boolean
}

/** The cost of a token between two of the range's own: five inserted tokens weigh as much as a word. */
const insertedCost = 0.2
/** Most words that may have replaced one word at an end. */
const mostReplacing = 8
/** A replacement tells the place of a word, but hardly anything about its likeness. */
const replacedWeight = 0.01
/** Words less alike than this are other words. */
const leastWords = 0.35
/** In ranges this short, a correction may replace every word; the surroundings then identify the place. */
const fewWords = 3
const leastSurroundings = 0.6

/**
 * Finds the place of a range of which some words were edited: of the words that the alignment pairs with it, the group that lies together and weighs
 * most, and the replacements of its first and last words. Null when no word of the range is paired.
 */
function findEditedPlace(texts: AlignedTexts, range: TokenRange): EditedPlace | null {
  const cluster = heaviestCluster(texts, range)
  if (cluster === null) return null
  const place = withReplaced(texts, range, cluster)
  const words = wordsLikeness(texts, range, place)
  const surroundings = surroundingsLikeness(texts, range, place)
  const isCorrected =
    countWords(texts, range) <= fewWords && surroundings >= leastSurroundings && isSnug(texts, range, place)
  return { place, words, surroundings, isAlike: words >= leastWords || isCorrected }
}

/** Extends the place to its neighbours at an end where the range's own word is gone: the words in between replaced it. */
function withReplaced({ before, after, to, from }: AlignedTexts, range: TokenRange, place: TokenRange): TokenRange {
  const isKept = (at: number) => before.ids[at] === after.ids[to[at] ?? -1]
  let { start, end } = place
  if (!isKept(range.start)) {
    const neighbour = range.start === 0 ? -1 : (to[range.start - 1] ?? -1)
    if (neighbour !== -1 || range.start === 0)
      while (start - 1 > neighbour && from[start - 1] === -1 && place.start - start < mostReplacing) start -= 1
    if (start - 1 !== neighbour) start = place.start
  }
  if (!isKept(range.end - 1)) {
    const neighbour = range.end === to.length ? from.length : (to[range.end] ?? -1)
    while (end < neighbour && from[end] === -1 && end - place.end < mostReplacing) end += 1
    if (end !== neighbour) end = place.end
  }
  return { start, end }
}

/** Whether the neighbours of the range are also the neighbours of its place. */
function isSnug({ to, from }: AlignedTexts, range: TokenRange, place: TokenRange): boolean {
  const previous = range.start === 0 ? -1 : to[range.start - 1]
  const next = range.end === to.length ? from.length : to[range.end]
  return previous === place.start - 1 && next === place.end
}

/** Of the tokens paired with the range, finds those in one order that weigh most after subtracting the cost of the tokens between them. */
function heaviestCluster({ before, after, to, vocabulary }: AlignedTexts, range: TokenRange): TokenRange | null {
  let best: TokenRange | null = null
  let bestWeight = 0
  let current = { start: -1, end: -1 }
  let weight = 0
  for (let at = range.start; at < range.end; at += 1) {
    const partner = to[at] ?? -1
    if (partner === -1) continue
    const between = partner - current.end
    const left = between < 0 ? 0 : weight - insertedCost * between
    const id = before.ids[at] ?? 0
    const own = (vocabulary.weights[id] ?? 0) * (after.ids[partner] === id ? 1 : replacedWeight)
    current = { start: left <= 0 ? partner : current.start, end: partner + 1 }
    weight = Math.max(0, left) + own
    if (weight <= bestWeight) continue
    best = current
    bestWeight = weight
  }
  return best
}

function countWords({ before, vocabulary }: AlignedTexts, { start, end }: TokenRange): number {
  let count = 0
  for (let at = start; at < end; at += 1) if (vocabulary.isWord[before.ids[at] ?? 0] === true) count += 1
  return count
}
