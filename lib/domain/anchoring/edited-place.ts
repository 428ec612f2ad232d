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

/** Most words inserted inside a range between two of its own. */
const mostInserted = 40
/** Words less alike than this are other words. */
const leastWords = 0.35
/** Of ranges this short a correction may replace every word: what stands around them then says that it is the place. */
const fewWords = 3
const leastSurroundings = 0.6

interface Cluster extends TokenRange {
  lastBefore: number
  weight: number
}

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

function heaviestCluster({ before, after, to, vocabulary }: AlignedTexts, range: TokenRange): TokenRange | null {
  let best: Cluster | null = null
  let current: Cluster | null = null
  for (let at = range.start; at < range.end; at += 1) {
    const partner = to[at] ?? -1
    if (partner === -1) continue
    if (current === null || partner < current.end || partner - current.end > at - current.lastBefore + mostInserted)
      current = { start: partner, end: partner, lastBefore: at, weight: 0 }
    const id = before.ids[at] ?? 0
    // A word that took the other's place says where, hardly what.
    current.weight += (vocabulary.weights[id] ?? 0) * (after.ids[partner] === id ? 1 : 0.01)
    current.end = partner + 1
    current.lastBefore = at
    if (best === null || current.weight > best.weight) best = current
  }
  return best === null ? null : { start: best.start, end: best.end }
}

function countWords({ before, vocabulary }: AlignedTexts, { start, end }: TokenRange): number {
  let count = 0
  for (let at = start; at < end; at += 1) if (vocabulary.isWord[before.ids[at] ?? 0] === true) count += 1
  return count
}
