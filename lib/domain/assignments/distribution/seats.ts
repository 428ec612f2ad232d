import {
  at,
  countShared,
  findObstacle,
  give,
  hasRoom,
  isOpen,
  takeBack,
  type Board,
  type Cell,
  type Seat,
} from './problem'
import { reasonKey, writeReason, type Ledger } from './reason'

interface Candidate {
  seat: number
  /** Words by which the reviewer is behind their due share at this point. */
  behind: number
}

/**
 * Fills one place with the reviewer furthest behind their share.
 * @returns false when no reviewer can take the document directly
 */
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
      // The draw of the document rotates the draw of the reviewers, so that no one wins every tie.
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

/**
 * A step of a chain: `sheet` is to be taken. With `by`, the reviewer at `by.seat` holds it now and would give it up to take the document of
 * `by.step`.
 */
interface ChainStep {
  sheet: number
  by: { seat: number; step: ChainStep } | null
}

/** The most exchanges that one search examines: with quotas of words an exact search has no practical bound. */
const searchLimit = 8_000

function isOnPath(step: ChainStep, seat: number): boolean {
  for (let by = step.by; by !== null; by = by.step.by) if (by.seat === seat) return true
  return false
}

/**
 * Searches for the shortest chain of exchanges that ends with a reviewer with room: an augmenting path (Ford and Fulkerson 1956, breadth first as
 * Edmonds and Karp 1972).
 */
