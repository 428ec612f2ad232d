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
interface ChainStep {
  sheet: number
  by: { seat: number; step: ChainStep } | null
}

/** How many exchanges one search looks at: with quotas of words an exact search has no bound that anyone would wait for. */
const searchLimit = 8_000

function isOnPath(step: ChainStep, seat: number): boolean {
  for (let by = step.by; by !== null; by = by.step.by) if (by.seat === seat) return true
  return false
}

/**
 * Searches, shortest first, for a chain of exchanges that ends with someone who has room: an augmenting path (Ford and Fulkerson 1956, breadth
 * first as Edmonds and Karp 1972).
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

/** A document that someone hands on, and the shorter one they get for it, if any; places in the board's lists. */
interface Exchange {
  from: number
  sheet: number
  to: number
  back: number | null
  /** The heavier of the two loads afterwards, by share. */
  heavier: number
}

/** Loads that differ by less than this part of a share are equal. */
const hair = 1e-9

/** A load by its share: 1 is as much as the weight asks for. Anything is too much for someone without a share. */
function byShare(words: number, target: number): number {
  return target > 0 ? words / target : words > 0 ? Number.POSITIVE_INFINITY : 0
}

/** Exchanges that leave both lighter, by share, than the heavier is, and nobody further from their share than the longest document. */
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

/** Whether quotas and conflicts let the two change hands; `sheet` is open to who takes it. */
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

/** The seats by what they carry for their share, the heaviest first; of equal ones the earlier by id. */
function heaviestFirst(board: Board, targets: readonly number[]): number[] {
  const load = (place: number) => byShare(at(board.seats, place).words, at(targets, place))
  return board.seats.map((_, place) => place).sort((p, q) => load(q) - load(p) || p - q)
}

/** A load that exceeds its share by less than this part of it is light enough. */
const lightEnough = 0.01

/** The exchange that lightens the heaviest load most; the first of equal ones. Null where there is none, or nobody carries more than their share. */
function findRelief(board: Board, targets: readonly number[]): Exchange | null {
  const [heaviest] = heaviestFirst(board, targets)
  if (heaviest === undefined || byShare(at(board.seats, heaviest).words, at(targets, heaviest)) < 1 + lightEnough)
    return null
  return listExchanges(board, targets, heaviest).reduce<Exchange | null>(
    (least, next) => (least === null || next.heavier < least.heavier - hair ? next : least),
    null,
  )
}

/** A document that one could hand to another so that both end nearer to their shares and the heavier of them, by share, no heavier. */
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
 * Lightens the heaviest load by share. A sum of squared distances in words counts a word of someone with a small share like any other, so balancing may leave
 * them with twice of it for the sake of others; here the one who carries most for their share hands a document on, or gives it for a shorter one, as long as both
 * end lighter than that. In between, documents go to who is further behind where that makes nobody heavier. Each step lowers the loads by share, sorted from the
 * heaviest, or leaves them and lowers the squared distances, so this ends.
 */
export function lightenHeaviest(board: Board, ledger: Ledger): void {
  // As for balancing: far more than were ever seen.
  for (let step = 0; step < board.sheets.length * 20; step += 1) {
    const next = findRelief(board, ledger.targets) ?? findHandover(board, ledger.targets)
    if (next === null) return
    carryOut(board, ledger, next)
  }
}
