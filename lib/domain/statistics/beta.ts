import type { Interval } from './intervals'

/**
 * The beta distribution, to the extent that intervals for shares need it. Own code rather than a package: the one complete, maintained package brings
 * more than two hundred others along, and the tests hold this to more than ten published digits.
 */

/** Coefficients of Stirling's series in 1/x, 1/x³, … (DLMF 5.11.1). */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]
/** From here on the asymptotic series are exact to double precision. */
const stirlingFrom = 12

/** ln Γ(x), for x > 0. */
export function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < stirlingFrom; at += 1) shift += Math.log(at)
  const series = stirling.reduceRight((sum, coefficient) => sum / (at * at) + coefficient, 0) / at
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift
}

/** Coefficients of the asymptotic series of ψ in 1/x², 1/x⁴, … (DLMF 5.11.2). */
const digammaSeries = [-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132, 691 / 32760]

/** The digamma function ψ(x), the derivative of ln Γ, for x > 0. */
export function digamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < stirlingFrom; at += 1) shift += 1 / at
  const series = digammaSeries.reduceRight((sum, coefficient) => sum / (at * at) + coefficient, 0) / (at * at)
  return Math.log(at) - 1 / (2 * at) + series - shift
}

/** The parameters of a beta distribution, both above 0. */
export interface BetaShape {
  a: number
  b: number
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. Converges quickly for x below the mean. */
function continuedFraction(x: number, { a, b }: BetaShape): number {
  const nearNought = 1e-300
  const away = (value: number) => (Math.abs(value) < nearNought ? nearNought : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let factor = 1
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d)
      c = away(1 + term / c)
      factor = c * d
      fraction *= factor
    }
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return fraction
}

/** P(X ≤ x) for a beta-distributed X: the regularised incomplete beta function. */
function betaProbability(x: number, { a, b }: BetaShape): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaProbability(1 - x, { a: b, b: a })
  const scale = a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) + logGamma(a + b) - logGamma(a) - logGamma(b)
  return Math.exp(scale) * continuedFraction(x, { a, b })
}

/** The quantile x with P(X ≤ x) = `probability`, by bisection to the last digit of a number. 0 and 1 give the ends. */
export function betaQuantile(probability: number, shape: BetaShape): number {
  let low = 0
  let high = 1
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return high
    if (betaProbability(middle, shape) < probability) low = middle
    else high = middle
  }
}

/*
 * Two more 95 % intervals for a share, to compare with Wilson's: a conclusion should not depend on the choice of interval. Both take counts of an
 * effective size, so `count` and `of` need not be whole; the first is then the interval of Korn and Graubard (1998) for clustered data.
 */

const tail = 0.025

/**
 * The exact interval of Clopper and Pearson (1934). On whole counts its coverage is never below 95 %; on an effective size it is not always wider
 * than Wilson's. The low end is 0 where nothing counts, the high end 1 where everything counts. Null when `of` is 0.
 */
export function exactInterval(count: number, of: number): Interval | null {
  if (of <= 0) return null
  const rest = of - count
  return {
    low: count <= 0 ? 0 : betaQuantile(tail, { a: count, b: rest + 1 }),
    high: rest <= 0 ? 1 : betaQuantile(1 - tail, { a: count + 1, b: rest }),
  }
}

/**
 * Jeffreys' interval: the middle 95 % of the posterior under the prior beta(½, ½), about as wide as Wilson's. The low end is 0 where nothing counts
 * and the high end 1 where everything counts, as Brown, Cai and DasGupta (2001) advise. Null when `of` is 0.
 */
export function jeffreysInterval(count: number, of: number): Interval | null {
  if (of <= 0) return null
  const shape = { a: count + 0.5, b: of - count + 0.5 }
  return {
    low: count <= 0 ? 0 : betaQuantile(tail, shape),
    high: count >= of ? 1 : betaQuantile(1 - tail, shape),
  }
}

/** Both intervals of a pooled share, on the same effective size as its own. Null for a share of no claims. */
export function otherIntervalsOf(
  estimate: { share: number; effectiveSize: number } | null,
): { exact: Interval; jeffreys: Interval } | null {
  if (estimate === null) return null
  const { share, effectiveSize } = estimate
  const exact = exactInterval(share * effectiveSize, effectiveSize)
  const jeffreys = jeffreysInterval(share * effectiveSize, effectiveSize)
  return exact === null || jeffreys === null ? null : { exact, jeffreys }
}
