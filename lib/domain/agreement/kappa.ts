import { z95 } from '../statistics/intervals'

/** Fleiss' kappa with its parts, overall and by category. */
export interface FleissResult {
  value: number | null
  /** `unequal-raters`: use alpha, which allows them. */
  reason: 'nothing-shared' | 'unequal-raters' | 'no-variation' | null
  observed: number | null
  expected: number | null
  /** Kappa divided by its standard error under chance alone; null when undefined. */
  z: number | null
  /** Each category against all others; null for a category that was always or never chosen. */
  byCategory: (number | null)[]
}

/**
 * Fleiss' kappa (Fleiss 1971) of items given as counts by category. Every item needs the same number of ratings, at least two. The standard error
 * under chance alone is that of Fleiss, Nee and Landis (1979).
 */
export function computeFleissKappa(items: readonly (readonly number[])[]): FleissResult {
  const nothing = { value: null, observed: null, expected: null, z: null, byCategory: [] }
  const totals = items.map((counts) => counts.reduce((sum, count) => sum + count, 0))
  const [raters = 0] = totals
  if (raters < 2) return { ...nothing, reason: 'nothing-shared' }
  if (totals.some((total) => total !== raters)) return { ...nothing, reason: 'unequal-raters' }

  const ratings = items.length * raters
  const pairs = raters * (raters - 1)
  const categories = Math.max(...items.map((counts) => counts.length))
  const shares = Array.from({ length: categories }, (_, category) => {
    return items.reduce((sum, counts) => sum + (counts[category] ?? 0), 0) / ratings
  })
  const agreements = items.map((counts) => (counts.reduce((sum, count) => sum + count * count, 0) - raters) / pairs)
  const observed = agreements.reduce((sum, agreement) => sum + agreement, 0) / items.length
  const expected = shares.reduce((sum, share) => sum + share * share, 0)
  const byCategory = shares.map((share, category) => {
    if (share === 0 || share === 1) return null
    const differing = items.reduce((sum, counts) => {
      const count = counts[category] ?? 0
      return sum + count * (raters - count)
    }, 0)
    return 1 - differing / (items.length * pairs * share * (1 - share))
  })
  if (shares.some((share) => share === 1)) {
    return { value: null, reason: 'no-variation', observed, expected, z: null, byCategory }
  }
  const value = (observed - expected) / (1 - expected)
  const undecided = shares.reduce((sum, share) => sum + share * (1 - share), 0)
  const skew = shares.reduce((sum, share) => sum + share * (1 - share) * (1 - 2 * share), 0)
  const standardError = Math.sqrt((2 / (items.length * pairs)) * (undecided * undecided - skew)) / undecided
  return { value, reason: null, observed, expected, z: value / standardError, byCategory }
}

/** The sums behind AC1, so that documents can be added before it is computed. */
interface Ac1Sums {
  /** The number of units with two ratings or more, and the sum of their fractions of agreeing pairs. */
  units: number
  agreement: number
  /** The number of units with a rating, and for each category the sum of its fractions of the units' ratings. */
  rated: number
  shares: readonly number[]
}

/** The fraction of agreeing pairs among a unit's ratings; `counts[c]` is the number of raters who chose category c. 0 with fewer than two ratings. */
export function unitAgreement(counts: readonly number[]): number {
  const raters = counts.reduce((sum, count) => sum + count, 0)
  if (raters < 2) return 0
  return counts.reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1))
}

/** Sums units, each given as counts by category (all of the same length). Units without a rating are skipped. */
export function sumAc1(units: readonly (readonly number[])[], categories: number): Ac1Sums {
  const shares = new Array<number>(categories).fill(0)
  let pairedUnits = 0
  let rated = 0
  let agreement = 0
  for (const counts of units) {
    const raters = counts.reduce((sum, count) => sum + count, 0)
    if (raters === 0) continue
    rated += 1
    counts.forEach((count, category) => {
      shares[category] = (shares[category] ?? 0) + count / raters
    })
    if (raters < 2) continue
    pairedUnits += 1
    agreement += unitAgreement(counts)
  }
  return { units: pairedUnits, agreement, rated, shares }
}

