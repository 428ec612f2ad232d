/**
 * A document's contribution to the agreement of a session, as two kinds of rows of sums: one for all its reviewers together, and one for each pair of
 * them. Every figure is a function of added rows, so leaving out a document never returns to the ratings.
 */
import { ratings, type Rating } from '../annotations/rating'
import { matchClaims } from '../claims/match-claims'
import { addCoincidences } from './krippendorff'
import { unitAgreement } from './kappa'
import { byPlace, countEqual, sumBoundaries } from './match-spans'
import { resolveOverlaps, supportAmong, type CategorySpan, type OverlapChanges, type Unit } from './resolve-overlaps'
import { pairPlace, sumContinuum, type ContinuumSums } from './unitizing'

/** A blind rating of a span, `[start, end)` in UTF-16 code units of the document. */
export interface BlindSpan {
  id: string
  start: number
  end: number
  rating: Rating
}

/** One document with the reviewers who submitted it. A reviewer without a span has read it and found nothing to mark. */
export interface BlindDocument {
  id: string
  /** UTF-16 code units. */
  length: number
  reviewers: readonly { id: string; spans: readonly BlindSpan[] }[]
}

/** The number of ratings; `labelCount` has "not marked" as one more. */
export const ratingCount = ratings.length
/** See `ratingCount`. */
export const labelCount = ratingCount + 1

/** The offsets of sums in the row of all reviewers. */
export const team = {
  coMarked: 0,
  withUnmarked: 16,
  agreement: 41,
  agreementByRating: 42,
  shares: 46,
  claims: 50,
  coMarkedClaims: 51,
  continuum: 52,
  squares: 77,
  sharedSquares: 81,
  sharedLength: 85,
  length: 86,
  documents: 87,
  width: 88,
} as const

/** The offsets of sums in the row of a pair. `labels` and `continuum` are not symmetric: the first reviewer in rows, "not marked" last. */
export const pair = {
  labels: 0,
  continuum: 25,
  squares: 50,
  sharedSquares: 54,
  sharedLength: 58,
  equal: 59,
  equalByRating: 60,
  spansByRating: 64,
  matched: 68,
  startError: 69,
  endError: 70,
  length: 71,
  documents: 72,
  width: 73,
} as const

/** A document's rows and counts. `pairs` names the two reviewers of each row, the smaller id first. */
export interface DocumentStatistics {
  id: string
  reviewerIds: string[]
  team: Float64Array
  pairs: { reviewerIds: readonly [string, string]; sums: Float64Array }[]
  /** Claims of the document that exactly one reviewer marked. */
  markedOnce: number
  /** The number of claims that each reviewer marked, in the order of `reviewerIds`, and the number that none, one, two … of them marked. */
  marked: { byReviewer: number[]; byCount: number[] }
  spans: number
  changes: OverlapChanges
}

/** A span with its category and its reviewer's index in the sorted list. */
interface OwnSpan extends CategorySpan {
  rating: Rating
  authorId: string
  reviewer: number
}

interface Reviewer {
  id: string
  /** In reading order, as are those of each category. */
  spans: readonly OwnSpan[]
  byCategory: readonly (readonly OwnSpan[])[]
  units: Unit[]
}

/** For each claim the index of each reviewer's rating; `ratingCount` where the reviewer did not mark it. */
function labelsOf(reviewers: readonly Reviewer[]): number[][] {
  return matchClaims(reviewers.flatMap(({ spans }) => spans)).map((claim) => {
    const labels = new Array<number>(reviewers.length).fill(ratingCount)
    for (const { reviewer, category } of claim) labels[reviewer] = category
    return labels
  })
}

