import { at, type Board, give, takeBack } from './problem'
import { type Handover, listMoves, listRelays, listSwaps, type Pair, pickBest } from './exchange'
import { type Ledger, reasonKey, writeReason } from './reason'

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

/** Distances from the share, furthest ahead first; of two equal ones the earlier by id. */
function rankDistances(board: Board, targets: readonly number[]): Pair['ahead'][] {
  return board.seats
    .map(({ words }, seat) => ({ seat, distance: words - at(targets, seat) }))
    .sort((p, q) => q.distance - p.distance || p.seat - q.seat)
}

/** Pairs more than `apart` words apart, the one furthest ahead with the one furthest behind first. */
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
 * Evens out the loads. While someone ahead of their share can hand a document to someone behind so that both end between where they stood, they
 * do. Where no single document will do and two people are further apart than the longest document, a longer one is exchanged for a shorter;
 * and where someone is further from their share than that, a third person may pass one on. Every handover lowers the sum of squared
 * distances, so this ends.
 */
export function balanceLoads(board: Board, ledger: Ledger): void {
  // Twenty handovers a document are far more than were ever seen; the limit is for inputs that nobody foresaw.
  for (let step = 0; step < board.sheets.length * 20; step += 1) {
    const handover = findHandover(board, ledger.targets)
    if (handover === null) return
    carryOut(board, ledger, handover)
  }
}
