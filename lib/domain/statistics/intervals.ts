/**
 * Intervals for shares. Formulas: Wilson (1927); clustering by the linearised ratio estimator (Kish 1965; Cochran 1977, ch. 9A);
 * effective size for few clusters (Korn and Graubard 1998).
 */

/** The two-sided 95 % point of the normal distribution. */
export const z95 = 1.959964

/** An interval for a share; both ends lie in [0, 1]. */
export interface Interval {
  low: number
  high: number
}

/**
 * Wilson's score interval for a share `p` of `n` trials; from an effective size, neither need be whole. Null for n = 0, because no data is not a
 * share of 0.
 */
export function wilsonInterval(p: number, n: number): Interval | null {
  if (n <= 0) return null
  const z2 = z95 * z95
  const centre = p + z2 / (2 * n)
  const half = z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  // Where nothing or everything counts, the end is exactly 0 or 1, free of rounding errors.
  return {
    low: p === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: p === 1 ? 1 : Math.min(1, (centre + half) / scale),
  }
}

/** P(|T| ≤ t) for Student's t with a whole number of degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function centralStudentProbability(t: number, freedom: number): number {
  const theta = Math.atan(t / Math.sqrt(freedom))
  const cosine = Math.cos(theta)
  const odd = freedom % 2 === 1
  let term = odd ? cosine : 1
  let sum = freedom === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine
    sum += term
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum
}

/** Quantiles computed before, by degrees of freedom: lists of many sources ask for the same few. */
const knownPoints = new Map<number, number>()

/** The two-sided 95 % quantile of Student's t for `freedom` ≥ 1 degrees of freedom, to 1e-9, by bisection. */
export function studentT95(freedom: number): number {
  const known = knownPoints.get(freedom)
  if (known !== undefined) return known
  let low = 0
  let high = 13
  while (high - low > 1e-10) {
    const middle = (low + high) / 2
    if (centralStudentProbability(middle, freedom) < 0.95) low = middle
    else high = middle
  }
  const point = (low + high) / 2
  if (knownPoints.size < 10_000) knownPoints.set(freedom, point)
  return point
}

/** Claims of one document: `count` of `of` have the property. */
export interface Cluster {
  count: number
  of: number
}

/** A pooled share with its interval and the figures behind it. */
export interface ShareEstimate {
  count: number
  of: number
  share: number
  low: number
  high: number
  /**
   * `documents` is the number of documents with claims, `designEffect` the variance relative to that of independent claims, `effectiveSize` the n of
   * the interval.
   */
  documents: number
  designEffect: number
  effectiveSize: number
  method: 'single-document' | 'clustered'
}

/**
 * The least assumed likeness of claims of one document (an intracluster correlation). A few documents that happen to show less do not prove that
 * there is less.
 */
export const leastLikeness = 0.05

/** The design effect that `leastLikeness` alone gives documents of these sizes (Kish 1965): 1 or more. */
export function leastDesignEffect(clusters: readonly Cluster[]): number {
  const of = clusters.reduce((sum, cluster) => sum + cluster.of, 0)
  return leastDesignEffectOf(
    of,
    clusters.reduce((sum, cluster) => sum + cluster.of ** 2, 0),
  )
}

/** `leastDesignEffect` from the sum of the sizes and the sum of their squares. */
function leastDesignEffectOf(of: number, squares: number): number {
  return of === 0 ? 1 : 1 + (squares / of - 1) * leastLikeness
}

/** Below these a report shows counts and claims but no shares: an interval would promise more than is known. */
export const minimumClaims = 30
/** See `minimumClaims`. Counted as `effectiveDocuments`. */
export const minimumDocuments = 5
/** Below this share of decided sentences the report puts a warning before everything else. */
export const minimumCoverage = 0.8

/**
 * The number of equally large documents that would weigh as evenly as these (Kish's effective number): their own number when all have equally many
 * claims, near 1 when one has nearly all, 0 without claims.
 */
export function effectiveDocuments(sizes: readonly number[]): number {
  return effectiveDocumentsOf(
    sizes.reduce((total, size) => total + size, 0),
    sizes.reduce((total, size) => total + size ** 2, 0),
  )
}

/** `effectiveDocuments` from the sum of the sizes and the sum of their squares. */
export function effectiveDocumentsOf(sum: number, squares: number): number {
  return sum === 0 ? 0 : sum ** 2 / squares
}

/**
 * The effective size of `of` claims in `documents` documents: divided by the design effect, and multiplied by (z / t)² because documents are few
 * (Korn and Graubard 1998).
 */
export function effectiveSizeOf(of: number, { documents, designEffect }: { documents: number; designEffect: number }) {
  return documents < 2 ? of / designEffect : (of / designEffect) * (z95 / studentT95(documents - 1)) ** 2
}

/** The sums behind a pooled share, over the documents that have claims. */
interface PooledSums {
  documents: number
  count: number
  of: number
  /** Σ m² for documents of m claims. */
  sizeSquares: number
  /** Σ (y − p m)² for documents of which y claims count, where p is the pooled share. */
  residualSquares: number
}

function shareOfSums({ documents, count, of, sizeSquares, residualSquares }: PooledSums): ShareEstimate | null {
  if (of === 0) return null
  const share = count / of
  const binomial = (share * (1 - share)) / of
  let designEffect = 1
  if (documents > 1) {
    const variance = ((documents / (documents - 1)) * residualSquares) / (of * of)
    designEffect = Math.max(leastDesignEffectOf(of, sizeSquares), binomial > 0 ? variance / binomial : 1)
  }
  const effectiveSize = effectiveSizeOf(of, { documents, designEffect })
  const interval = wilsonInterval(share, effectiveSize) ?? { low: 0, high: 1 }
  const method = documents === 1 ? 'single-document' : 'clustered'
  return { count, of, share, ...interval, documents, designEffect, effectiveSize, method }
}

/**
 * The pooled share over documents with a Wilson interval on the effective size, because claims of one document are alike. The likeness that the
 * documents show is used where it exceeds `leastLikeness`. One document gives the plain interval, with the method `single-document`. Null without
 * claims.
 */
export function estimateShare(clusters: readonly Cluster[]): ShareEstimate | null {
  const used = clusters.filter((cluster) => cluster.of > 0)
  const of = used.reduce((sum, cluster) => sum + cluster.of, 0)
  const count = used.reduce((sum, cluster) => sum + cluster.count, 0)
  const share = count / of
  return shareOfSums({
    documents: used.length,
    count,
    of,
    sizeSquares: used.reduce((sum, cluster) => sum + cluster.of ** 2, 0),
    residualSquares: used.reduce((sum, cluster) => sum + (cluster.count - share * cluster.of) ** 2, 0),
  })
}

/** Sums over the documents that have claims: m claims each, of which y count. All are whole numbers, so they can be stored and added exactly. */
export interface ShareSums {
  documents: number
  /** Σ y. */
  count: number
  /** Σ m. */
  of: number
  /** Σ m². */
  sizeSquares: number
  /** Σ y². */
  countSquares: number
  /** Σ y m. */
  products: number
}

/** `estimateShare` from sums instead of documents. Both agree up to rounding, because Σ (y − p m)² = Σ y² − 2 p Σ y m + p² Σ m². */
export function estimateShareFromSums(sums: ShareSums): ShareEstimate | null {
  const { count, of, sizeSquares, countSquares, products } = sums
  const share = count / of
  return shareOfSums({
    ...sums,
    residualSquares: Math.max(0, countSquares - 2 * share * products + share ** 2 * sizeSquares),
  })
}
