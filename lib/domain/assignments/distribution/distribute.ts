import { DomainError } from '@/lib/domain/errors'
import { drawOrder, largestSeed } from '@/lib/domain/review-sessions/sample'
import { balanceLoads } from './balance'
import {
  at,
  bar,
  give,
  makeBoard,
  computeTargets,
  type Board,
  type DocumentToAssign,
  type ReviewerToLoad,
} from './problem'
import { fillPlaces, lightenHeaviest, type FillingOrder } from './seats'
import { listObstacles, reasonKey, type AssignmentReason, type Exclusion, type Ledger } from './reason'

/** The input of a distribution. The order of the lists does not matter; entries that name an unknown document or reviewer are ignored. */
export interface DistributionInput {
  documents: readonly DocumentToAssign[]
  reviewers: readonly ReviewerToLoad[]
  /** Reviewers that each document needs, 1 or more. */
  reviewersPerDocument: number
  conflicts: readonly { reviewerId: string; documentId: string }[]
  /** The reviewers who have a document in another session that is not closed. They cannot have it twice. */
  elsewhere?: readonly { reviewerId: string; documentId: string }[]
  /**
   * Existing assignments, which stay. `counts: false` is withdrawn or locked work: it fills no place and is no load, but the same person never gets
   * the document again. An assignment of a person not among `reviewers` still fills its place.
   */
  existing: readonly { documentId: string; reviewerId: string; counts: boolean }[]
  /** A whole number from 0 to 2,147,483,647. */
  seed: number
}

/** A new assignment. */
export interface DistributedAssignment {
  documentId: string
  reviewerId: string
  why: AssignmentReason
}

/** A document that lacks `missing` reviewers. `reasons` say of every reviewer why they cannot take it. */
export interface DocumentShort {
  documentId: string
  missing: number
  reasons: Exclusion[]
}

/** What a reviewer holds at the end, including existing assignments. `target` is their ideal share in words, seldom a whole number. */
export interface ReviewerLoad {
  reviewerId: string
  documents: number
  words: number
  target: number
}

/** A distribution. All lists are in ascending order of ids, by document first. */
export interface Distribution {
  assignments: DistributedAssignment[]
  short: DocumentShort[]
  loads: ReviewerLoad[]
}

/**
 * Assigns documents to reviewers: no one twice on a document, no conflict of interest, no quota exceeded. It fills as many places as possible, with
 * words in proportion to the weights, and puts the same two people together as seldom as the rest allows. Existing assignments stay as they are. The
 * same input and seed give the same result regardless of the order of the lists.
 *
 * Without quotas, conflicts and existing assignments, loads end within the words of the longest document of their targets, and the heaviest load by
 * weight is within one document of the least possible. Four steps: `computeTargets`, `fillPlaces`, `balanceLoads`, `lightenHeaviest`.
 * @throws DomainError `invalid` for a repeated id, a number of reviewers below 1, a weight not above 0, a negative quota or length, or an invalid
 * seed
 */
export function distribute(input: DistributionInput): Distribution {
  checkInput(input)
  let best = attempt(input, { seed: input.seed, filling: 'longest-first' })
  // Packing by words is tried in several orders: another one may find room that the first missed.
  const trials = Math.max(
    1,
    Math.min(24, Math.floor(trialBudget / (input.documents.length * input.reviewers.length + 1))),
  )
  for (let trial = 0; trial < trials && isShortOfWords(best.board); trial += 1) {
    const seed = (input.seed + trial) % (largestSeed + 1)
    const other = attempt(input, { seed, filling: trial % 2 === 0 ? 'shortest-first' : 'longest-first' })
    if (countFilled(other.board) > countFilled(best.board)) best = other
  }
  const { board, ledger } = best
  ledger.targets = computeTargets(board, countWords(board))
  balanceLoads(board, ledger)
  lightenHeaviest(board, ledger)
  // A move may have freed words for a document that lacked a reviewer. Each further filling takes at least one place.
  while (couldFillMore(board)) {
    fillPlaces(board, ledger, { demand: countDemand(board), filling: 'shortest-first' })
    ledger.targets = computeTargets(board, countWords(board))
    balanceLoads(board, ledger)
    lightenHeaviest(board, ledger)
  }
  return readBoard(board, ledger)
}

/** Bounds the work of further trials: their number times the cells of the table of documents and reviewers. */
const trialBudget = 2_000

interface Attempt {
  board: Board
  ledger: Ledger
}

function attempt(input: DistributionInput, { seed, filling }: { seed: number; filling: FillingOrder }): Attempt {
  const board = setUpBoard(input, seed)
  const demand = countDemand(board)
  const ledger: Ledger = { reasons: new Map(), targets: computeTargets(board, demand), seed: input.seed }
  fillPlaces(board, ledger, { demand, filling })
  return { board, ledger }
}

function countWords(board: Board): number {
  return board.seats.reduce((sum, seat) => sum + seat.words, 0)
}

function countFilled(board: Board): number {
  return board.sheets.reduce((sum, sheet) => sum + sheet.filled, 0)
}

function isShortOfWords(board: Board): boolean {
  return board.sheets.some(
    ({ filled, wanted }, place) =>
      filled < wanted && listObstacles(board, place).some(({ obstacle }) => obstacle === 'quota-words'),
  )
}

/** Whether a document lacks a reviewer although some reviewer has no obstacle to it. */
function couldFillMore(board: Board): boolean {
  return board.sheets.some(
    ({ filled, wanted }, place) => filled < wanted && listObstacles(board, place).length < board.seats.length,
  )
}

