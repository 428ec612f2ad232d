/**
 * Krippendorff's alpha for coding (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"; Hayes and Krippendorff 2007): any number of
 * raters, missing ratings, four metrics. It is computed from the coincidence matrix, which adds up over documents.
 */

/** The metric for the difference of two values: nominal (same or not), ordinal (ranks), interval (difference), ratio (difference over sum). */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/** One unit: each rater's value as an index (0 … size − 1), null where the rater gave none. */
export type RatedUnit = readonly (number | null)[]

/**
 * The sums over units. `cells` is the coincidence matrix, row by row: `size` × `size`, symmetric; a row's sum is the number of times its value was
 * given.
 */
export interface Coincidences {
  size: number
  cells: Float64Array
  /** Units with two ratings or more. */
  units: number
  /** Units left out because they have fewer than two ratings. */
  leftOut: number
}

/** Adds one unit to a coincidence matrix; `counts[c]` is the number of raters who gave value c. A unit with fewer than two ratings adds nothing. */
export function addCoincidences(cells: Float64Array, counts: readonly number[], offset = 0): void {
  const size = counts.length
  const raters = counts.reduce((sum, count) => sum + count, 0)
  if (raters < 2) return
  counts.forEach((own, c) => {
    if (own === 0) return
    counts.forEach((other, k) => {
      const place = offset + c * size + k
      const pairs = own * (c === k ? other - 1 : other)
      cells[place] = (cells[place] ?? 0) + pairs / (raters - 1)
    })
  })
}

/** The coincidence matrix of units whose values are indexes from 0 to `size` − 1. */
export function countCoincidences(units: readonly RatedUnit[], size: number): Coincidences {
  const cells = new Float64Array(size * size)
  let used = 0
  for (const unit of units) {
    const counts = new Array<number>(size).fill(0)
    let ratings = 0
    for (const value of unit) {
      if (value === null) continue
      counts[value] = (counts[value] ?? 0) + 1
      ratings += 1
    }
    if (ratings < 2) continue
    used += 1
    addCoincidences(cells, counts)
  }
  return { size, cells, units: used, leftOut: units.length - used }
}

/** One value against all others, as a 2 × 2 matrix with the value first. */
export function collapseCoincidences({ size, cells, units, leftOut }: Coincidences, value: number): Coincidences {
  const collapsed = new Float64Array(4)
  cells.forEach((cell, place) => {
    const row = Math.floor(place / size) === value ? 0 : 1
    const column = place % size === value ? 0 : 1
    const into = row * 2 + column
    collapsed[into] = (collapsed[into] ?? 0) + cell
  })
  return { size: 2, cells: collapsed, units, leftOut }
}

/** The number of times each value was given, in units with two ratings or more. */
export function marginalsOf(cells: Float64Array, size: number): number[] {
  return Array.from({ length: size }, (_, c) => cells.subarray(c * size, (c + 1) * size).reduce((a, b) => a + b, 0))
}

/**
 * The squared distance of two values (indexes into `values`) under a metric. `marginals`: the number of times each value was given, for the ordinal
 * metric; `values`: the numbers behind the indexes, for interval and ratio.
 */
export function squaredDistance(
  [first, second]: readonly [number, number],
  { metric, marginals, values }: { metric: Metric; marginals: readonly number[]; values: readonly number[] },
): number {
  if (first === second) return 0
  const [c, k] = first < second ? [first, second] : [second, first]
  const low = values[c] ?? c
  const high = values[k] ?? k
  switch (metric) {
    case 'nominal':
      return 1
    case 'interval':
      return (low - high) ** 2
    case 'ratio':
      return low + high === 0 ? 0 : ((low - high) / (low + high)) ** 2
    case 'ordinal': {
      const between = marginals.slice(c, k + 1).reduce((sum, count) => sum + count, 0)
      return (between - ((marginals[c] ?? 0) + (marginals[k] ?? 0)) / 2) ** 2
    }
  }
}

/** Alpha with its parts. `value` is null when it is undefined, and `reason` then says why. */
export interface AlphaResult {
  value: number | null
  reason: 'nothing-shared' | 'no-variation' | null
  /** Observed and expected disagreement, in the metric's squared units; null without a unit. */
  observed: number | null
  expected: number | null
  /** The fraction of pairs that agree exactly; null without a unit. It is meaningful even where alpha is undefined. */
  rawAgreement: number | null
  units: number
  /** The number of pairable ratings: Krippendorff's n. */
  pairable: number
}

/**
 * Alpha of a coincidence matrix. It is undefined, with the raw agreement still given, when no unit has two ratings or when every rating is the same:
 * chance could then not cause disagreement, and neither 1 nor 0 would be true. `values` default to 0, 1, 2, …
 */
export function computeAlpha(
  { size, cells, units }: Coincidences,
  { metric = 'nominal', values }: { metric?: Metric; values?: readonly number[] } = {},
): AlphaResult {
  const marginals = marginalsOf(cells, size)
  const pairable = marginals.reduce((sum, count) => sum + count, 0)
  if (units === 0 || pairable === 0) {
    const nothing = { observed: null, expected: null, rawAgreement: null }
    return { value: null, reason: 'nothing-shared', ...nothing, units: 0, pairable: 0 }
  }
  const numbers = values ?? marginals.map((_, place) => place)
  let observed = 0
  let expected = 0
  let agreeing = 0
  for (let c = 0; c < size; c += 1) {
    agreeing += cells[c * size + c] ?? 0
    for (let k = 0; k < size; k += 1) {
      const distance = squaredDistance([c, k], { metric, marginals, values: numbers })
      observed += (cells[c * size + k] ?? 0) * distance
      expected += (marginals[c] ?? 0) * (marginals[k] ?? 0) * distance
    }
  }
  observed /= pairable
  expected /= pairable * (pairable - 1)
  const common = { observed, expected, rawAgreement: agreeing / pairable, units, pairable }
  if (expected === 0) return { value: null, reason: 'no-variation', ...common }
  return { value: 1 - observed / expected, reason: null, ...common }
}
