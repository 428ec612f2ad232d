import { startsLine, type Vocabulary, type TokenPair, type TokenSequence } from './tokens'
import type { Alignment } from './align-tokens'

/** The ids of two short stretches of words to align. */
interface Stretches {
  before: Int32Array
  after: Int32Array
}

/** Pairs of positions in two stretches, ascending in both: equal words, or a word and its replacement. */
export type PlacePairs = [before: number, after: number][]

/** Scores of a word without a pair and of a replaced word. Deleting a word and inserting the same word costs more than a replacement. */
const gapScore = -0.25
const replacedScore = -0.35
const leastAlike = 0.5
const mostCompared = 64

/** Most cells of one alignment, so that texts of any length are aligned in linear time. */
export const mostCells = 20_000

const fromBoth = 0
const fromBefore = 1
const fromAfter = 2

/**
 * Aligns two stretches so that equal and similar words are paired (Needleman and Wunsch), in O(before × after): the caller keeps both short.
 * @param openEnd whether the words after the last good pair may stay without a pair: for a stretch whose other end is not known
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
 * How alike two words are, 0 to 1: the share of the longer word in their common beginning and end, 0 when that is under a half ("opened", "opens";
 * not "open", "shut"). Signs are alike only when they are the same.
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

/** How far deleted or inserted words are pushed, in tokens. */
const mostPushed = 256
const sentenceEnd = /^[.!?…。！？؟।]$/u

/**
 * Pushes deleted and inserted words to where a reader would see them. When "The mayor spoke." is deleted between two sentences that begin with "The",
 * the alignment may have chosen "mayor spoke. The". Whole lines are preferred, then whole sentences. Changes the alignment in place; linear.
 */
export function settleGaps({ before, after, vocabulary }: TokenPair, { to, from, moved }: Alignment): void {
  settleSide({ own: before, other: after, partners: to, ownOf: from, vocabulary }, (token, instead) => {
    moved[token] = moved[instead] ?? 0
    moved[instead] = 0
  })
  settleSide({ own: after, other: before, partners: from, ownOf: to, vocabulary }, () => undefined)
}

interface Side {
  own: TokenSequence
  other: TokenSequence
  partners: Int32Array
  ownOf: Int32Array
  vocabulary: Vocabulary
}

function settleSide(side: Side, onTaken: (token: number, instead: number) => void): void {
  const { own, partners, ownOf } = side
  const take = (token: number, instead: number) => {
    const partner = partners[instead] ?? -1
    partners[token] = partner
    partners[instead] = -1
    ownOf[partner] = token
    onTaken(token, instead)
  }
  let end = 0
  for (let start = 0; start < own.ids.length; start = end + 1) {
    end = start
    while (partners[end] === -1) end += 1
    if (end === start || !isBetweenNeighbours(side, start, end)) continue
    const push = bestPush(side, start, end)
    for (let step = 0; step < push; step += 1) take(start + step, end + step)
    for (let step = 1; step <= -push; step += 1) take(end - step, start - step)
    end += Math.max(0, push)
  }
}

/** Whether the words on both sides of a stretch without partners are next to each other in the other text, so that nothing replaced the stretch. */
function isBetweenNeighbours({ partners, other }: Side, start: number, end: number): boolean {
  const previous = start === 0 ? -1 : (partners[start - 1] ?? -1)
  const next = end === partners.length ? other.ids.length : (partners[end] ?? -1)
  return next === previous + 1
}

/** How far to push a stretch, in tokens; negative towards the start. Of equally good places, the nearest. */
function bestPush(side: Side, start: number, end: number): number {
  const { own, other, partners } = side
  const canTake = (token: number, instead: number, partner: number) =>
    own.ids[token] === own.ids[instead] &&
    partner >= 0 &&
    partners[instead] === partner &&
    own.ids[instead] === other.ids[partner]
  let best = 0
  let bestScore = borderScore(side, start, end)
  const consider = (push: number) => {
    const score = borderScore(side, start + push, end + push)
    if (score < bestScore || (score === bestScore && Math.abs(push) >= Math.abs(best))) return
    best = push
    bestScore = score
  }
  const next = partners[end] ?? -1
  for (let step = 0; step < mostPushed && end + step < own.ids.length; step += 1) {
    if (!canTake(start + step, end + step, next + step)) break
    consider(step + 1)
  }
  const previous = partners[start - 1] ?? -1
  for (let step = 1; step <= mostPushed && start - step >= 0; step += 1) {
    if (!canTake(end - step, start - step, previous + 1 - step)) break
    consider(-step)
  }
  return best
}

/** How natural the borders of a stretch are: 2 for whole lines, 1 for whole sentences, else 0. */
function borderScore({ own, vocabulary }: Side, start: number, end: number): number {
  if (startsLine(own, start) && startsLine(own, end)) return 2
  const endsSentence = (at: number) => at === 0 || sentenceEnd.test(vocabulary.forms[own.ids[at - 1] ?? 0] ?? '')
  return endsSentence(start) && endsSentence(end) ? 1 : 0
}