function countsOf(labels: readonly number[]): number[] {
  const counts = new Array<number>(labelCount).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

function add(sums: Float64Array, place: number, amount: number): void {
  sums[place] = (sums[place] ?? 0) + amount
}

function addClaim(sums: Float64Array, labels: readonly number[]): void {
  const all = countsOf(labels)
  const marked = all.slice(0, ratingCount)
  const raters = labels.length - (all[ratingCount] ?? 0)
  add(sums, team.claims, 1)
  addCoincidences(sums, all, team.withUnmarked)
  if (raters < 2) return
  add(sums, team.coMarkedClaims, 1)
  addCoincidences(sums, marked, team.coMarked)
  add(sums, team.agreement, unitAgreement(marked))
  marked.forEach((count, rating) => {
    add(sums, team.agreementByRating + rating, unitAgreement([count, raters - count]))
    add(sums, team.shares + rating, count / raters)
  })
}

function putContinuum(
  sums: Float64Array,
  from: ContinuumSums,
  at: { continuum: number; squares: number; sharedSquares: number },
): void {
  sums.set(from.cells, at.continuum)
  sums.set(from.squares, at.squares)
  sums.set(from.sharedSquares, at.sharedSquares)
}

/** The length that both marked, from a pair's table of lengths. */
function sharedLengthOf(cells: Float64Array): number {
  let shared = 0
  for (let c = 0; c < ratingCount; c += 1)
    for (let k = 0; k < ratingCount; k += 1) shared += cells[c * labelCount + k] ?? 0
  return shared
}

function pairSums([first, second]: readonly [Reviewer, Reviewer], continuum: ContinuumSums): Float64Array {
  const sums = new Float64Array(pair.width)
  putContinuum(sums, continuum, pair)
  sums[pair.sharedLength] = sharedLengthOf(continuum.cells)
  const { matched, startError, endError } = sumBoundaries(first.spans, second.spans)
  sums[pair.equal] = countEqual(first.spans, second.spans)
  sums[pair.matched] = matched
  sums[pair.startError] = startError
  sums[pair.endError] = endError
  for (let rating = 0; rating < ratingCount; rating += 1) {
    const firstOnes = first.byCategory[rating] ?? []
    const secondOnes = second.byCategory[rating] ?? []
    sums[pair.equalByRating + rating] = countEqual(firstOnes, secondOnes)
    sums[pair.spansByRating + rating] = firstOnes.length + secondOnes.length
  }
  return sums
}

/** Sorts the reviewers by id and gives each the spans that are inside the text, and units without overlap. */
function prepare({ reviewers, length }: BlindDocument, changes: OverlapChanges): Reviewer[] {
  const sorted = [...reviewers].sort((a, b) => (a.id < b.id ? -1 : 1))
  const all = sorted.map(({ id: authorId, spans }, reviewer) =>
    spans.map(({ id, start, end, rating }): OwnSpan => {
      return { id, start, end, rating, category: ratings.indexOf(rating), authorId, reviewer }
    }),
  )
  const support = supportAmong(all)
  return sorted.map(({ id: authorId }, reviewer) => {
    const own = all[reviewer] ?? []
    const settled = resolveOverlaps(own, length, support)
    for (const key of ['cut', 'divided', 'covered', 'outside'] as const) changes[key] += settled.changes[key]
    const inside = own.filter(({ start, end }) => start >= 0 && end <= length && start < end).sort(byPlace)
    const byCategory = ratings.map((_, category) => inside.filter((span) => span.category === category))
    return { id: authorId, spans: inside, byCategory, units: settled.units }
  })
}

function addLabels(
  sums: Float64Array,
  labels: readonly (readonly number[])[],
  [i, j]: readonly [number, number],
): void {
  for (const row of labels) {
    const one = row[i] ?? ratingCount
    const other = row[j] ?? ratingCount
    // A claim that a third reviewer found and neither of these two marked does not count between these two.
    if (one !== ratingCount || other !== ratingCount) add(sums, pair.labels + one * labelCount + other, 1)
  }
}

function countMarked(
  labels: readonly (readonly number[])[],
  reviewers: number,
): Pick<DocumentStatistics, 'markedOnce' | 'marked'> {
  const byReviewer = new Array<number>(reviewers).fill(0)
  const byCount = new Array<number>(reviewers + 1).fill(0)
  for (const row of labels) {
    let count = 0
    for (const [reviewer, label] of row.entries()) {
      if (label === ratingCount) continue
      byReviewer[reviewer] = (byReviewer[reviewer] ?? 0) + 1
      count += 1
    }
    byCount[count] = (byCount[count] ?? 0) + 1
  }
  return { markedOnce: byCount[1] ?? 0, marked: { byReviewer, byCount } }
}

/**
 * Computes a document's sums, in steps so that a large document does not hold up other work. With fewer than two reviewers the rows are zero, and
 * only the counts of claims and spans are meaningful.
 */
export function* documentStatistics(document: BlindDocument): Generator<undefined, DocumentStatistics> {
  const changes: OverlapChanges = { cut: 0, divided: 0, covered: 0, outside: 0 }
  const reviewers = prepare(document, changes)
  yield
  const labels = labelsOf(reviewers)
  yield
  const sums = new Float64Array(team.width)
  const common = {
    id: document.id,
    reviewerIds: reviewers.map(({ id }) => id),
    team: sums,
    ...countMarked(labels, reviewers.length),
    spans: reviewers.reduce((sum, { spans }) => sum + spans.length, 0),
    changes,
  }
  if (reviewers.length < 2) return { ...common, pairs: [] }

  const { length } = document
  const continuum = sumContinuum(
    reviewers.map(({ units }) => units),
    { length, categories: ratingCount },
  )
  yield
  putContinuum(sums, continuum.team, team)
  sums[team.sharedLength] = continuum.sharedLength
  sums[team.length] = length
  sums[team.documents] = 1
  for (const row of labels) addClaim(sums, row)

  const pairs: DocumentStatistics['pairs'] = []
  for (const [i, first] of reviewers.entries()) {
    for (const [j, second] of reviewers.entries()) {
      const table = continuum.pairs[pairPlace(i, j, reviewers.length)]
      if (j <= i || table === undefined) continue
      const own = pairSums([first, second], table)
      own[pair.length] = length
      own[pair.documents] = 1
      addLabels(own, labels, [i, j])
      pairs.push({ reviewerIds: [first.id, second.id], sums: own })
      yield
    }
  }
  return { ...common, pairs }
}
