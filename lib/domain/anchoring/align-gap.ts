import type { Vocabulary } from './tokens'

/** Two short stretches of words to be laid side by side, as their ids. */
interface Stretches {
  before: Int32Array
  after: Int32Array
}

/** Pairs of positions in two stretches, ascending in both: equal words, or one that took the other's place. */
export type PlacePairs = [before: number, after: number][]

/** What a pair and a word without one count. Dearer than a replaced word: that same word deleted and the other inserted. */
const gapScore = -0.25
const replacedScore = -0.35
const leastAlike = 0.5
const mostCompared = 64

/** Most cells of one alignment: what keeps a text of any length linear. */
export const mostCells = 20_000

const fromBoth = 0
const fromBefore = 1
const fromAfter = 2

/**
 * Lays two stretches side by side so that equal and similar words meet (Needleman and Wunsch), in O(before × after): the caller keeps both short.
 * @param openEnd whether the words after the last good pair may stay alone: for a stretch whose other end is not known
 */
export function alignGap(
  { before, after }: Stretches,
  vocabulary: Vocabulary,
  { openEnd }: { openEnd: boolean },
): PlacePairs {
  const width = after.length + 1
  const scores = new Float32Array((before.length + 1) * width)
  const ways = new Uint8Array(scores.length)
  for (let column = 1; column < width; column += 1) {
    scores[column] = gapScore * column
    ways[column] = fromAfter
  }
  let best = 0
  for (let row = 1; row <= before.length; row += 1) {
    const first = row * width
    scores[first] = gapScore * row
    ways[first] = fromBefore
    const id = before[row - 1] ?? 0
    for (let column = 1; column < width; column += 1) {
      const cell = first + column
      const both = (scores[cell - width - 1] ?? 0) + pairScore(id, after[column - 1] ?? 0, vocabulary)
      const above = (scores[cell - width] ?? 0) + gapScore
      const left = (scores[cell - 1] ?? 0) + gapScore
      const score = Math.max(both, above, left)
      scores[cell] = score
      ways[cell] = score === both ? fromBoth : score === above ? fromBefore : fromAfter
      if (openEnd && score > (scores[best] ?? 0)) best = cell
    }
  }
  return tracePairs(ways, width, openEnd ? best : scores.length - 1)
}

function tracePairs(ways: Uint8Array, width: number, end: number): PlacePairs {
  const pairs: PlacePairs = []
  for (let cell = end; cell > 0;) {
    const way = ways[cell]
    if (way === fromBoth) {
      pairs.push([Math.floor(cell / width) - 1, (cell % width) - 1])
      cell -= width + 1
    } else cell -= way === fromBefore ? width : 1
  }
  return pairs.reverse()
}

function pairScore(one: number, other: number, vocabulary: Vocabulary): number {
  if (one === other) return 0.2 + 0.8 * (vocabulary.weights[one] ?? 1)
  if (vocabulary.isWord[one] !== vocabulary.isWord[other]) return 4 * gapScore
  const alike = wordLikeness(one, other, vocabulary)
  return alike > 0 ? alike * 0.8 * (vocabulary.weights[one] ?? 1) : replacedScore
}

/**
 * How alike two words are, 0 to 1: the share of the longer one that both begin and end with, 0 when that is under a half ("opened", "opens"; not
 * "open", "shut"). Signs are alike only when they are the same.
 */
export function wordLikeness(one: number, other: number, { forms, isWord }: Vocabulary): number {
  if (one === other) return 1
  if (isWord[one] !== true || isWord[other] !== true) return 0
  const [first, second] = [forms[one] ?? '', forms[other] ?? '']
  const longer = Math.min(mostCompared, Math.max(first.length, second.length))
  const shorter = Math.min(first.length, second.length)
  if (shorter * 2 < longer) return 0
  const most = Math.min(shorter, mostCompared)
  let head = 0
  while (head < most && first.charCodeAt(head) === second.charCodeAt(head)) head += 1
  let tail = 0
  while (
    tail < most - head &&
    first.charCodeAt(first.length - 1 - tail) === second.charCodeAt(second.length - 1 - tail)
  )
    tail += 1
  const share = (head + tail) / longer
  return share < leastAlike ? 0 : share
}
