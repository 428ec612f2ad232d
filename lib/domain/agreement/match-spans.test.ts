import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { overlapOf } from '../claims/match-claims'
import {
  byPlace,
  matchSpans,
  boundaryErrorOf,
  countCharacters,
  countEqual,
  f1Of,
  meanDefined,
  sumBoundaries,
  type Span,
} from './match-spans'

function spans(...rows: [start: number, end: number][]): Span[] {
  return rows.map(([start, end]) => ({ start, end }))
}

const first = spans([0, 10], [20, 30], [40, 50])
const second = spans([0, 10], [22, 31], [60, 70])

test('exact F1 counts equal spans', () => {
  expect(f1Of(countEqual(first, second), first.length + second.length)).toBeCloseTo(2 / 6, 12)
})

test('a span that stands twice needs two partners', () => {
  expect(countEqual(spans([0, 4], [0, 4]), spans([0, 4]))).toBe(1)
  expect(countEqual(spans([0, 4], [0, 4]), spans([0, 4], [0, 4], [0, 5]))).toBe(2)
})

test('character F1 counts characters that both marked', () => {
  const { marked, shared } = countCharacters(first, second)
  expect([marked, shared]).toEqual([59, 18])
  expect(f1Of(shared, marked)).toBeCloseTo(36 / 59, 12)
})

test('a character marked twice by one reviewer counts once', () => {
  expect(countCharacters(spans([0, 10], [5, 12]), spans([0, 12]))).toEqual({ marked: 24, shared: 12 })
})

test('boundary error is the mean distance over matched spans', () => {
  expect(boundaryErrorOf(sumBoundaries(first, second))).toEqual({ matched: 2, start: 1, end: 0.5 })
  expect(boundaryErrorOf(sumBoundaries(first, []))).toBeNull()
})

test('nothing marked by either has no F1, and is left out of a mean', () => {
  expect(f1Of(0, 0)).toBeNaN()
  expect(meanDefined([0.5, Number.NaN, 1])).toBe(0.75)
  expect(meanDefined([Number.NaN])).toBeNaN()
})

describe('matchSpans', () => {
  test('the heaviest choice wins over the closest pair', () => {
    // The closest pair is the middle one; taking it leaves the outer two without a partner.
    const one = spans([0, 100], [10, 130])
    const other = spans([5, 115], [30, 150])
    const overlap = (a: number, b: number) =>
      overlapOf(one[a] ?? { start: 0, end: 0 }, other[b] ?? { start: 0, end: 0 })
    expect(overlap(1, 0)).toBeGreaterThan(Math.max(overlap(0, 0), overlap(1, 1)))
    expect(overlap(0, 0) + overlap(1, 1)).toBeGreaterThan(overlap(1, 0))
    expect(matchSpans(one, other).map((match) => [match.first.start, match.second.start])).toEqual([
      [0, 5],
      [10, 30],
    ])
  })

  /** Tries every one-to-one matching. */
  function heaviest(left: readonly Span[], right: readonly Span[]): number {
    const [head, ...rest] = left
    if (head === undefined) return 0
    return right.reduce(
      (best, partner, place) => {
        const overlap = overlapOf(head, partner)
        return overlap < 0.5
          ? best
          : Math.max(
              best,
              overlap +
                heaviest(
                  rest,
                  right.filter((_, at) => at !== place),
                ),
            )
      },
      heaviest(rest, right),
    )
  }

  test('is one to one, never below the least overlap, and as heavy as can be', () => {
    const some = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 12 })), { maxLength: 5 })
      .map((rows) => rows.map(([start, size]): Span => ({ start, end: start + size })).sort(byPlace))
    fc.assert(
      fc.property(some, some, (left, right) => {
        const matches = matchSpans(left, right)
        expect(new Set(matches.map((match) => match.first)).size).toBe(matches.length)
        expect(new Set(matches.map((match) => match.second)).size).toBe(matches.length)
        for (const { overlap } of matches) expect(overlap).toBeGreaterThanOrEqual(0.5)
        const weight = matches.reduce((sum, { overlap }) => sum + overlap, 0)
        expect(weight).toBeCloseTo(heaviest(left, right), 9)
      }),
      { numRuns: 500 },
    )
  })
})
