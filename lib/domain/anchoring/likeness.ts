import { wordLikeness } from './align-gap'
import type { Alignment } from './align-tokens'
import type { TokenPair } from './tokens'

/** Two texts as tokens, with the pairs of their tokens. */
export interface AlignedTexts extends TokenPair, Alignment {}

/** A half-open range of tokens, by index. */
export interface TokenRange {
  start: number
  end: number
}

/** How many words on either side are the surroundings of a place. */
const surroundingWords = 12
/** The most words inserted between a place and its surroundings for these to be its own. */
const mostInserted = 12

/**
 * How alike the words of a range and those at its place are, 0 to 1: their common words as a share of all their words, each by its weight. Only words
 * that the alignment pairs inside the place count.
 */
export function wordsLikeness(texts: AlignedTexts, range: TokenRange, place: TokenRange): number {
  const { before, after, to, vocabulary } = texts
  const weigh = (ids: Int32Array, { start, end }: TokenRange) => {
    let sum = 0
    for (let at = start; at < end; at += 1) sum += vocabulary.weights[ids[at] ?? 0] ?? 0
    return sum
  }
  let shared = 0
  for (let at = range.start; at < range.end; at += 1) {
    const partner = to[at] ?? -1
    if (partner < place.start || partner >= place.end) continue
    const [id, other] = [before.ids[at] ?? 0, after.ids[partner] ?? 0]
    const weight = ((vocabulary.weights[id] ?? 0) + (vocabulary.weights[other] ?? 0)) / 2
    shared += weight * wordLikeness(id, other, vocabulary)
  }
  const all = weigh(before.ids, range) + weigh(after.ids, place)
  return all === 0 ? 0 : Math.min(1, (2 * shared) / all)
}

/** The share of the words around a range that are still around its place, 0 to 1; 1 where the range is the whole text. */
export function surroundingsLikeness(texts: AlignedTexts, range: TokenRange, place: TokenRange): number {
  const { before, after, to } = texts
  const reach = surroundingWords + mostInserted
  let kept = 0
  let all = 0
  const look = (at: number, low: number, high: number) => {
    all += 1
    const partner = to[at] ?? -1
    if (partner >= low && partner < high && before.ids[at] === after.ids[partner]) kept += 1
  }
  for (let at = Math.max(0, range.start - surroundingWords); at < range.start; at += 1)
    look(at, place.start - reach, place.start)
  for (let at = range.end; at < Math.min(before.ids.length, range.end + surroundingWords); at += 1)
    look(at, place.end, place.end + reach)
  return all === 0 ? 1 : kept / all
}
