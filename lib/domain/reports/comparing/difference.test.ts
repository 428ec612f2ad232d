import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceOfShares } from './compare'
import { wilsonInterval } from '@/lib/domain/statistics/intervals'

function shareOf(count: number, of: number) {
  const interval = wilsonInterval(count / of, of)
  if (interval === null) throw new Error('a share of nothing')
  return { share: count / of, ...interval }
}

describe('differenceOfShares', () => {
  // Newcombe 1998, "Interval estimation for the difference between independent proportions", Table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i of %i less %i of %i', (x, m, y, n, low, high) => {
    const found = differenceOfShares(shareOf(x, m), shareOf(y, n))
    expect(found.difference).toBeCloseTo(x / m - y / n, 12)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })

  test('turns its sign with the order, holds the difference, and is nought between equals', () => {
    const counts = fc
      .integer({ min: 1, max: 500 })
      .chain((of) => fc.integer({ min: 0, max: of }).map((count) => shareOf(count, of)))
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const one = differenceOfShares(first, second)
        const other = differenceOfShares(second, first)
        expect(other.low).toBeCloseTo(-one.high, 12)
        expect(other.high).toBeCloseTo(-one.low, 12)
        expect(one.low).toBeLessThanOrEqual(one.difference)
        expect(one.high).toBeGreaterThanOrEqual(one.difference)
        const same = differenceOfShares(first, first)
        expect(same.difference).toBe(0)
        expect(same.low).toBeCloseTo(-same.high, 12)
      }),
    )
  })
})
