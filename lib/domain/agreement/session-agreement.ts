/** The agreement of a review session from its blind ratings: figures for the team, each document, each rating and each pair of reviewers. */
import { besideOthers, inOneGo, type Steps, type Turns } from '../steps'
import { ratings } from '../annotations/rating'
import { minimumOverlap } from '../claims/match-claims'
import { DomainError } from '../errors'
import { addBlocks, leaveEachOut, type SumBlock } from './jackknife'
import {
  alphaFloor,
  detectionInWords,
  judgeEstablished,
  maximumThinShare,
  minimumCoMarkedClaims,
  minimumComparedDocuments,
  minimumReaders,
} from './established'
import { figureNames } from './figures'
import { measureUnmarked } from './unmarked'
import { compareDocuments, measureSlice, type SliceFacts } from './measure-slice'
import { agreementMethodVersion, type Agreement, type Figure, type Slice } from './schema'
import { blocksOf, documentSlice, layOut, pairKey, pairSlice, sliceOf, writeAll, type Layout } from './session-layout'
import {
  documentStatistics,
  labelCount,
  pair,
  ratingCount,
  team,
  type BlindDocument,
  type DocumentStatistics,
} from './statistics'

/** The parameters of intervals and of established agreement, as the record prints them. */
export const agreementParameters: Agreement['parameters'] = {
  level: 0.95,
  minimumOverlap,
  alphaFloor,
  minimumComparedDocuments,
  minimumCoMarkedClaims,
  minimumReaders,
  maximumThinShare,
}

function toMatrix(row: Float64Array, offset: number, size: number): number[][] {
  return Array.from({ length: size }, (_, c) => Array.from(row.subarray(offset + c * size, offset + (c + 1) * size)))
}

function pairwiseOf(
  reviewerIds: readonly string[],
  perPair: Agreement['perPair'],
  figure: (slice: Slice) => Figure,
): (number | null)[][] {
  const values = new Map(perPair.map((entry) => [pairKey(entry.reviewerIds), figure(entry.slice).value]))
  return reviewerIds.map((row) =>
    reviewerIds.map((column) => values.get(pairKey(row < column ? [row, column] : [column, row])) ?? null),
  )
}

function refuseDoubles(documents: readonly BlindDocument[]): void {
  const doubled = (ids: readonly string[]) => ids.find((id, place) => ids.indexOf(id) !== place)
  const seen = new Set<string>()
  for (const { id, reviewers } of documents) {
    if (seen.has(id)) throw new DomainError('invalid', `Document ${id} is listed twice; list each document once.`)
    seen.add(id)
    const twice = doubled(reviewers.map((reviewer) => reviewer.id))
    if (twice !== undefined)
      throw new DomainError('invalid', `Reviewer ${twice} is listed twice for document ${id}; list each once.`)
  }
}

/** The documents of a session as sums, with the long row of all sums. */
interface Prepared {
  all: readonly DocumentStatistics[]
  compared: readonly DocumentStatistics[]
  readOnce: number
  layout: Layout
  blocks: readonly SumBlock[][]
  sums: Float64Array
}

/** The figures without each document, of the slice at an index: the session, then the ratings, then the pairs. */
type LeftOutAt = (place: number) => Float64Array[]

function prepare(all: readonly DocumentStatistics[]): Prepared {
  const compared = all.filter(({ reviewerIds }) => reviewerIds.length >= 2)
  const layout = layOut(compared)
  const blocks = compared.map((document) => blocksOf(document, layout))
  const sums = new Float64Array(layout.width)
  for (const block of blocks) addBlocks(sums, block)
  const readOnce = all.filter(({ reviewerIds }) => reviewerIds.length === 1).length
  return { all, compared, readOnce, layout, blocks, sums }
}

function measureSession(
  { compared, readOnce, layout, sums }: Prepared,
  leftOutAt: LeftOutAt,
): Pick<Agreement, 'session' | 'perRating'> {
  const whole: SliceFacts = {
    sums: sliceOf(sums, layout),
    rating: null,
    raters: new Set(compared.flatMap(({ reviewerIds }) => reviewerIds)).size,
    documentsReadOnce: readOnce,
    compared: compareDocuments(compared.map(documentSlice)),
    leftOut: leftOutAt(0),
  }
  const perRating = ratings.map((rating, place) => {
    return { rating, slice: measureSlice({ ...whole, rating: place, leftOut: leftOutAt(1 + place) }) }
  })
  return { session: measureSlice(whole), perRating }
}

function* measurePairs(
  { compared, layout, sums }: Prepared,
  leftOutAt: LeftOutAt,
): Generator<undefined, Agreement['perPair']> {
  const rowsOf = new Map(layout.pairs.map(({ reviewerIds }) => [pairKey(reviewerIds), new Map<number, Float64Array>()]))
  for (const [document, { pairs }] of compared.entries())
    for (const { reviewerIds, sums: row } of pairs) rowsOf.get(pairKey(reviewerIds))?.set(document, row)
  const perPair: Agreement['perPair'] = []
  for (const [place, { reviewerIds, offset }] of layout.pairs.entries()) {
    const rows = rowsOf.get(pairKey(reviewerIds)) ?? new Map<number, Float64Array>()
    const slice = measureSlice({
      sums: pairSlice(sums.subarray(offset, offset + pair.width)),
      rating: null,
      raters: 2,
      documentsReadOnce: 0,
      leftOut: leftOutAt(1 + ratingCount + place),
      compared: compareDocuments(
        compared.map((_, document) => {
          const row = rows.get(document)
          return row === undefined ? null : pairSlice(row)
        }),
      ),
    })
    perPair.push({ reviewerIds, documents: rows.size, slice })
    yield
  }
  return perPair
}

