import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaQuantile, exactInterval, jeffreysInterval, otherIntervalsOf } from './beta'
import { estimateShare } from './intervals'

describe('betaQuantile', () => {
  // Values of scipy.stats.beta.ppf, to all digits that it prints.
  test.each([
    [0.025, 0.5, 20.5, 2.4246478459242733e-5],
    [0.975, 5000.5, 15000.5, 0.25603701713996607],
    [0.025, 200_000, 3, 0.9999638773947138],
    [0.975, 0.5, 100_000.5, 2.5119052649257954e-5],
    [0.975, 2.2, 9.1, 0.4581276115272926],
    [1e-6, 2, 3, 0.0004083594602042573],
  ])('%d of beta(%d, %d)', (probability, a, b, expected) => {
    expect(betaQuantile(probability, { a, b }) / expected).toBeCloseTo(1, 10)
  })

  test('closed forms: uniform, a power, the arcsine', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), fc.integer({ min: 1, max: 50 }), (p, a) => {
        expect(betaQuantile(p, { a: 1, b: 1 })).toBeCloseTo(p, 13)
        expect(betaQuantile(p, { a, b: 1 })).toBeCloseTo(p ** (1 / a), 12)
        expect(betaQuantile(p, { a: 0.5, b: 0.5 })).toBeCloseTo(Math.sin((Math.PI * p) / 2) ** 2, 12)
      }),
    )
  })
})

describe('exactInterval', () => {
  // Computed with SciPy for the counts of Newcombe 1998, Table I; the last is printed in SciPy's documentation of binomtest.
  test.each([
    [81, 263, 0.252737, 0.367622],
    [15, 148, 0.057844, 0.16165],
    [0, 20, 0, 0.168433],
    [1, 29, 0.000873, 0.177644],
    [10, 10, 0.691503, 1],
    [7, 50, 0.05819170034, 0.2673960025],
  ])('%i of %i', (count, of, low, high) => {
    const interval = exactInterval(count, of)
    expect(interval?.low).toBeCloseTo(low, 6)
    expect(interval?.high).toBeCloseTo(high, 6)
  })

  test('to ten digits where ten are published', () => {
    const interval = exactInterval(7, 50)
    expect(interval?.low).toBeCloseTo(0.05819170034, 10)
    expect(interval?.high).toBeCloseTo(0.2673960025, 10)
  })

  test('on the effective size of clustered data it is the interval of Korn and Graubard', () => {
    const clusters = [
      { count: 3, of: 10 },
      { count: 0, of: 8 },
      { count: 6, of: 12 },
      { count: 1, of: 5 },
      { count: 2, of: 15 },
    ]
    const intervals = otherIntervalsOf(estimateShare(clusters))
    if (intervals === null) throw new Error('no intervals')
    const { exact: interval, jeffreys } = intervals
    // scipy.stats.beta.ppf of the same shapes.
    expect(interval.low).toBeCloseTo(0.045718, 5)
    expect(interval.high).toBeCloseTo(0.576192, 5)
    expect(jeffreys.low).toBeCloseTo(0.066885, 5)
    expect(jeffreys.high).toBeCloseTo(0.529993, 5)
  })
})

describe('jeffreysInterval', () => {
  test.each([
    [81, 263, 0.2545, 0.3657],
    [15, 148, 0.0605, 0.1576],
    [0, 20, 0, 0.1166],
    [1, 29, 0.0038, 0.1501],
    [10, 10, 0.7828, 1],
  ])('%i of %i', (count, of, low, high) => {
    const interval = jeffreysInterval(count, of)
    expect(Math.abs((interval?.low ?? Number.NaN) - low)).toBeLessThan(0.00006)
    expect(Math.abs((interval?.high ?? Number.NaN) - high)).toBeLessThan(0.00006)
  })
})

test('no data is no interval', () => {
  expect(exactInterval(0, 0)).toBeNull()
  expect(jeffreysInterval(0, 0)).toBeNull()
  expect(otherIntervalsOf(null)).toBeNull()
})

test('the exact interval holds Jeffreys’, turns over with the counts, and covers 95 % at every share', () => {
  const counts = fc
    .integer({ min: 1, max: 60 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
  fc.assert(
    fc.property(counts, ([count, of]) => {
      const exact = exactInterval(count, of)
      const turned = exactInterval(of - count, of)
      const jeffreys = jeffreysInterval(count, of)
      if (exact === null || turned === null || jeffreys === null) throw new Error('counts without an interval')
      expect(exact.low).toBeCloseTo(1 - turned.high, 12)
      expect(jeffreys.low).toBeGreaterThan(exact.low - 1e-12)
      expect(jeffreys.high).toBeLessThan(exact.high + 1e-12)
    }),
  )
  const of = 12
  const intervals = Array.from({ length: of + 1 }, (_, count) => exactInterval(count, of))
  for (let share = 0.01; share < 1; share += 0.01) {
    let chance = (1 - share) ** of
    let covered = 0
    for (const [count, interval] of intervals.entries()) {
      if (interval !== null && interval.low <= share && share <= interval.high) covered += chance
      chance *= (((of - count) / (count + 1)) * share) / (1 - share)
    }
    expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9)
  }
})
