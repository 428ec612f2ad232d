/**
 * Shares of many sources seen together: a source with few claims is drawn towards what sources are like (Gelman and others 2013, ch. 5.3). Shown beside
 * raw shares, never in their place.
 */
import { betaQuantile, logGamma, type BetaShape } from './beta'
import type { Interval } from './intervals'

/** Below this many sources their spread cannot be told, and raw shares stand alone. */
export const minimumSources = 10

/** Claims of one source: `count` of `of`; neither need be whole where they come from an effective size. */
export interface SourceCount {
  count: number
  of: number
}

/** A beta distribution of the shares of sources, and the logarithm of how likely it makes the counts (without binomial coefficients). */
export interface BetaFit extends BetaShape {
  logLikelihood: number
}

function logBeta({ a, b }: BetaShape): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

function logLikelihood(sources: readonly SourceCount[], { a, b }: BetaShape): number {
  return sources.reduce(
    (sum, { count, of }) => sum + logBeta({ a: a + count, b: b + of - count }),
    -sources.length * logBeta({ a, b }),
  )
}

const goldenShare = (Math.sqrt(5) - 1) / 2

/** Where a function with a single peak between two numbers is highest, by golden sections, to 1e-9 of their distance. */
function peakOf(low: number, high: number, height: (at: number) => number): number {
  let [from, to] = [low, high]
  let [left, right] = [to - goldenShare * (to - from), from + goldenShare * (to - from)]
  let [ofLeft, ofRight] = [height(left), height(right)]
  while (to - from > 1e-9 * (high - low)) {
    if (ofLeft < ofRight) {
      from = left
      left = right
      ofLeft = ofRight
      right = from + goldenShare * (to - from)
      ofRight = height(right)
    } else {
      to = right
      right = left
      ofRight = ofLeft
      left = to - goldenShare * (to - from)
      ofLeft = height(left)
    }
  }
  return (from + to) / 2
}

/** How firm the distribution may be, as the logarithm of a + b: from nearly everything between 0 and 1 to sources that are all alike. */
const firmness = { low: Math.log(0.05), high: Math.log(1e5) }

/**
 * The beta distribution that makes the counts of the sources likeliest: beta-binomial maximum likelihood, over mean and a + b. Sources without claims say
 * nothing. Null where no source has a claim, or none or all of all claims count: then any spread is as likely.
 */
export function fitBeta(input: readonly SourceCount[]): BetaFit | null {
  const sources = input.filter(({ of }) => of > 0)
  const counted = sources.reduce((sum, { count }) => sum + count, 0)
  const all = sources.reduce((sum, { of }) => sum + of, 0)
  if (counted <= 0 || counted >= all) return null
  const shapeOf = (mean: number, size: number): BetaShape => ({ a: mean * size, b: (1 - mean) * size })
  const meanFor = (size: number) => peakOf(1e-6, 1 - 1e-6, (mean) => logLikelihood(sources, shapeOf(mean, size)))
  const likelihoodOf = (firm: number) => logLikelihood(sources, shapeOf(meanFor(Math.exp(firm)), Math.exp(firm)))
  const size = Math.exp(peakOf(firmness.low, firmness.high, likelihoodOf))
  const shape = shapeOf(meanFor(size), size)
  return { ...shape, logLikelihood: logLikelihood(sources, shape) }
}

/** The share of a source after its claims, given what shares are like: the mean of the posterior beta distribution and its middle 95 %. */
export function posteriorShare({ count, of }: SourceCount, { a, b }: BetaShape): Interval & { share: number } {
  const shape = { a: a + count, b: b + of - count }
  return {
    share: shape.a / (shape.a + shape.b),
    low: betaQuantile(0.025, shape),
    high: betaQuantile(0.975, shape),
  }
}

/**
 * The shares of sources, each drawn towards all by as much as its few claims leave open, in the order given; null for a source without claims. All null where
 * fewer than `minimumSources` have claims, or `fitBeta` finds nothing.
 */
export function shrinkShares(sources: readonly SourceCount[]): (ReturnType<typeof posteriorShare> | null)[] {
  const withClaims = sources.filter(({ of }) => of > 0)
  const fit = withClaims.length < minimumSources ? null : fitBeta(withClaims)
  return sources.map((source) => (fit === null || source.of === 0 ? null : posteriorShare(source, fit)))
}
