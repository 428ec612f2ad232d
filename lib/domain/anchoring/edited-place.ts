import { surroundingsLikeness, wordsLikeness, type AlignedTexts, type TokenRange } from './likeness'

/** Where the edited words of a range stand. */
export interface EditedPlace {
  place: TokenRange
  /** How alike the words are, 0 to 1. */
  words: number
  /** How much of the surroundings stands around the place, 0 to 1. */
  surroundings: number
  /** Whether it is alike enough to be shown as the range's place. */
  isAlike: boolean
}

/** What a token costs that stands between two of the range's own: so many inserted ones weigh as much as a word. */
const insertedCost = 0.2
/** How many words may have taken the place of one at an end. */
const mostReplacing = 8
/** A word that took another's place says where, hardly what. */
const replacedWeight = 0.01
/** Words less alike than this are other words. */
const leastWords = 0.35
/** Of ranges this short a correction may replace every word: what stands around them then says that it is the place. */
const fewWords = 3
const leastSurroundings = 0.6

/**
 * Finds where the words of a range went when some of them were edited: of the words that the alignment pairs with it, those that stand together and
 * weigh most, and what took the place of its first and last words. Null when it pairs none.
 */
export function findEditedPlace(texts: AlignedTexts, range: TokenRange): EditedPlace | null {
  const cluster = heaviestCluster(texts, range)
  if (cluster === null) return null
  const place = withReplaced(texts, range, cluster)
  const words = wordsLikeness(texts, range, place)
  const surroundings = surroundingsLikeness(texts, range, place)
  const isCorrected =
    countWords(texts, range) <= fewWords && surroundings >= leastSurroundings && isSnug(texts, range, place)
  return { place, words, surroundings, isAlike: words >= leastWords || isCorrected }
}

/** The place with the words between it and its neighbours, at an end where the range's own word is gone: they took its place. */
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

/** Whether the words beside the range are beside its place. */
function isSnug({ to, from }: AlignedTexts, range: TokenRange, place: TokenRange): boolean {
  const previous = range.start === 0 ? -1 : to[range.start - 1]
  const next = range.end === to.length ? from.length : to[range.end]
  return previous === place.start - 1 && next === place.end
}

/** Of the tokens that are paired with the range, those in one order that weigh most when what stands between them is counted against them. */
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