/** AC1 with its parts. `value` is null when no unit has two ratings. */
interface Ac1Result {
  value: number | null
  observed: number | null
  expected: number | null
}

/**
 * Gwet's AC1 (Gwet 2008). Its chance agreement is p (1 − p) summed over the categories and divided by their number less 1, so a rare category does
 * not lower it as it lowers kappa and alpha. The categories are those of the scale, used or not. Defined as soon as one unit has two ratings.
 */
export function computeAc1({ units, agreement, rated, shares }: Ac1Sums): Ac1Result {
  if (units === 0 || rated === 0 || shares.length < 2) return { value: null, observed: null, expected: null }
  const observed = agreement / units
  const undecided = shares.reduce((sum, share) => sum + (share / rated) * (1 - share / rated), 0)
  const expected = undecided / (shares.length - 1)
  return { value: (observed - expected) / (1 - expected), observed, expected }
}

/** The weight of a pair of categories: 1 for equal ones and otherwise 0, or falling linearly with their distance on the scale. */
type KappaWeights = 'none' | 'linear'

/** Cohen's kappa of two raters with its large-sample standard error and 95 % interval. */
interface KappaResult {
  value: number | null
  reason: 'nothing-shared' | 'no-variation' | null
  observed: number | null
  expected: number | null
  /** The largest kappa that the two raters' marginal totals allow (unweighted; null with weights or when undefined). */
  maximum: number | null
  standardError: number | null
  low: number | null
  high: number | null
  n: number
}

function weightOf(weights: KappaWeights, { i, j, size }: { i: number; j: number; size: number }): number {
  if (weights === 'none' || size < 2) return i === j ? 1 : 0
  return 1 - Math.abs(i - j) / (size - 1)
}

/**
 * Cohen's kappa (Cohen 1960; weighted: Cohen 1968) of a square table of counts, first rater in rows, with the standard error of Fleiss, Cohen and
 * Everitt (1969). Undefined without a rating by both, and when both always chose the same one category.
 */
export function computeKappa(table: readonly (readonly number[])[], weights: KappaWeights = 'none'): KappaResult {
  const size = table.length
  const n = table.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
  const undefinedResult = { value: null, maximum: null, standardError: null, low: null, high: null, n }
  if (n === 0) return { ...undefinedResult, reason: 'nothing-shared', observed: null, expected: null }

  const share = (i: number, j: number) => (table[i]?.[j] ?? 0) / n
  const places = table.map((_, place) => place)
  const rows = places.map((i) => places.reduce((sum, j) => sum + share(i, j), 0))
  const columns = places.map((j) => places.reduce((sum, i) => sum + share(i, j), 0))
  const weight = (i: number, j: number) => weightOf(weights, { i, j, size })
  const cells = places.flatMap((i) => places.map((j) => ({ i, j })))
  const observed = cells.reduce((sum, { i, j }) => sum + weight(i, j) * share(i, j), 0)
  const expected = cells.reduce((sum, { i, j }) => sum + weight(i, j) * (rows[i] ?? 0) * (columns[j] ?? 0), 0)
  if (expected >= 1) return { ...undefinedResult, reason: 'no-variation', observed, expected }

  const value = (observed - expected) / (1 - expected)
  const rowWeights = places.map((i) => places.reduce((sum, j) => sum + (columns[j] ?? 0) * weight(i, j), 0))
  const columnWeights = places.map((j) => places.reduce((sum, i) => sum + (rows[i] ?? 0) * weight(i, j), 0))
  const spread = cells.reduce((sum, { i, j }) => {
    const distance = weight(i, j) - ((rowWeights[i] ?? 0) + (columnWeights[j] ?? 0)) * (1 - value)
    return sum + share(i, j) * distance * distance
  }, 0)
  const variance = (spread - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2)
  const standardError = Math.sqrt(Math.max(0, variance))
  const most = places.reduce((sum, i) => sum + Math.min(rows[i] ?? 0, columns[i] ?? 0), 0)
  return {
    value,
    reason: null,
    observed,
    expected,
    maximum: weights === 'none' ? (most - expected) / (1 - expected) : null,
    standardError,
    low: value - z95 * standardError,
    high: value + z95 * standardError,
    n,
  }
}
