import { at, type Board, give, takeBack, countShared, findObstacle, hasRoom, isOpen } from './problem'
import { type Ledger, reasonKey, writeReason } from './reason'

/** A document that goes from one reviewer to another. All three are indexes into the board's lists. */
interface Turn {
  sheet: number
  from: number
  to: number
}

/** Documents that change hands together. */
interface Handover {
  turns: Turn[]
  /** The decrease of the sum of squared distances from the shares, above 0. */
  gain: number
  /** How many more documents the same two people share afterwards; counted for a single document only. */
  shared: number
}

/** Two reviewers and their distances from their shares in words, positive for more than the share. */
interface Pair {
  ahead: { seat: number; distance: number }
  behind: { seat: number; distance: number }
}

function carryOut(board: Board, ledger: Ledger, { turns }: Handover): void {
  for (const { sheet, from } of turns) {
    takeBack(board, { sheet, seat: from })
    ledger.reasons.delete(reasonKey(sheet, from))
  }
  for (const { sheet, from, to } of turns) {
    const takenFrom = at(board.seats, from).id
    writeReason(board, ledger, { sheet, seat: to, step: 'balance', equallyPlaced: 1, tie: 'none', takenFrom })
    give(board, { sheet, seat: to })
  }
}

/** Distances from the shares, furthest ahead first; ties by id. */
function rankDistances(board: Board, targets: readonly number[]): Pair['ahead'][] {
  return board.seats
    .map(({ words }, seat) => ({ seat, distance: words - at(targets, seat) }))
    .sort((p, q) => q.distance - p.distance || p.seat - q.seat)
}

/** Pairs more than `apart` words apart, those of the reviewer furthest ahead first, each with the reviewer furthest behind first. */
function listPairs(ranked: readonly Pair['ahead'][], apart: number): Pair[] {
  const lowestFirst = [...ranked].reverse()
  return ranked.flatMap((ahead) =>
    lowestFirst.filter((behind) => ahead.distance - behind.distance > apart).map((behind) => ({ ahead, behind })),
  )
}

function findHandover(board: Board, targets: readonly number[]): Handover | null {
  const longest = Math.max(...board.sheets.map(({ words }) => words))
  const ranked = rankDistances(board, targets)
  for (const pair of listPairs(ranked, 0)) {
    const best = pickBest(listMoves(board, pair))
    if (best !== null) return best
  }
  const farApart = listPairs(ranked, longest)
  for (const pair of farApart) {
    const best = pickBest(listSwaps(board, pair))
    if (best !== null) return best
  }
  const top = ranked[0]
  const bottom = ranked.at(-1)
  for (const pair of farApart) {
    const { ahead, behind } = pair
    const isTooFar = (ahead === top && ahead.distance > longest) || (behind === bottom && -behind.distance > longest)
    if (!isTooFar) continue
    const others = ranked.filter((seat) => seat !== ahead && seat !== behind)
    const best = pickBest(others.flatMap((between) => pickBest(listRelays(board, { ...pair, between })) ?? []))
    if (best !== null) return best
  }
  return null
}

/**
 * Evens out the loads by handovers. A reviewer ahead of their share gives one behind a single document, as long as both end between their former
 * distances. Where no single document will do and two reviewers are further apart than the longest document, they exchange a longer one for a shorter
 * one; where a reviewer is further from their share than that, a third may pass one on. Every handover lowers the sum of squared distances, so this
 * ends.
 */
export function balanceLoads(board: Board, ledger: Ledger): void {
  // Twenty handovers per document are far more than ever observed; the limit is a safeguard against unforeseen inputs.
  for (let step = 0; step < board.sheets.length * 20; step += 1) {
    const handover = findHandover(board, ledger.targets)
    if (handover === null) return
    carryOut(board, ledger, handover)
  }
}

/** Single documents that `ahead` could give to `behind` so that both end between their former distances. */
function listMoves(board: Board, { ahead, behind }: Pair): Handover[] {
  const gap = ahead.distance - behind.distance
  return [...at(board.seats, ahead.seat).given].flatMap((sheet) => {
    const { words, people } = at(board.sheets, sheet)
    if (words >= gap || findObstacle(board, { sheet, seat: behind.seat }) !== null) return []
    const others = people.filter((person) => person !== ahead.seat)
    const shared = countShared(board, behind.seat, others) - countShared(board, ahead.seat, others)
    return { turns: [{ sheet, from: ahead.seat, to: behind.seat }], gain: 2 * words * (gap - words), shared }
  })
}

/** Longer documents that `ahead` could give to `behind` for a shorter one. */
function listSwaps(board: Board, { ahead, behind }: Pair): Handover[] {
  const gap = ahead.distance - behind.distance
  const receiver = at(board.seats, behind.seat)
  const returns = [...receiver.given].filter((sheet) => isOpen(board, { sheet, seat: ahead.seat }))
  return [...at(board.seats, ahead.seat).given]
    .filter((sheet) => isOpen(board, { sheet, seat: behind.seat }))
    .flatMap((sheet) =>
      returns.flatMap((back) => {
        const freed = at(board.sheets, back).words
        const words = at(board.sheets, sheet).words - freed
        if (words <= 0 || words >= gap) return []
        if (!hasRoom(receiver, words + freed, { words: freed, documents: 1 })) return []
        const turns = [
          { sheet, from: ahead.seat, to: behind.seat },
          { sheet: back, from: behind.seat, to: ahead.seat },
        ]
        return { turns, gain: 2 * words * (gap - words), shared: 0 }
      }),
    )
}

/**
 * Documents that `ahead` could give to a third reviewer, who gives another one to `behind`. Needed when `behind` already has every document of
 * `ahead`.
 */
function listRelays(board: Board, pair: Pair & { between: Pair['ahead'] }): Handover[] {
  const { ahead, between, behind } = pair
  const middle = at(board.seats, between.seat)
  const onward = [...middle.given].filter((sheet) => findObstacle(board, { sheet, seat: behind.seat }) === null)
  return [...at(board.seats, ahead.seat).given]
    .filter((sheet) => isOpen(board, { sheet, seat: between.seat }))
    .flatMap((sheet) =>
      onward.flatMap((next) => {
        const first = at(board.sheets, sheet).words
        const second = at(board.sheets, next).words
        const gain =
          fallOfSquare(ahead.distance, -first) +
          fallOfSquare(between.distance, first - second) +
          fallOfSquare(behind.distance, second)
        // Rounding must not turn a gain of zero into a positive one, or two relays could undo each other forever.
        if (gain < 0.001 || !hasRoom(middle, first, { words: second, documents: 1 })) return []
        const turns = [
          { sheet, from: ahead.seat, to: between.seat },
          { sheet: next, from: between.seat, to: behind.seat },
        ]
        return { turns, gain, shared: 0 }
      }),
    )
}

function fallOfSquare(distance: number, change: number): number {
  return distance ** 2 - (distance + change) ** 2
}

/** The handover with the greatest gain; ties go to the one that mixes people best, then to the first by id. Null for an empty list. */
function pickBest(handovers: readonly Handover[]): Handover | null {
  return handovers.reduce<Handover | null>(
    (best, next) => (best === null || compare(next, best) < 0 ? next : best),
    null,
  )
}

function compare(p: Handover, q: Handover): number {
  const order = q.gain - p.gain || p.shared - q.shared
  if (order !== 0) return order
  const sheets = p.turns.map(({ sheet }, place) => sheet - (q.turns[place]?.sheet ?? 0))
  return sheets.find((difference) => difference !== 0) ?? 0
}
