/**
 * Shrinkage of the shares of many sources: a source with few claims is drawn towards the shares of all (Gelman and others 2013, ch. 5.3). These stand
 * beside raw shares, never in their place.
 */
import { betaQuantile, digamma, logGamma, type BetaShape } from './beta'
import type { Interval } from './intervals'

/** With fewer sources their spread cannot be estimated, and there are raw shares only. */
export const minimumSources = 10

/** Claims of one source: `count` of `of`. From an effective size, neither need be whole. */
export interface SourceCount {
  count: number
  of: number
}

/** A beta distribution of the shares of sources, with the log likelihood of the counts (without binomial coefficients). */
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

/**
 * The maximum of a function with a single peak between two numbers, to 1e-10 of their distance, found by its derivative: false position, halving the
 * weight of an end that stays (the Illinois method). Where the function still rises at an end, the answer is that end.
 */
function peakOf(low: number, high: number, slope: (at: number) => number): number {
  let [from, to] = [low, high]
  let [ofFrom, ofTo] = [slope(from), slope(to)]
  if (ofFrom <= 0) return from
  if (ofTo >= 0) return to
  let stayed: 'from' | 'to' | null = null
  for (let step = 0; step < 200 && to - from > 1e-10 * (high - low); step += 1) {
    const at = (from * ofTo - to * ofFrom) / (ofTo - ofFrom)
    const rise = slope(at)
    if (rise === 0) return at
    if (rise > 0) {
      if (Math.abs(at - from) < 1e-12 * (high - low)) return at
      from = at
      ofFrom = rise
      if (stayed === 'to') ofTo /= 2
      stayed = 'to'
    } else {
      if (Math.abs(to - at) < 1e-12 * (high - low)) return at
      to = at
      ofTo = rise
      if (stayed === 'from') ofFrom /= 2
      stayed = 'from'
    }
  }
  return (from + to) / 2
}

/** The partial derivatives of the log likelihood of the counts by a and by b. */
function slopesOf(sources: readonly SourceCount[], { a, b }: BetaShape): { ofA: number; ofB: number } {
  let [ofA, ofB, ofBoth] = [0, 0, 0]
  for (const { count, of } of sources) {
    ofA += digamma(a + count)
    ofB += digamma(b + of - count)
    ofBoth += digamma(a + b + of)
  }
  const shared = sources.length * digamma(a + b) - ofBoth
  return { ofA: ofA - sources.length * digamma(a) + shared, ofB: ofB - sources.length * digamma(b) + shared }
}

/** Bounds of ln(a + b), the concentration: from shares spread nearly anywhere between 0 and 1 to equal shares. */
const firmness = { low: Math.log(0.05), high: Math.log(1e5) }

/**
 * Fits a beta distribution to the counts of the sources: beta-binomial maximum likelihood, over the mean and a + b. Sources without claims are
 * ignored. Null where no source has a claim, or where none or all of all claims count, because every spread is then equally likely.
 */
export function fitBeta(input: readonly SourceCount[]): BetaFit | null {
  const sources = input.filter(({ of }) => of > 0)
  const counted = sources.reduce((sum, { count }) => sum + count, 0)
  const all = sources.reduce((sum, { of }) => sum + of, 0)
  if (counted <= 0 || counted >= all) return null
  const shapeOf = (mean: number, size: number): BetaShape => ({ a: mean * size, b: (1 - mean) * size })
  const meanFor = (size: number) =>
    peakOf(1e-6, 1 - 1e-6, (mean) => {
      const { ofA, ofB } = slopesOf(sources, shapeOf(mean, size))
      return ofA - ofB
    })
  // At the best mean the derivative by the mean is 0, so the total derivative by a + b is the partial one.
  const slopeAt = (firm: number) => {
    const size = Math.exp(firm)
    const mean = meanFor(size)
    const { ofA, ofB } = slopesOf(sources, shapeOf(mean, size))
    return mean * ofA + (1 - mean) * ofB
  }
  const size = Math.exp(peakOf(firmness.low, firmness.high, slopeAt))
  const shape = shapeOf(meanFor(size), size)
  return { ...shape, logLikelihood: logLikelihood(sources, shape) }
}

/** A source's share given its claims and the distribution of shares: the mean of the posterior beta distribution and its middle 95 %. */
export function posteriorShare({ count, of }: SourceCount, { a, b }: BetaShape): Interval & { share: number } {
  const shape = { a: a + count, b: b + of - count }
  return {
    share: shape.a / (shape.a + shape.b),
    low: betaQuantile(0.025, shape),
    high: betaQuantile(0.975, shape),
  }
}

/** How many posterior shares to compute before other work may run. */
const atOnce = 25

/**
 * Draws the shares of sources towards those of all, in the given order; a source with fewer claims moves further. Null for a source without claims;
 * all null where fewer than `minimumSources` have claims, or `fitBeta` finds nothing. `pause` is awaited between steps, so that other work is not
 * held up.
 */
export async function shrinkShares(
  sources: readonly SourceCount[],
  pause: () => Promise<unknown>,
): Promise<(ReturnType<typeof posteriorShare> | null)[]> {
  const withClaims = sources.filter(({ of }) => of > 0)
  const fit = withClaims.length < minimumSources ? null : fitBeta(withClaims)
  if (fit === null) return sources.map(() => null)
  const found: (ReturnType<typeof posteriorShare> | null)[] = []
  for (const [place, source] of sources.entries()) {
    if (place % atOnce === 0) await pause()
    found.push(source.of === 0 ? null : posteriorShare(source, fit))
  }
  return found
}
