/** Why a reviewer cannot take a document. `elsewhere`: they have it in another session that is not closed. */
export const obstacles = [
  'conflict',
  'elsewhere',
  'already-assigned',
  'withdrawn',
  'quota-documents',
  'quota-words',
] as const
export type Obstacle = (typeof obstacles)[number]

/**
 * A document to hand out. `words` is its length; a text without words counts as one word, so that it weighs something. `readers`: how many reviewers it needs,
 * where that is not what all others need.
 */
export interface DocumentToAssign {
  id: string
  words: number
  readers?: number | undefined
}

/** Someone who can take documents. Quotas count what stands already; none means no limit. */
export interface ReviewerToLoad {
  id: string
  /** Share of the work against the others': 1 when left out, 0.5 for half. Above 0. */
  weight?: number | undefined
  quotaDocuments?: number | undefined
  quotaWords?: number | undefined
}

/** What the distribution knows of one reviewer while it runs. `rank` is the place in the seeded draw. */
export interface Seat {
  id: string
  weight: number
  quotaDocuments: number
  quotaWords: number
  rank: number
  /** Loads count standing and new assignments, not work that was withdrawn. */
  words: number
  documents: number
  /** Documents given in this run, which may still be moved. */
  given: Set<number>
}

/** A document while it runs: `people` are the places in `seats` that fill a place of it, `filled` also counts people who are no longer here. */
export interface Sheet {
  id: string
  words: number
  /** Reviewers it needs. */
  wanted: number
  rank: number
  filled: number
  /** Places filled before this run. */
  standing: number
  people: number[]
}

/** A document and a reviewer, by their places in `sheets` and `seats`. */
export interface Cell {
  sheet: number
  seat: number
}

const open = 0
const barred = { conflict: 1, withdrawn: 2, standing: 3, given: 4, elsewhere: 5 } as const

/** The state of a distribution: who holds what, and who may not. Both lists are sorted by id. */
export interface Board {
  seats: Seat[]
  sheets: Sheet[]
  cells: Uint8Array
  /** How many documents two reviewers share, by `pairIndex`. */
  pairs: Int32Array
}

/** An empty board. */
export function makeBoard(seats: Seat[], sheets: Sheet[]): Board {
  return {
    seats,
    sheets,
    cells: new Uint8Array(seats.length * sheets.length),
    pairs: new Int32Array(seats.length * seats.length),
  }
}

function cellIndex(board: Board, { sheet, seat }: Cell): number {
  return sheet * board.seats.length + seat
}

/** The place of a list that has it by construction. */
export function at<T>(list: readonly T[], place: number): T {
  const item = list[place]
  if (item === undefined) throw new RangeError(`No item at ${place} of ${list.length}`)
  return item
}

/** Whether nothing but a quota can keep the two apart: no conflict, no earlier or present assignment. */
export function isOpen(board: Board, cell: Cell): boolean {
  return board.cells[cellIndex(board, cell)] === open
}

/** Closes a cell for good. What is closed already stays as it is, except that a standing assignment always shows. */
export function bar(board: Board, cell: Cell, obstacle: 'conflict' | 'elsewhere' | 'withdrawn'): void {
  const index = cellIndex(board, cell)
  if (board.cells[index] === open) board.cells[index] = barred[obstacle]
}

const nothing = { words: 0, documents: 0 }

/** Whether the seat's quotas leave room for a document of `words`, once `freed` words and `freedDocuments` are given back. */
export function hasRoom(seat: Seat, words: number, freed: { words: number; documents: number } = nothing): boolean {
  return seat.documents - freed.documents < seat.quotaDocuments && seat.words - freed.words + words <= seat.quotaWords
}

/** Why the reviewer cannot take the document now; null when they can. */
export function findObstacle(board: Board, cell: Cell): Obstacle | null {
  const state = board.cells[cellIndex(board, cell)]
  if (state === barred.conflict) return 'conflict'
  if (state === barred.elsewhere) return 'elsewhere'
  if (state === barred.withdrawn) return 'withdrawn'
  if (state !== open) return 'already-assigned'
  const seat = at(board.seats, cell.seat)
  if (seat.documents >= seat.quotaDocuments) return 'quota-documents'
  return seat.words + at(board.sheets, cell.sheet).words > seat.quotaWords ? 'quota-words' : null
}

/** How many documents the reviewer at `seat` shares with `people`, all of them together. */
export function countShared(board: Board, seat: number, people: readonly number[]): number {
  return people.reduce((sum, other) => sum + (board.pairs[seat * board.seats.length + other] ?? 0), 0)
}

