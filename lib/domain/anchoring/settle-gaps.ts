import type { Alignment } from './align-tokens'
import { startsLine, type TokenPair, type TokenSequence, type Vocabulary } from './tokens'

/** How far deleted or inserted words are pushed, in tokens. */
const mostPushed = 256
const sentenceEnd = /^[.!?…。！？؟।]$/u

/**
 * Pushes deleted and inserted words to where a reader would see them. When "The mayor spoke." goes from between two sentences that begin with "The",
 * the words "mayor spoke. The" may as well have gone; whole lines are better, then whole sentences. Changes the alignment in place; linear.
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

/** Whether the words around a stretch without partners are next to each other in the other text: nothing took the stretch's place. */
function isBetweenNeighbours({ partners, other }: Side, start: number, end: number): boolean {
  const previous = start === 0 ? -1 : (partners[start - 1] ?? -1)
  const next = end === partners.length ? other.ids.length : (partners[end] ?? -1)
  return next === previous + 1
}

/** How far to push a stretch, in tokens; negative towards the start. The nearest of the best. */
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

/** How natural a stretch is as a whole: 2 for whole lines, 1 for whole sentences. */
function borderScore({ own, vocabulary }: Side, start: number, end: number): number {
  if (startsLine(own, start) && startsLine(own, end)) return 2
  const endsSentence = (at: number) => at === 0 || sentenceEnd.test(vocabulary.forms[own.ids[at - 1] ?? 0] ?? '')
  return endsSentence(start) && endsSentence(end) ? 1 : 0
}
