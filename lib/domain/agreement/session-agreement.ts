/** The agreement of a review session from its blind ratings: figures for the team, each document, each rating and each two reviewers. */
import { ratings } from '../annotations/rating'
import { minimumOverlap } from '../claims/match-claims'
import { DomainError } from '../errors'
import {
  addBlocks,
  resampleDocuments,
  type BootstrapInterval,
  type BootstrapSettings,
  type SumBlock,
} from './bootstrap'
import { alphaFloor, judgeEstablished, maximumThinShare, minimumRaters } from './established'
import { comparedOf, figureNames, writeFigures, type SliceSums } from './figures'
import { measureSlice, type SliceFacts } from './measure-slice'
import { agreementMethodVersion, type Agreement, type Figure, type Slice } from './schema'
import {
  documentStatistics,
  labelCount,
  pair,
  ratingCount,
  team,
  type BlindDocument,
  type DocumentStatistics,
} from './statistics'
import { teamOfPair } from './team-of-pair'

/** 2,000 replicates, 95 %, seed 1. */
export const defaultBootstrap: BootstrapSettings = { replicates: 2000, level: 0.95, seed: 1 }

/** The pairs of reviewers that share a document, each with the place of its sums in the long row. */
interface Layout {
  pairs: { reviewerIds: [string, string]; offset: number }[]
  offsetOf: Map<string, number>
  width: number
}

function pairKey(reviewerIds: readonly [string, string]): string {
  return JSON.stringify(reviewerIds)
}

function layOut(documents: readonly DocumentStatistics[]): Layout {
  const found = new Map<string, readonly [string, string]>()
  for (const { pairs } of documents) for (const { reviewerIds } of pairs) found.set(pairKey(reviewerIds), reviewerIds)
  const pairs = [...found.values()]
    .sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1))
    .map(([first, second], place): Layout['pairs'][number] => {
      return { reviewerIds: [first, second], offset: team.width + place * pair.width }
    })
  const offsetOf = new Map(pairs.map(({ reviewerIds, offset }) => [pairKey(reviewerIds), offset]))
  return { pairs, offsetOf, width: team.width + pairs.length * pair.width }
}

function blocksOf(document: DocumentStatistics, { offsetOf }: Layout): SumBlock[] {
  const own = document.pairs.map(({ reviewerIds, sums }) => {
    return { offset: offsetOf.get(pairKey(reviewerIds)) ?? 0, values: sums }
  })
  return [{ offset: 0, values: document.team }, ...own]
}

function sliceOf(sums: Float64Array, { pairs }: Layout): SliceSums {
  return {
    team: sums.subarray(0, team.width),
    pairs: pairs.map(({ offset }) => sums.subarray(offset, offset + pair.width)),
  }
}

/** Writes all resampled figures: of the session, of each rating, of each pair. */
function writeAll(sums: Float64Array, { layout, out }: { layout: Layout; out: Float64Array }): void {
  const session = sliceOf(sums, layout)
  writeFigures(session, { rating: null, out, offset: 0 })
  let offset = figureNames.length
  for (let rating = 0; rating < ratingCount; rating += 1, offset += figureNames.length)
    writeFigures(session, { rating, out, offset })
  const two = new Float64Array(team.width)
  for (const row of session.pairs) {
    writeFigures({ team: teamOfPair(row, two), pairs: [row] }, { rating: null, out, offset })
    offset += figureNames.length
  }
}

/** In how many of the slices (one a document) each figure has something to compare. */
function countCompared(slices: readonly SliceSums[]): number[] {
  return figureNames.map((name) => slices.filter((slice) => comparedOf(name, slice).pairable > 0).length)
}

function documentSlice({ team: row, pairs }: DocumentStatistics): SliceSums {
  return { team: row, pairs: pairs.map(({ sums }) => sums) }
}