function* measureDocuments({ all }: Prepared): Generator<undefined, Agreement['perDocument']> {
  const perDocument: Agreement['perDocument'] = []
  for (const document of all) {
    const sums = documentSlice(document)
    const slice = measureSlice({
      sums,
      rating: null,
      raters: document.reviewerIds.length,
      documentsReadOnce: 0,
      leftOut: null,
      compared: compareDocuments([sums]),
    })
    perDocument.push({ documentId: document.id, reviewerIds: document.reviewerIds, slice })
    yield
  }
  return perDocument
}

/** The counts beside the figures. */
function countAll({ all, compared, readOnce, sums }: Prepared) {
  const sumOf = (count: (document: DocumentStatistics) => number) => all.reduce((sum, each) => sum + count(each), 0)
  const coMarked = sums[team.coMarkedClaims] ?? 0
  const isRead = ({ reviewerIds }: DocumentStatistics) => reviewerIds.length >= minimumReaders
  const markedOnce = sumOf((document) => (isRead(document) ? document.markedOnce : 0))
  const thin = sumOf((document) => (isRead(document) ? 0 : document.markedOnce))
  return {
    documents: {
      total: all.length,
      compared: compared.length,
      readOnce,
      unread: all.length - compared.length - readOnce,
    },
    reviewerIds: [...new Set(all.flatMap((document) => document.reviewerIds))].sort((a, b) => (a < b ? -1 : 1)),
    spans: sumOf(({ spans }) => spans),
    claims: { total: coMarked + markedOnce + thin, coMarked, markedOnce, thin },
    overlaps: {
      cut: sumOf(({ changes }) => changes.cut),
      divided: sumOf(({ changes }) => changes.divided),
      covered: sumOf(({ changes }) => changes.covered),
      outside: sumOf(({ changes }) => changes.outside),
    },
  }
}

/**
 * Computes the agreement of a session in small steps (see `leaveEachOut`), so that the caller can let other work run between them. Pass only blind
 * ratings, and only reviewers who submitted a document. Documents with fewer than two reviewers are counted and compared with nothing. The result
 * does not depend on the order of the input; lists come sorted by id.
 * @throws DomainError `invalid` when a document, or a reviewer of one, is listed twice
 */
export function* agreementSteps(documents: readonly BlindDocument[]): Steps<Agreement> {
  refuseDoubles(documents)
  const statistics: DocumentStatistics[] = []
  for (const document of [...documents].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    statistics.push(yield* documentStatistics(document))
    yield
  }
  const prepared = prepare(statistics)
  const { layout, blocks, compared, sums } = prepared
  yield

  const size = figureNames.length
  const leftOut = yield* leaveEachOut({
    documents: blocks,
    width: layout.width,
    figures: size * (1 + ratingCount + layout.pairs.length),
    evaluate: (row, out) => writeAll(row, { layout, out }),
  })
  const leftOutAt: LeftOutAt = (place) => leftOut.slice(place * size, (place + 1) * size)
  const { session, perRating } = measureSession(prepared, leftOutAt)
  yield
  const perPair = yield* measurePairs(prepared, leftOutAt)
  const perDocument = yield* measureDocuments(prepared)
  const counted = countAll(prepared)
  const { claims, reviewerIds } = counted
  return {
    methodVersion: agreementMethodVersion,
    parameters: agreementParameters,
    ...counted,
    ...judgeEstablished({ labelAlpha: session.labelAlpha, claims, documentsCompared: compared.length }),
    detectionSays: detectionInWords(session),
    unmarked: measureUnmarked(statistics),
    session,
    perRating,
    perPair,
    perDocument,
    coincidences: {
      categories: [...ratings, 'not_marked'],
      coMarked: toMatrix(sums, team.coMarked, ratingCount),
      withUnmarked: toMatrix(sums, team.withUnmarked, labelCount),
    },
    pairwise: {
      labelAlpha: pairwiseOf(reviewerIds, perPair, (slice) => slice.labelAlpha),
      kappa: pairwiseOf(reviewerIds, perPair, (slice) => slice.kappa),
      characterF1: pairwiseOf(reviewerIds, perPair, (slice) => slice.characterF1),
    },
  }
}

/** `agreementSteps` in one go. */
export function computeAgreement(documents: readonly BlindDocument[]): Agreement {
  return inOneGo(agreementSteps(documents))
}

/** Runs `agreementSteps` beside other work, with the result of `computeAgreement`. */
export async function computeSessionAgreement(documents: readonly BlindDocument[], turns: Turns): Promise<Agreement> {
  return besideOthers(agreementSteps(documents), turns)
}