function findExchange(board: Board, sheet: number): { step: ChainStep; seat: number } | null {
  const fewestWords = Math.min(...board.sheets.map(({ words }) => words))
  if (!board.seats.some((seat) => hasRoom(seat, fewestWords))) return null
  const seen = new Set([sheet])
  const asked = new Set<number>()
  const queue: ChainStep[] = [{ sheet, by: null }]
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

/**
 * Fills one place by exchanges.
 * @returns false when no chain of exchanges leads to a reviewer with room
 */
function exchange(board: Board, ledger: Ledger, sheet: number): boolean {
  const found = findExchange(board, sheet)
  if (found === null) return false
  let { step, seat } = found
  while (step.by !== null) {
    const before = step.by
    // A reviewer must give up a document before taking the next, so the chain is walked from its far end.
    const from = { sheet: step.sheet, seat: before.seat }
    move(board, ledger, { from, to: { sheet: step.sheet, seat } })
    seat = before.seat
    step = before.step
  }
  move(board, ledger, { from: null, to: { sheet: step.sheet, seat } })
  return true
}

/** The order in which documents get their reviewers: longest first packs better, shortest first leaves fewer documents without a reviewer. */
export type FillingOrder = 'longest-first' | 'shortest-first'

/**
 * Fills the places of all documents, in size classes of powers of two and by the draw inside a class. Each place goes to the reviewer furthest behind
 * their due share at that point, or else is filled by exchanges. Without quotas of words it fills as many places as possible (an exact maximum flow);
 * with them the search is bounded, because packing words is a knapsack problem.
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

/** A handover of a document, and of a shorter one in return if any, as indexes into the board's lists. */
interface Exchange {
  from: number
  sheet: number
  to: number
  back: number | null
  /** The larger of the two loads afterwards, relative to the shares. */
  heavier: number
}

/** Loads that differ by less than this fraction of a share are equal. */
const hair = 1e-9

/** A load relative to its share: 1 is exactly the share. Any load is infinite for a share of zero. */
function byShare(words: number, target: number): number {
  return target > 0 ? words / target : words > 0 ? Number.POSITIVE_INFINITY : 0
}

/**
 * Exchanges that leave both reviewers with less, relative to their shares, than the giver has now, and neither further from their share than the
 * longest document.
 */
function listExchanges(board: Board, targets: readonly number[], from: number): Exchange[] {
  const longest = board.sheets.reduce((most, { words }) => Math.max(most, words), 0)
  const giver = at(board.seats, from)
  const target = at(targets, from)
  const now = byShare(giver.words, target)
  const exchanges: Exchange[] = []
  const consider = (sheet: number, to: number, back: number | null): void => {
    const words = at(board.sheets, sheet).words - (back === null ? 0 : at(board.sheets, back).words)
    const taker = at(board.seats, to)
    const takersTarget = at(targets, to)
    if (words <= 0 || target - giver.words + words > longest || taker.words + words - takersTarget > longest) return
    const heavier = Math.max(byShare(giver.words - words, target), byShare(taker.words + words, takersTarget))
    if (heavier < now - hair) exchanges.push({ from, sheet, to, back, heavier })
  }
  for (const sheet of giver.given) {
    for (let to = 0; to < board.seats.length; to += 1) {
      if (to === from || !isOpen(board, { sheet, seat: to })) continue
      if (findObstacle(board, { sheet, seat: to }) === null) consider(sheet, to, null)
      for (const back of at(board.seats, to).given)
        if (maySwap(board, { sheet, from, to, back })) consider(sheet, to, back)
    }
  }
  return exchanges
}

/** Whether quotas and conflicts allow the swap. The caller has checked that `sheet` is open to the taker. */
function maySwap(board: Board, swap: { sheet: number; from: number; to: number; back: number }): boolean {
  if (!isOpen(board, { sheet: swap.back, seat: swap.from })) return false
  const [sheet, back] = [at(board.sheets, swap.sheet), at(board.sheets, swap.back)]
  const fits = (seat: Seat, words: number, freed: number) => hasRoom(seat, words, { words: freed, documents: 1 })
  return (
    fits(at(board.seats, swap.to), sheet.words, back.words) && fits(at(board.seats, swap.from), back.words, sheet.words)
  )
}

function carryOut(board: Board, ledger: Ledger, { from, sheet, to, back }: Exchange): void {
  const turns = [{ sheet, from, to }, ...(back === null ? [] : [{ sheet: back, from: to, to: from }])]
  for (const turn of turns) {
    takeBack(board, { sheet: turn.sheet, seat: turn.from })
    ledger.reasons.delete(reasonKey(turn.sheet, turn.from))
  }
  for (const turn of turns) {
    const takenFrom = at(board.seats, turn.from).id
    writeReason(board, ledger, {
      sheet: turn.sheet,
      seat: turn.to,
      step: 'balance',
      equallyPlaced: 1,
      tie: 'none',
      takenFrom,
    })
    give(board, { sheet: turn.sheet, seat: turn.to })
  }
}

/** The seats by load relative to their shares, the heaviest first; ties by id. */
function heaviestFirst(board: Board, targets: readonly number[]): number[] {
  const load = (place: number) => byShare(at(board.seats, place).words, at(targets, place))
  return board.seats.map((_, place) => place).sort((p, q) => load(q) - load(p) || p - q)
}

/** A load that exceeds its share by less than this fraction is light enough. */
const lightEnough = 0.01

/** The exchange that lightens the heaviest load most; the first of equal ones. Null where there is none, or no load exceeds its share by enough. */
function findRelief(board: Board, targets: readonly number[]): Exchange | null {
  const [heaviest] = heaviestFirst(board, targets)
  if (heaviest === undefined || byShare(at(board.seats, heaviest).words, at(targets, heaviest)) < 1 + lightEnough)
    return null
  return listExchanges(board, targets, heaviest).reduce<Exchange | null>(
    (least, next) => (least === null || next.heavier < least.heavier - hair ? next : least),
    null,
  )
}

/**
 * Finds a document to give to another reviewer so that their distances from the shares even out, and the taker's load relative to their share does
 * not exceed the giver's before.
 */
function findHandover(board: Board, targets: readonly number[]): Exchange | null {
  for (const from of heaviestFirst(board, targets)) {
    const giver = at(board.seats, from)
    for (const sheet of giver.given) {
      const { words } = at(board.sheets, sheet)
      for (let to = 0; to < board.seats.length; to += 1) {
        const taker = at(board.seats, to)
        const gap = giver.words - at(targets, from) - (taker.words - at(targets, to))
        if (gap <= words + 0.001 || findObstacle(board, { sheet, seat: to }) !== null) continue
        const heavier = byShare(taker.words + words, at(targets, to))
        if (heavier <= byShare(giver.words, at(targets, from))) return { from, sheet, to, back: null, heavier }
      }
    }
  }
  return null
}

/**
 * Lightens the heaviest load relative to its share. Balancing minimises squared distances in words, in which a small share counts no more than a
 * large one, so it may leave a reviewer with twice a small share. Here the reviewer with the heaviest load hands a document on, or exchanges it for a
 * shorter one, as long as both end lighter than that load. In between, documents go to reviewers further behind where that raises no load above the
 * giver's.
 * Each step lowers the sorted loads relative to the shares, or keeps them and lowers the squared distances, so this ends.
 */
export function lightenHeaviest(board: Board, ledger: Ledger): void {
  // As in balancing, far more than ever observed.
  for (let step = 0; step < board.sheets.length * 20; step += 1) {
    const next = findRelief(board, ledger.targets) ?? findHandover(board, ledger.targets)
    if (next === null) return
    carryOut(board, ledger, next)
  }
}
