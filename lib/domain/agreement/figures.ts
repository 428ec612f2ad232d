/** The figures of a slice (a session, a document, two reviewers; all ratings or one) as functions of its sums. NaN means undefined. */
import { f1Of, meanDefined } from './match-spans'
import { labelCount, pair, ratingCount, team } from './statistics'
import {
  boundaryAlpha,
  codedAlpha,
  codedCategoryAlpha,
  oneCategoryAlpha,
  unitizingAlpha,
  type ContinuumSums,
} from './unitizing'

/** All figures, in the order of every list of them. */
export const figureNames = [
  'labelAlpha',
  'labelAlphaWithUnmarked',
  'boundaryAlpha',
  'unitizingAlpha',
  'codedAlpha',
  'ac1',
  'kappa',
  'characterF1',
  'exactF1',
] as const
/** See `figureNames`. */
export type FigureName = (typeof figureNames)[number]

/** The sums of a slice: one row of `team`, and one row of `pair` for each pair of reviewers. */
export interface SliceSums {
  team: Float64Array
  pairs: readonly Float64Array[]
}

/** A cell of a row of sums; 0 beyond its end. */
export function cellOf(row: Float64Array, place: number): number {
  return row[place] ?? 0
}

/** The sums of a square block of a row: of all its cells, of its diagonal, and of the squares of its row sums. */
function totalsOf(row: Float64Array, offset: number, size: number) {
  let all = 0
  let diagonal = 0
  let squares = 0
  for (let c = 0; c < size; c += 1) {
    let sum = 0
    for (let k = 0; k < size; k += 1) sum += cellOf(row, offset + c * size + k)
    all += sum
    squares += sum * sum
    diagonal += cellOf(row, offset + c * size + c)
  }
  return { all, diagonal, squares }
}

/** The sum of `size` cells of a row from `offset` on. */
export function rowSum(row: Float64Array, offset: number, size: number): number {
  let sum = 0
  for (let k = 0; k < size; k += 1) sum += cellOf(row, offset + k)
  return sum
}

function columnSum(row: Float64Array, offset: number, size: number): number {
  let sum = 0
  for (let k = 0; k < size; k += 1) sum += cellOf(row, offset + k * size)
  return sum
}

/** Nominal alpha of a coincidence matrix in a row of sums; with a rating, of that rating against all others. */
function labelAlpha(row: Float64Array, offset: number, { size, rating }: { size: number; rating: number | null }) {
  const { all, diagonal, squares } = totalsOf(row, offset, size)
  if (rating === null) {
    const expected = all * all - squares
    return expected > 1e-9 ? 1 - ((all - 1) * (all - diagonal)) / expected : Number.NaN
  }
  const own = rowSum(row, offset + rating * size, size)
  const expected = own * (all - own)
  const differing = own - cellOf(row, offset + rating * size + rating)
  return expected > 1e-9 ? 1 - ((all - 1) * differing) / expected : Number.NaN
}

function ac1Of(row: Float64Array, rating: number | null): number {
  const claims = cellOf(row, team.coMarkedClaims)
  if (claims === 0) return Number.NaN
  const agreement = cellOf(row, rating === null ? team.agreement : team.agreementByRating + rating) / claims
  let expected = 0
  if (rating === null) {
    for (let place = 0; place < ratingCount; place += 1) {
      const share = cellOf(row, team.shares + place) / claims
      expected += (share * (1 - share)) / (ratingCount - 1)
    }
  } else {
    const share = cellOf(row, team.shares + rating) / claims
    expected = 2 * share * (1 - share)
  }
  return (agreement - expected) / (1 - expected)
}

function continuumOf(row: Float64Array): ContinuumSums {
  return {
    categories: ratingCount,
    cells: row.subarray(team.continuum, team.continuum + labelCount * labelCount),
    squares: row.subarray(team.squares, team.squares + ratingCount),
    sharedSquares: row.subarray(team.sharedSquares, team.sharedSquares + ratingCount),
  }
}