function pairSlice(row: Float64Array): SliceSums {
  return { team: teamOfPair(row, new Float64Array(team.width)), pairs: [row] }
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

/**
 * The agreement of a session in small steps (see `resampleDocuments`): after each the caller may let others work. Only blind ratings belong in, and only
 * reviewers who submitted a document. Documents with fewer than two reviewers are counted and compared with nothing. The order of the input has no
 * bearing on the result; lists come sorted by id. @throws DomainError `invalid` when a document or a reviewer of it is listed twice.
 */
export function* agreementSteps(
  documents: readonly BlindDocument[],
  settings: BootstrapSettings = defaultBootstrap,
): Generator<undefined, Agreement> {
  refuseDoubles(documents)
  const all: DocumentStatistics[] = []
  for (const document of [...documents].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    all.push(documentStatistics(document))
    yield
  }
  const compared = all.filter(({ reviewerIds }) => reviewerIds.length >= 2)
  const readOnce = all.filter(({ reviewerIds }) => reviewerIds.length === 1).length
  const layout = layOut(compared)
  const blocks = compared.map((document) => blocksOf(document, layout))
  const sums = new Float64Array(layout.width)
  for (const block of blocks) addBlocks(sums, block)
  const session = sliceOf(sums, layout)

  const size = figureNames.length
  const intervals = yield* resampleDocuments(
    {
      documents: blocks,
      width: layout.width,
      figures: size * (1 + ratingCount + layout.pairs.length),
      evaluate: (row, out) => writeAll(row, { layout, out }),
    },
    settings,
  )
  const intervalsAt = (place: number): (BootstrapInterval | null)[] => intervals.slice(place * size, (place + 1) * size)

  const everybody = { sums: session, raters: new Set(compared.flatMap(({ reviewerIds }) => reviewerIds)).size }
  const shared = { documentsReadOnce: readOnce, documentsCompared: countCompared(compared.map(documentSlice)) }
  const whole: SliceFacts = { ...everybody, ...shared, rating: null, intervals: intervalsAt(0) }
  const sessionSlice = measureSlice(whole)
  const perRating = ratings.map((rating, place) => {
    return { rating, slice: measureSlice({ ...whole, rating: place, intervals: intervalsAt(1 + place) }) }
  })
  yield

  const rowsOf = new Map<string, Float64Array[]>()
  for (const { pairs } of compared) {
    for (const { reviewerIds, sums: row } of pairs) {
      const key = pairKey(reviewerIds)
      rowsOf.set(key, [...(rowsOf.get(key) ?? []), row])
    }
  }
  const perPair: Agreement['perPair'] = []
  for (const [place, { reviewerIds, offset }] of layout.pairs.entries()) {
    const rows = rowsOf.get(pairKey(reviewerIds)) ?? []
    const slice = measureSlice({
      sums: pairSlice(sums.subarray(offset, offset + pair.width)),
      rating: null,
      raters: 2,
      documentsReadOnce: 0,
      intervals: intervalsAt(1 + ratingCount + place),
      documentsCompared: countCompared(rows.map(pairSlice)),
    })
    perPair.push({ reviewerIds, documents: rows.length, slice })
    yield
  }

  const perDocument: Agreement['perDocument'] = []
  for (const document of all) {
    const raters = document.reviewerIds.length
    const slice = documentSlice(document)
    const facts = { sums: slice, rating: null, raters, documentsReadOnce: 0, intervals: null }
    const measured = measureSlice({ ...facts, documentsCompared: countCompared([slice]) })
    perDocument.push({ documentId: document.id, reviewerIds: document.reviewerIds, slice: measured })
    yield
  }

  const sumOf = (count: (document: DocumentStatistics) => number) => all.reduce((sum, each) => sum + count(each), 0)
  const coMarked = session.team[team.coMarkedClaims] ?? 0
  const thin = sumOf(({ markedOnce }) => markedOnce)
  const claims = { total: coMarked + thin, coMarked, thin }
  const reviewerIds = [...new Set(all.flatMap((document) => document.reviewerIds))].sort((a, b) => (a < b ? -1 : 1))
  return {
    methodVersion: agreementMethodVersion,
    parameters: { ...settings, minimumOverlap, alphaFloor, minimumRaters, maximumThinShare },
    documents: {
      total: all.length,
      compared: compared.length,
      readOnce,
      unread: all.length - compared.length - readOnce,
    },
    reviewerIds,
    spans: sumOf(({ spans }) => spans),
    claims,
    overlaps: {
      cut: sumOf(({ changes }) => changes.cut),
      divided: sumOf(({ changes }) => changes.divided),
      covered: sumOf(({ changes }) => changes.covered),
      outside: sumOf(({ changes }) => changes.outside),
    },
    ...judgeEstablished({ labelAlpha: sessionSlice.labelAlpha, claims, documentsCompared: compared.length }),
    session: sessionSlice,
    perRating,
    perPair,
    perDocument,
    coincidences: {
      categories: [...ratings, 'not_marked'],
      coMarked: toMatrix(session.team, team.coMarked, ratingCount),
      withUnmarked: toMatrix(session.team, team.withUnmarked, labelCount),
    },
    pairwise: {
      labelAlpha: pairwiseOf(reviewerIds, perPair, (slice) => slice.labelAlpha),
      kappa: pairwiseOf(reviewerIds, perPair, (slice) => slice.kappa),
      characterF1: pairwiseOf(reviewerIds, perPair, (slice) => slice.characterF1),
    },
  }
}

/** `agreementSteps` in one go: for tests, the command line, and wherever nobody else waits. */
export function computeAgreement(documents: readonly BlindDocument[], settings?: BootstrapSettings): Agreement {
  const steps = agreementSteps(documents, settings)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** Work goes on for this many milliseconds before others get their turn. */
const turn = 8

/**
 * `agreementSteps` beside other work: after about 8 ms of its own it waits for `pause` (such as a promise of `setImmediate`). `now` gives milliseconds
 * of a clock that never goes back. The result is that of `computeAgreement`.
 */
export async function computeSessionAgreement(
  documents: readonly BlindDocument[],
  { pause, now, settings }: { pause: () => Promise<void>; now: () => number; settings?: BootstrapSettings },
): Promise<Agreement> {
  const steps = agreementSteps(documents, settings)
  let since = now()
  let step = steps.next()
  while (step.done !== true) {
    if (now() - since >= turn) {
      await pause()
      since = now()
    }
    step = steps.next()
  }
  return step.value
}
