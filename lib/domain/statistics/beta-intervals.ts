/**
 * Two more 95 % intervals for a share, to set beside Wilson's: what a reader concludes should not hang on which one is used. Both take counts of an
 * effective size, so `count` and `of` need not be whole; with those the first is the interval of Korn and Graubard (1998) for clustered data.
 */
import { betaQuantile } from './beta'
import type { Interval } from './intervals'

const tail = 0.025

/**
 * The exact interval of Clopper and Pearson (1934): never covers less than 95 %, so it is the widest. Its ends are 0 and 1 where nothing and where
 * everything counts. Null when `of` is 0.
 */
export function exactInterval(count: number, of: number): Interval | null {
  if (of <= 0) return null
  const rest = of - count
  return {
    low: count <= 0 ? 0 : betaQuantile(tail, { a: count, b: rest + 1 }),
    high: rest <= 0 ? 1 : betaQuantile(1 - tail, { a: count + 1, b: rest }),
  }
}

/** The middle 95 % of what Jeffreys' prior, beta of ½ and ½, becomes after the counts: about as wide as Wilson's. Null when `of` is 0. */
export function jeffreysInterval(count: number, of: number): Interval | null {
  if (of <= 0) return null
  const shape = { a: count + 0.5, b: of - count + 0.5 }
  return { low: betaQuantile(tail, shape), high: betaQuantile(1 - tail, shape) }
}

/** Both intervals of a pooled share, on the same effective size as its own. Null for a share of nothing. */
export function otherIntervalsOf(
  estimate: { share: number; effectiveSize: number } | null,
): { exact: Interval; jeffreys: Interval } | null {
  if (estimate === null) return null
  const { share, effectiveSize } = estimate
  const exact = exactInterval(share * effectiveSize, effectiveSize)
  const jeffreys = jeffreysInterval(share * effectiveSize, effectiveSize)
  return exact === null || jeffreys === null ? null : { exact, jeffreys }
}