/** Observed and expected agreement of two reviewers on the claims that both marked; null without such claims. */
function pairAgreement(row: Float64Array, rating: number | null) {
  let all = 0
  let agreeing = 0
  let expected = 0
  let ownFirst = 0
  let ownSecond = 0
  for (let c = 0; c < ratingCount; c += 1) {
    const first = rowSum(row, pair.labels + c * labelCount, ratingCount)
    let second = 0
    for (let k = 0; k < ratingCount; k += 1) second += cellOf(row, pair.labels + k * labelCount + c)
    all += first
    agreeing += cellOf(row, pair.labels + c * labelCount + c)
    expected += first * second
    if (c === rating) {
      ownFirst = first
      ownSecond = second
    }
  }
  if (all === 0) return null
  if (rating !== null) {
    const both = cellOf(row, pair.labels + rating * labelCount + rating)
    agreeing = all - ownFirst - ownSecond + 2 * both
    expected = ownFirst * ownSecond + (all - ownFirst) * (all - ownSecond)
  }
  return { all, observed: agreeing / all, expected: expected / (all * all) }
}

/** Cohen's kappa of two reviewers, equal to that of `computeKappa`. */
function kappaOf(row: Float64Array, rating: number | null): number {
  const found = pairAgreement(row, rating)
  if (found === null || found.expected > 1 - 1e-12) return Number.NaN
  return (found.observed - found.expected) / (1 - found.expected)
}

/** The code units that two reviewers marked, added over both, and those that both marked; with a rating, of that rating alone. */
function pairLengths(row: Float64Array, rating: number | null): { marked: number; shared: number } {
  if (rating !== null) {
    const marked =
      rowSum(row, pair.continuum + rating * labelCount, labelCount) +
      columnSum(row, pair.continuum + rating, labelCount)
    return { marked, shared: cellOf(row, pair.continuum + rating * labelCount + rating) }
  }
  const gaps =
    rowSum(row, pair.continuum + ratingCount * labelCount, labelCount) +
    columnSum(row, pair.continuum + ratingCount, labelCount)
  return { marked: 2 * cellOf(row, pair.length) - gaps, shared: cellOf(row, pair.sharedLength) }
}

function pairSpans(row: Float64Array, rating: number | null): { spans: number; equal: number } {
  if (rating !== null) {
    return { spans: cellOf(row, pair.spansByRating + rating), equal: cellOf(row, pair.equalByRating + rating) }
  }
  return { spans: rowSum(row, pair.spansByRating, ratingCount), equal: cellOf(row, pair.equal) }
}

function characterF1(row: Float64Array, rating: number | null): number {
  const { marked, shared } = pairLengths(row, rating)
  return f1Of(shared, marked)
}

function exactF1(row: Float64Array, rating: number | null): number {
  const { spans, equal } = pairSpans(row, rating)
  return f1Of(equal, spans)
}

/** Writes the figures of a slice in the order of `figureNames`. With a `rating` (its index), each figure is of that rating against all others. */
export function writeFigures(
  { team: row, pairs }: SliceSums,
  { rating, out, offset }: { rating: number | null; out: Float64Array; offset: number },
): void {
  const continuum = continuumOf(row)
  out[offset] = labelAlpha(row, team.coMarked, { size: ratingCount, rating })
  out[offset + 1] = labelAlpha(row, team.withUnmarked, { size: labelCount, rating })
  out[offset + 2] = rating === null ? boundaryAlpha(continuum) : oneCategoryAlpha(continuum, rating)
  // In the slice of one rating no other can be confused with it, so both alphas are equal.
  out[offset + 3] = rating === null ? unitizingAlpha(continuum) : (out[offset + 2] ?? Number.NaN)
  out[offset + 4] = rating === null ? codedAlpha(continuum) : codedCategoryAlpha(continuum, rating)
  out[offset + 5] = ac1Of(row, rating)
  out[offset + 6] = meanDefined(pairs.map((sums) => kappaOf(sums, rating)))
  out[offset + 7] = meanDefined(pairs.map((sums) => characterF1(sums, rating)))
  out[offset + 8] = meanDefined(pairs.map((sums) => exactF1(sums, rating)))
}