function changePairs(board: Board, { sheet, seat }: Cell, by: 1 | -1): void {
  for (const other of at(board.sheets, sheet).people) {
    if (other === seat) continue
    for (const index of [seat * board.seats.length + other, other * board.seats.length + seat]) {
      board.pairs[index] = (board.pairs[index] ?? 0) + by
    }
  }
}

/** Puts a reviewer on a document: as an assignment that stands and is never moved, or as one of this run. The cell's quotas are the caller's. */
export function give(board: Board, cell: Cell, kind: 'standing' | 'given' = 'given'): void {
  const sheet = at(board.sheets, cell.sheet)
  const seat = at(board.seats, cell.seat)
  board.cells[cellIndex(board, cell)] = barred[kind]
  changePairs(board, cell, 1)
  sheet.people.push(cell.seat)
  sheet.filled += 1
  if (kind === 'standing') sheet.standing += 1
  seat.words += sheet.words
  seat.documents += 1
  if (kind === 'given') seat.given.add(cell.sheet)
}

/** Takes back what `give` gave in this run. */
export function takeBack(board: Board, cell: Cell): void {
  const sheet = at(board.sheets, cell.sheet)
  const seat = at(board.seats, cell.seat)
  board.cells[cellIndex(board, cell)] = open
  sheet.people = sheet.people.filter((person) => person !== cell.seat)
  changePairs(board, cell, -1)
  sheet.filled -= 1
  seat.words -= sheet.words
  seat.documents -= 1
  seat.given.delete(cell.sheet)
}

interface Bounds {
  weight: number
  low: number
  high: number
}

function fill(bounds: readonly Bounds[], level: number): number[] {
  return bounds.map(({ weight, low, high }) => Math.min(Math.max(level * weight, low), Math.max(low, high)))
}

/**
 * Divides `total` in proportion to the weights, nobody below `low` or above `high`: what a bound takes away or adds is shared by the others in
 * proportion again (water filling). When the upper bounds together are below the total, everyone is at theirs.
 */
function divide(bounds: readonly Bounds[], total: number): number[] {
  const sum = (level: number): number => fill(bounds, level).reduce((left, right) => left + right, 0)
  let low = 0
  let high = Math.max(1, ...bounds.map((bound) => bound.high / bound.weight))
  // Sixty halvings leave less than a millionth of a word.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (sum(middle) < total) low = middle
    else high = middle
  }
  return fill(bounds, high)
}

interface Room {
  standing: number
  /** The words of all documents the reviewer has or could have got in this run, and how many they are. */
  openWords: number
  openDocuments: number
  /** Documents the quota leaves for this run. */
  left: number
}

function measureRoom(board: Board, place: number): Room {
  const seat = at(board.seats, place)
  const open = board.sheets.filter(
    (sheet, index) =>
      seat.given.has(index) || (sheet.standing < sheet.wanted && isOpen(board, { sheet: index, seat: place })),
  )
  return {
    standing: seat.words - sumWords([...seat.given].map((index) => at(board.sheets, index))),
    openWords: sumWords(open),
    openDocuments: open.length,
    left: Math.max(0, seat.quotaDocuments - (seat.documents - seat.given.size)),
  }
}

function sumWords(items: readonly { words: number }[]): number {
  return items.reduce((sum, { words }) => sum + words, 0)
}

/**
 * The ideal share of every reviewer, in words (seldom a whole number): `total`, the words of all places that are or will be filled, in
 * proportion to the weights. Nobody's share is below what stands already, nor above what conflicts leave them or their quota of words; a quota of
 * documents counts at the average length of what has been given out, or before that of what they could get. When quotas of documents would
 * leave words over, because the long documents were given out, these words are divided the same way.
 */
export function computeTargets(board: Board, total: number): number[] {
  const givenDocuments = board.seats.flatMap(({ given }) => [...given].map((index) => at(board.sheets, index)))
  const averageGiven = givenDocuments.length === 0 ? null : sumWords(givenDocuments) / givenDocuments.length
  const bounds = board.seats.map((seat, place) => {
    const { standing, openWords, openDocuments, left } = measureRoom(board, place)
    const average = averageGiven ?? (openDocuments === 0 ? 0 : openWords / openDocuments)
    const most = Math.max(0, Math.min(openWords, seat.quotaWords - standing))
    const byDocuments = left >= openDocuments ? most : Math.min(most, left * average)
    return { weight: seat.weight, low: standing, high: standing + byDocuments, most: standing + most }
  })
  const highest = bounds.reduce((sum, { high }) => sum + high, 0)
  return highest >= total
    ? divide(bounds, total)
    : divide(
        bounds.map(({ weight, high, most }) => ({ weight, low: high, high: most })),
        total,
      )
}
