import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitBeta, posteriorShare, shrinkShares, type SourceCount } from './shrinkage'

// Posts that are not mostly true, of those with factual content: nine publishers, BuzzFeed News 2016.
const publishers: readonly SourceCount[] = [
  { count: 2, of: 174 },
  { count: 4, of: 389 },
  { count: 2, of: 530 },
  { count: 33, of: 129 },
  { count: 42, of: 144 },
  { count: 15, of: 82 },
  { count: 84, of: 205 },
  { count: 52, of: 108 },
  { count: 115, of: 257 },
]

describe('fitBeta', () => {
  test('the likeliest distribution of nine publishers', () => {
    const fit = fitBeta(publishers)
    expect(fit?.a).toBeCloseTo(0.61275, 4)
    expect(fit?.b).toBeCloseTo(2.26027, 4)
    expect(fit?.logLikelihood).toBeCloseTo(-657.74, 3)
  })

  test('nothing to fit', () => {
    expect(fitBeta([])).toBeNull()
    expect(fitBeta([{ count: 0, of: 0 }])).toBeNull()
    expect(
      fitBeta([
        { count: 0, of: 9 },
        { count: 0, of: 4 },
      ]),
    ).toBeNull()
    expect(fitBeta([{ count: 9, of: 9 }])).toBeNull()
  })
})

describe('posteriorShare', () => {
  // One of three ratings under Dirichlet's prior of ½ each has a beta distribution: 60, 25 and 15 of 100 claims.
  test.each([
    [60, 0.5961, 0.4995, 0.689],
    [25, 0.2512, 0.1722, 0.3396],
    [15, 0.1527, 0.0899, 0.2284],
  ])('%i of 100', (count, share, low, high) => {
    const found = posteriorShare({ count, of: 100 }, { a: 0.5, b: 1 })
    expect(found.share).toBeCloseTo(share, 4)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })

  // Gelman and others 2013, ch. 5.1: 4 of 14 rats under beta(1.4, 8.6).
  test('a group of rats', () => {
    const found = posteriorShare({ count: 4, of: 14 }, { a: 1.4, b: 8.6 })
    expect(found.share).toBeCloseTo(0.225, 3)
  })

  test('publishers under the distribution of all', () => {
    const fit = fitBeta(publishers)
    const shareOf = (source: SourceCount) => (fit === null ? Number.NaN : posteriorShare(source, fit).share)
    expect(shareOf({ count: 2, of: 530 })).toBeCloseTo(0.0049, 4)
    expect(shareOf({ count: 15, of: 82 })).toBeCloseTo(0.184, 4)
    expect(shareOf({ count: 52, of: 108 })).toBeCloseTo(0.4745, 4)
  })
})

describe('shrinkShares', () => {
  const pause = () => Promise.resolve()

  test('leaves raw shares alone below ten sources', async () => {
    expect(await shrinkShares(publishers, pause)).toEqual(publishers.map(() => null))
    const ten = [...publishers, { count: 1, of: 3 }, { count: 0, of: 0 }]
    expect((await shrinkShares(ten, pause)).map((found) => found !== null)).toEqual(ten.map(({ of }) => of > 0))
  })

  test('draws each share towards the others, and further the fewer claims it has', async () => {
    const counts = fc
      .integer({ min: 1, max: 60 })
      .chain((of) => fc.integer({ min: 0, max: of }).map((count) => ({ count, of })))
    await fc.assert(
      fc.asyncProperty(fc.array(counts, { minLength: 10, maxLength: 14 }), async (sources) => {
        const fit = fitBeta(sources)
        if (fit === null) return
        const mean = fit.a / (fit.a + fit.b)
        const shrunk = await shrinkShares(sources, pause)
        shrunk.forEach((found, place) => {
          const { count, of } = sources[place] ?? { count: 0, of: 1 }
          const [low, high] = [Math.min(mean, count / of), Math.max(mean, count / of)]
          expect(found?.share).toBeGreaterThanOrEqual(low - 1e-9)
          expect(found?.share).toBeLessThanOrEqual(high + 1e-9)
        })
      }),
      { numRuns: 10 },
    )
  })
})
