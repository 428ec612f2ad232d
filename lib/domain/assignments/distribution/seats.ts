import { at, type Board, type Cell, countShared, findObstacle, give, hasRoom, isOpen, takeBack } from './problem'
import { type Ledger, reasonKey, writeReason } from './reason'

interface Candidate {
  seat: number
  /** Words the reviewer is behind the share that is due by now. */
  behind: number
}

/** Fills one place by the rule of shares. False when nobody can take the document directly. */
function choose(board: Board, ledger: Ledger, { sheet, progress }: { sheet: number; progress: number }): boolean {
  const { words, rank, people } = at(board.sheets, sheet)
  const candidates: Candidate[] = board.seats.flatMap(({ words: load }, seat) =>
    findObstacle(board, { sheet, seat }) === null ? { seat, behind: at(ledger.targets, seat) * progress - load } : [],
  )
  if (candidates.length === 0) return false
  const furthest = Math.max(...candidates.map(({ behind }) => behind))
  const near = candidates
    .filter(({ behind }) => behind >= furthest - words / 2)
    .map(({ seat }) => ({
      seat,
      shared: countShared(board, seat, people),
      // The draw of the document turns the draw of the reviewers, so that no one wins every tie.
      drawn: (at(board.seats, seat).rank + rank) % board.seats.length,
    }))
    .sort((p, q) => p.shared - q.shared || p.drawn - q.drawn)
  const first = at(near, 0)
  const second = near[1]
  const tie = second === undefined ? 'none' : second.shared > first.shared ? 'fewest-shared' : 'draw'
  const cell = { sheet, seat: first.seat }
  writeReason(board, ledger, { ...cell, step: 'share', equallyPlaced: near.length, tie })
  give(board, cell)
  return true
}

/** `seat` would give `from` to take the document of this step instead; the step before wants what `seat` gives up. */
interface Exchange {
  sheet: number
  by: { seat: number; step: Exchange } | null
}

/** How many exchanges one search looks at: with quotas of words an exact search has no bound that anyone would wait for. */
const searchLimit = 8_000

function isOnPath(step: Exchange, seat: number): boolean {
  for (let by = step.by; by !== null; by = by.step.by) if (by.seat === seat) return true
  return false
}

/**
 * Searches, shortest first, for a chain of exchanges that ends with someone who has room: an augmenting path (Ford and Fulkerson 1956, breadth
 * first as Edmonds and Karp 1972).
 */
function findExchange(board: Board, sheet: number): { step: Exchange; seat: number } | null {
  const fewestWords = Math.min(...board.sheets.map(({ words }) => words))
  if (!board.seats.some((seat) => hasRoom(seat, fewestWords))) return null
  const seen = new Set([sheet])
  const asked = new Set<number>()
  const queue: Exchange[] = [{ sheet, by: null }]
  let looks = 0
  for (const step of queue) {
    const { words } = at(board.sheets, step.sheet)
    for (const [place, seat] of board.seats.entries()) {
      if (!isOpen(board, { sheet: step.sheet, seat: place })) continue
      const isLimitedByWords = Number.isFinite(seat.quotaWords)
      if (isLimitedByWords ? isOnPath(step, place) : asked.has(place)) continue
      if (hasRoom(seat, words)) return { step, seat: place }
      asked.add(place)
      for (const other of seat.given) {
        looks += 1
        if (seen.has(other)) continue
        const freed = { words: at(board.sheets, other).words, documents: 1 }
        if (!hasRoom(seat, words, freed)) continue
        seen.add(other)
        queue.push({ sheet: other, by: { seat: place, step } })
      }
      if (looks > searchLimit) return null
    }
  }
  return null
}

function move(board: Board, ledger: Ledger, { from, to }: { from: Cell | null; to: Cell }): void {
  if (from !== null) {
    takeBack(board, from)
    ledger.reasons.delete(reasonKey(from.sheet, from.seat))
  }
  writeReason(board, ledger, { ...to, step: 'room', equallyPlaced: 1, tie: 'none' })
  give(board, to)
}

/** Fills one place by exchanges. False when no chain of exchanges leads to someone with room. */
function exchange(board: Board, ledger: Ledger, sheet: number): boolean {
  const found = findExchange(board, sheet)
  if (found === null) return false
  let { step, seat } = found
  while (step.by !== null) {
    const before = step.by
    // The reviewer who takes this document on must have laid down theirs first, so the chain is walked from its far end.
    const from = { sheet: step.sheet, seat: before.seat }
    move(board, ledger, { from, to: { sheet: step.sheet, seat } })
    seat = before.seat
    step = before.step
  }
  move(board, ledger, { from: null, to: { sheet: step.sheet, seat } })
  return true
}

/** In which order documents get their reviewers: long ones pack better, short ones leave fewer documents without. */
export type FillingOrder = 'longest-first' | 'shortest-first'

/**
 * Fills the places of all documents in size classes of powers of two, by the draw inside a class, each place with the reviewer furthest behind
 * the share that is due by then, or else by exchanges. Without quotas of words as many places are filled as can be (an exact maximum
 * flow); with them the search for exchanges is bounded, because packing words is as hard as packing knapsacks.
 */
export function fillPlaces(
  board: Board,
  ledger: Ledger,
  { demand, filling }: { demand: number; filling: FillingOrder },
): void {
  const turn = filling === 'longest-first' ? -1 : 1
  const order = board.sheets
    .map((sheet, place) => ({ place, rank: sheet.rank, size: Math.floor(Math.log2(sheet.words)) }))
    .sort((p, q) => turn * (p.size - q.size) || p.rank - q.rank)
  let due = board.seats.reduce((sum, seat) => sum + seat.words, 0)
  for (const { place } of order) {
    const sheet = at(board.sheets, place)
    due += Math.max(0, sheet.wanted - sheet.filled) * sheet.words
    const progress = demand > 0 ? Math.min(1, due / demand) : 1
    while (sheet.filled < sheet.wanted) {
      if (!choose(board, ledger, { sheet: place, progress }) && !exchange(board, ledger, place)) break
    }
  }
}
