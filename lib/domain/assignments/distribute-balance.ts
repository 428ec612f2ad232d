import { at, type Board, type Cell, countShared, findObstacle, give, hasRoom, isOpen, takeBack } from './distribute-board'
import { type Ledger, reasonKey, writeReason } from './distribute-reason'

/** Someone ahead of their share hands a document to someone behind, and may take a shorter one back. */
interface Handover {
  over: Cell
  back: Cell | null
  /** Words that move on balance, and how many more documents are shared by the same two people afterwards. */
  words: number
  shared: number
}

interface Pair {
  ahead: number
  behind: number
  /** Words between the two distances from the share. */
  gap: number
}

function sharedChange(board: Board, sheet: number, { from, to }: { from: number; to: number }): number {
  const others = at(board.sheets, sheet).people.filter((person) => person !== from && person !== to)
  return countShared(board, to, others) - countShared(board, from, others)
}

function listMoves(board: Board, { ahead, behind, gap }: Pair): Handover[] {
  return [...at(board.seats, ahead).given].flatMap((sheet) => {
    const { words } = at(board.sheets, sheet)
    if (words >= gap || findObstacle(board, { sheet, seat: behind }) !== null) return []
    const shared = sharedChange(board, sheet, { from: ahead, to: behind })
    return { over: { sheet, seat: ahead }, back: null, words, shared }
  })
}

function listSwaps(board: Board, { ahead, behind, gap }: Pair): Handover[] {
  const seatAhead = at(board.seats, ahead)
  const seatBehind = at(board.seats, behind)
  const returns = [...seatBehind.given].filter((sheet) => isOpen(board, { sheet, seat: ahead }))
  return [...seatAhead.given]
    .filter((sheet) => isOpen(board, { sheet, seat: behind }))
    .flatMap((sheet) =>
      returns.flatMap((other) => {
        const there = at(board.sheets, sheet).words
        const back = at(board.sheets, other).words
        const words = there - back
        if (words <= 0 || words >= gap) return []
        if (!hasRoom(seatBehind, there, { words: back, documents: 1 })) return []
        return { over: { sheet, seat: ahead }, back: { sheet: other, seat: behind }, words, shared: 0 }
      }),
    )
}

/** The handover that leaves the two closest together; of equal ones the one that mixes people best, then the first by id. */
function pickBest(handovers: readonly Handover[], gap: number): Handover | null {
  const distance = (handover: Handover): number => Math.abs(gap - 2 * handover.words)
  const sorted = [...handovers].sort(
    (p, q) =>
      distance(p) - distance(q) ||
      p.shared - q.shared ||
      p.over.sheet - q.over.sheet ||
      (p.back?.sheet ?? 0) - (q.back?.sheet ?? 0),
  )
  return sorted[0] ?? null
}

function carryOut(board: Board, ledger: Ledger, { over, back, behind }: Pick<Handover, 'over' | 'back'> & { behind: number }): void {
  const turns = [{ sheet: over.sheet, from: over.seat, to: behind }]
  if (back !== null) turns.push({ sheet: back.sheet, from: behind, to: over.seat })
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
function rankDistances(board: Board, targets: readonly number[]): { seat: number; distance: number }[] {
  return board.seats
    .map(({ words }, seat) => ({ seat, distance: words - at(targets, seat) }))
    .sort((p, q) => q.distance - p.distance || p.seat - q.seat)
}

function findHandover(board: Board, targets: readonly number[]): (Handover & { behind: number }) | null {
  const longest = Math.max(...board.sheets.map(({ words }) => words))
  const ranked = rankDistances(board, targets)
  for (const kind of ['move', 'swap'] as const) {
    for (const { seat: ahead, distance: top } of ranked) {
      for (const { seat: behind, distance: bottom } of [...ranked].reverse()) {
        const pair = { ahead, behind, gap: top - bottom }
        if (pair.gap <= (kind === 'move' ? 0 : longest)) break
        const best = pickBest(kind === 'move' ? listMoves(board, pair) : listSwaps(board, pair), pair.gap)
        if (best !== null) return { ...best, behind }
      }
    }
  }
  return null
}

/**
 * Evens out the loads: while someone ahead of their share can hand a document to someone behind so that both end between where they stood, they
 * do; when no document alone will do and two people are further apart than the longest document, a longer one is exchanged for a shorter.
 * Every handover lowers the sum of squared distances, so this ends, and no one ends further from their share than the furthest before.
 */
export function balanceLoads(board: Board, ledger: Ledger): void {
  // Twenty handovers a document are far more than were ever seen; the limit is for inputs that nobody foresaw.
  for (let step = 0; step < board.sheets.length * 20; step += 1) {
    const handover = findHandover(board, ledger.targets)
    if (handover === null) return
    carryOut(board, ledger, handover)
  }
}