/** The words of all places that are filled, or for which there are reviewers without an obstacle. */
function countDemand(board: Board): number {
  return board.sheets.reduce((sum, sheet, place) => {
    const able = board.seats.length - listObstacles(board, place).length
    return sum + Math.max(0, Math.min(sheet.wanted - sheet.filled, able)) * sheet.words
  }, countWords(board))
}

function readBoard(board: Board, ledger: Ledger): Distribution {
  const assignments = board.sheets.flatMap((sheet, place) =>
    [...sheet.people]
      .sort((p, q) => p - q)
      .flatMap((person) => {
        const why = ledger.reasons.get(reasonKey(place, person))
        return why === undefined ? [] : { documentId: sheet.id, reviewerId: at(board.seats, person).id, why }
      }),
  )
  const short = board.sheets.flatMap((sheet, place) =>
    sheet.filled >= sheet.wanted
      ? []
      : { documentId: sheet.id, missing: sheet.wanted - sheet.filled, reasons: listObstacles(board, place) },
  )
  const loads = board.seats.map(({ id, documents, words }, place) => ({
    reviewerId: id,
    documents,
    words,
    target: at(ledger.targets, place),
  }))
  return { assignments, short, loads }
}

function setUpBoard(input: DistributionInput, seed: number): Board {
  const order = drawOrder(input.reviewers.length + input.documents.length, seed)
  const reviewers = sortById(input.reviewers)
  const seats = reviewers.map((reviewer, place) => ({
    id: reviewer.id,
    weight: reviewer.weight ?? 1,
    quotaDocuments: reviewer.quotaDocuments ?? Number.POSITIVE_INFINITY,
    quotaWords: reviewer.quotaWords ?? Number.POSITIVE_INFINITY,
    rank: at(order, place),
    words: 0,
    documents: 0,
    given: new Set<number>(),
  }))
  const sheets = sortById(input.documents).map((document, place) => ({
    id: document.id,
    words: Math.max(1, document.words),
    wanted: document.readers ?? input.reviewersPerDocument,
    rank: at(order, reviewers.length + place),
    filled: 0,
    standing: 0,
    people: [],
  }))
  const board = makeBoard(seats, sheets)
  closeCells(board, input)
  return board
}

function closeCells(board: Board, { conflicts, elsewhere = [], existing }: DistributionInput): void {
  const sheetOf = new Map(board.sheets.map(({ id }, place) => [id, place]))
  const seatOf = new Map(board.seats.map(({ id }, place) => [id, place]))
  const standing = new Set<string>()
  for (const { documentId, reviewerId, counts } of existing) {
    const sheet = sheetOf.get(documentId)
    const key = JSON.stringify([documentId, reviewerId])
    if (!counts || sheet === undefined || standing.has(key)) continue
    standing.add(key)
    const seat = seatOf.get(reviewerId)
    if (seat !== undefined) give(board, { sheet, seat }, 'standing')
    else {
      at(board.sheets, sheet).filled += 1
      at(board.sheets, sheet).standing += 1
    }
  }
  const close = (
    row: { documentId: string; reviewerId: string },
    obstacle: 'conflict' | 'elsewhere' | 'withdrawn',
  ): void => {
    const sheet = sheetOf.get(row.documentId)
    const seat = seatOf.get(row.reviewerId)
    if (sheet !== undefined && seat !== undefined) bar(board, { sheet, seat }, obstacle)
  }
  for (const row of conflicts) close(row, 'conflict')
  for (const row of elsewhere) close(row, 'elsewhere')
  for (const row of existing) if (!row.counts) close(row, 'withdrawn')
}

function sortById<T extends { id: string }>(items: readonly T[]): T[] {
  return [...items].sort((p, q) => (p.id < q.id ? -1 : Number(p.id > q.id)))
}

function checkInput({ documents, reviewers, reviewersPerDocument }: DistributionInput): void {
  for (const [noun, list] of [['document', documents] as const, ['reviewer', reviewers] as const]) {
    const ids = list.map(({ id }) => id).sort()
    const twice = ids.find((id, place) => id === ids[place + 1])
    if (twice !== undefined) throw new DomainError('invalid', `Name each ${noun} once; ${twice} is named twice.`)
  }
  if (!Number.isInteger(reviewersPerDocument) || reviewersPerDocument < 1) {
    throw new DomainError('invalid', 'The number of reviewers per document is a whole number, 1 or more.')
  }
  for (const { id, words, readers = reviewersPerDocument } of documents) {
    if (!Number.isInteger(readers) || readers < 1) {
      throw new DomainError('invalid', `The number of reviewers of document ${id} is a whole number, 1 or more.`)
    }
    if (!Number.isInteger(words) || words < 0) {
      throw new DomainError('invalid', `The length of document ${id} is a whole number of words, 0 or more.`)
    }
  }
  for (const { id, weight = 1, quotaDocuments = 0, quotaWords = 0 } of reviewers) {
    if (!Number.isFinite(weight) || weight <= 0) {
      throw new DomainError(
        'invalid',
        `The weight of reviewer ${id} is a number above 0; for no documents set a quota of 0.`,
      )
    }
    if (!(quotaDocuments >= 0 && quotaWords >= 0)) {
      throw new DomainError('invalid', `The quotas of reviewer ${id} are 0 or more; leave a quota out for no limit.`)
    }
  }
}
