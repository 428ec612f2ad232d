import { z95 } from '../statistics/intervals'

/** How much credit a pair of categories gets: none unless equal, or falling linearly with their distance on the scale. */
export type KappaWeights = 'none' | 'linear'

/** Cohen's kappa of two raters with its large-sample standard error and 95 % interval. */
export interface KappaResult {
  value: number | null
  reason: 'nothing-shared' | 'no-variation' | null
  observed: number | null
  expected: number | null
  /** The largest kappa that the two raters' own totals allow (unweighted; null with weights or when undefined). */
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
 * Everitt (1969). Undefined without a rating by both, and when both gave one and the same category throughout.
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
