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
 * A document to hand out. `words` is its length; a text without words counts as one word, so that it has a weight. `readers`: how many reviewers it
 * needs, where it differs from the others.
 */
export interface DocumentToAssign {
  id: string
  words: number
  readers?: number | undefined
}

/** A reviewer who can take documents. Quotas include existing assignments; without one there is no limit. */
export interface ReviewerToLoad {
  id: string
  /** Share of the work relative to the others', above 0: 1 when left out, 0.5 for half. */
  weight?: number | undefined
  quotaDocuments?: number | undefined
  quotaWords?: number | undefined
}

/** The state of one reviewer during a distribution. `rank` is the place in the seeded draw. */
export interface Seat {
  id: string
  weight: number
  quotaDocuments: number
  quotaWords: number
  rank: number
  /** Loads count existing and new assignments, not withdrawn work. */
  words: number
  documents: number
  /** Documents given in this run, which can still be moved. */
  given: Set<number>
}

/**
 * The state of a document during a distribution. `people` are the indexes into `seats` of its reviewers; `filled` also counts people who have left.
 */
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

/** A document and a reviewer, as indexes into `sheets` and `seats`. */
export interface Cell {
  sheet: number
  seat: number
}

const open = 0
const barred = { conflict: 1, withdrawn: 2, standing: 3, given: 4, elsewhere: 5 } as const

/** The state of a distribution: the assignments so far and the obstacles. Both lists are sorted by id. */
export interface Board {
  seats: Seat[]
  sheets: Sheet[]
  cells: Uint8Array
  /** The number of documents that two reviewers share, by `pairIndex`. */
  pairs: Int32Array
}

/** Makes an empty board. */
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

/** The item at an index that is valid by construction. */
export function at<T>(list: readonly T[], place: number): T {
  const item = list[place]
  if (item === undefined) throw new RangeError(`No item at ${place} of ${list.length}`)
  return item
}

/** Whether only a quota can keep the reviewer from the document: there is no conflict, and no earlier or present assignment. */
export function isOpen(board: Board, cell: Cell): boolean {
  return board.cells[cellIndex(board, cell)] === open
}

/** Closes a cell for good. A closed cell keeps its reason, except that an existing assignment always replaces it. */
export function bar(board: Board, cell: Cell, obstacle: 'conflict' | 'elsewhere' | 'withdrawn'): void {
  const index = cellIndex(board, cell)
  if (board.cells[index] === open) board.cells[index] = barred[obstacle]
}

const nothing = { words: 0, documents: 0 }

/** Whether the seat's quotas have room for a document of `words`, once `freed` words and documents are given back. */
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

/** How many documents the reviewer at `seat` shares with all of `people` together. */
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

/** Assigns a document to a reviewer, either as an existing assignment that is never moved, or in this run. The caller checks quotas. */
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

/** Takes back a document that `give` gave in this run. */
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
 * Divides `total` in proportion to the weights, with bounds `low` and `high` for each: the others share in proportion what a bound takes away or adds
 * (water filling). When the upper bounds together are below the total, each gets their upper bound.
 */
function divide(bounds: readonly Bounds[], total: number): number[] {
  const sum = (level: number): number => fill(bounds, level).reduce((left, right) => left + right, 0)
  let low = 0
  let high = Math.max(1, ...bounds.map((bound) => bound.high / bound.weight))
  // Sixty halvings leave an error of less than a millionth of a word.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (sum(middle) < total) low = middle
    else high = middle
  }
  return fill(bounds, high)
}

interface Room {
  standing: number
  /** The number and the words of all documents that the reviewer has or could have got in this run. */
  openWords: number
  openDocuments: number
  /** Documents that the quota leaves for this run. */
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
 * The ideal share of every reviewer in words (seldom a whole number): `total`, the words of all places that are or will be filled, divided in
 * proportion to the weights.
 * A share is at least the existing load, and at most what conflicts and the quota of words allow. A quota of documents counts at the average length
 * of the documents given so far, or, before any is given, of those that the reviewer could get. Words that quotas of documents would leave over,
 * because the long documents are already given, are divided the same way.
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
