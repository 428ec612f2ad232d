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
/** A word that took another's place says where, hardly what. */
const replacedWeight = 0.01
/** Words less alike than this are other words. */
const leastWords = 0.35
/** Of ranges this short a correction may replace every word: what stands around them then says that it is the place. */
const fewWords = 3
const leastSurroundings = 0.6

/**
 * Finds where the words of a range went when some of them were edited: of the words that the alignment pairs with it, those that stand together and
 * weigh most. Null when it pairs none.
 */
export function findEditedPlace(texts: AlignedTexts, range: TokenRange): EditedPlace | null {
  const place = heaviestCluster(texts, range)
  if (place === null) return null
  const words = wordsLikeness(texts, range, place)
  const surroundings = surroundingsLikeness(texts, range, place)
  const isShort = countWords(texts, range) <= fewWords
  return { place, words, surroundings, isAlike: words >= leastWords || (isShort && surroundings >= leastSurroundings) }
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