/** The amounts that a figure compares: `n` claims or code units, and `pairable`, which counts them once for each reviewer. Adds up over documents. */
export function comparedOf(name: FigureName, { team: row, pairs }: SliceSums): { n: number; pairable: number } {
  const overPairs = (of: (sums: Float64Array) => number) => pairs.reduce((sum, sums) => sum + of(sums), 0)
  switch (name) {
    case 'labelAlpha':
    case 'ac1':
      return { n: cellOf(row, team.coMarkedClaims), pairable: totalsOf(row, team.coMarked, ratingCount).all }
    case 'labelAlphaWithUnmarked':
      return { n: cellOf(row, team.claims), pairable: totalsOf(row, team.withUnmarked, labelCount).all }
    case 'boundaryAlpha':
    case 'unitizingAlpha':
      return { n: cellOf(row, team.length), pairable: totalsOf(row, team.continuum, labelCount).all }
    case 'codedAlpha':
      return { n: cellOf(row, team.sharedLength), pairable: codedTotals(row).all }
    case 'kappa':
      return { n: 0, pairable: overPairs((sums) => 2 * (pairAgreement(sums, null)?.all ?? 0)) }
    case 'characterF1':
      return { n: 0, pairable: overPairs((sums) => pairLengths(sums, null).marked) }
    case 'exactF1':
      return { n: 0, pairable: overPairs((sums) => pairSpans(sums, null).spans) }
  }
}

/** The sum of the continuum's cells without the gap. */
function codedTotals(row: Float64Array): { all: number; diagonal: number } {
  let all = 0
  let diagonal = 0
  for (let c = 0; c < ratingCount; c += 1) {
    all += rowSum(row, team.continuum + c * labelCount, ratingCount)
    diagonal += cellOf(row, team.continuum + c * labelCount + c)
  }
  return { all, diagonal }
}

function binaryAgreement(row: Float64Array, offset: number, { size, place }: { size: number; place: number }): number {
  const { all } = totalsOf(row, offset, size)
  const differing = rowSum(row, offset + place * size, size) - cellOf(row, offset + place * size + place)
  return 1 - (2 * differing) / all
}

/** The plain agreement behind a figure; null for the F1 figures, which are plain agreement themselves, and where nothing was compared. */
export function rawAgreementOf(
  name: FigureName,
  { team: row, pairs }: SliceSums,
  rating: number | null,
): number | null {
  const blockAgreement = (offset: number, size: number, place: number | null) => {
    const { all, diagonal } = totalsOf(row, offset, size)
    return place === null ? diagonal / all : binaryAgreement(row, offset, { size, place })
  }
  const raw = () => {
    switch (name) {
      case 'labelAlpha':
        return blockAgreement(team.coMarked, ratingCount, rating)
      case 'labelAlphaWithUnmarked':
        return blockAgreement(team.withUnmarked, labelCount, rating)
      case 'boundaryAlpha':
        return blockAgreement(team.continuum, labelCount, rating ?? ratingCount)
      case 'unitizingAlpha':
        return blockAgreement(team.continuum, labelCount, rating)
      case 'codedAlpha': {
        const { all, diagonal } = codedTotals(row)
        if (rating === null) return diagonal / all
        const own = rowSum(row, team.continuum + rating * labelCount, ratingCount)
        return 1 - (2 * (own - cellOf(row, team.continuum + rating * labelCount + rating))) / all
      }
      case 'ac1':
        return (
          cellOf(row, rating === null ? team.agreement : team.agreementByRating + rating) /
          cellOf(row, team.coMarkedClaims)
        )
      case 'kappa':
        return meanDefined(pairs.map((sums) => pairAgreement(sums, rating)?.observed ?? Number.NaN))
      case 'characterF1':
      case 'exactF1':
        return Number.NaN
    }
  }
  const share = raw()
  return Number.isNaN(share) ? null : share
}
