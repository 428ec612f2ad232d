/** Fleiss' kappa with its parts, overall and by category. */
export interface FleissResult {
  value: number | null
  /** `unequal-raters`: alpha can do what this cannot. */
  reason: 'nothing-shared' | 'unequal-raters' | 'no-variation' | null
  observed: number | null
  expected: number | null
  /** Kappa over its standard error under chance alone; null when undefined. */
  z: number | null
  /** Each category against all others; null for a category that nobody or everyone used. */
  byCategory: (number | null)[]
}

/**
 * Fleiss' kappa (Fleiss 1971) of items given as counts by category; every item needs the same number of ratings, at least two. The standard error under
 * chance alone is that of Fleiss, Nee and Landis (1979).
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
