import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeDraw, simulateClusters, simulatedRhos, simulatedShares } from '@/tests/setup/simulated-shares'
import { differenceOfShares } from '../reports/comparing/compare'
import {
  effectiveDocuments,
  estimateShare,
  estimateShareFromSums,
  studentT95,
  wilsonInterval,
  z95,
  type Cluster,
} from './intervals'

describe('wilsonInterval', () => {
  // Newcombe 1998, Table I (first four), and computed values.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [0, 50, 0, 0.0713],
    [0, 100, 0, 0.037],
    [1, 29, 0.0061, 0.1718],
    [10, 10, 0.722467, 1],
  ])('%i of %i', (x, n, low, high) => {
    const interval = wilsonInterval(x / n, n)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  // Shares "not mostly true" per publisher, from the BuzzFeed News fact-check of Facebook pages (2016).
  test.each([
    [2, 174, 0.0032, 0.0409],
    [4, 389, 0.004, 0.0261],
    [2, 530, 0.001, 0.0137],
    [33, 129, 0.1883, 0.3374],
    [42, 144, 0.2236, 0.3705],
    [15, 82, 0.1141, 0.2801],
    [84, 205, 0.3447, 0.4781],
    [52, 108, 0.3895, 0.5747],
    [115, 257, 0.3879, 0.5086],
  ])('published %i of %i', (x, n, low, high) => {
    const interval = wilsonInterval(x / n, n)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  test('where nothing or everything counts, the end is nought or one and not nearly', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 1e6, noNaN: true }), (n) => {
        expect(wilsonInterval(0, n)?.low).toBe(0)
        expect(wilsonInterval(1, n)?.high).toBe(1)
      }),
    )
  })

  test('no data is no interval', () => {
    expect(wilsonInterval(0, 0)).toBeNull()
  })

  test('holds the share and stays in [0, 1]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, fraction) => {
        const x = Math.round(n * fraction)
        const interval = wilsonInterval(x / n, n)
        expect(interval).not.toBeNull()
        if (interval === null) return
        expect(interval.low).toBeGreaterThanOrEqual(0)
        expect(interval.high).toBeLessThanOrEqual(1)
        expect(interval.low).toBeLessThanOrEqual(x / n + 1e-12)
        expect(interval.high).toBeGreaterThanOrEqual(x / n - 1e-12)
      }),
    )
  })
})

describe('studentT95', () => {
  // Standard table of the two-sided 95 % quantiles.
  test.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [4, 2.7764],
    [5, 2.5706],
    [8, 2.306],
    [9, 2.2622],
    [30, 2.0423],
    [120, 1.9799],
  ])('%i degrees of freedom', (freedom, expected) => {
    expect(studentT95(freedom)).toBeCloseTo(expected, 4)
  })
})

describe('estimateShare', () => {
  const worked: Cluster[] = [
    { count: 3, of: 10 },
    { count: 0, of: 8 },
    { count: 6, of: 12 },
    { count: 1, of: 5 },
    { count: 2, of: 15 },
  ]

  test('the worked example of five documents', () => {
    const estimate = estimateShare(worked)
    expect(estimate?.share).toBeCloseTo(0.24, 10)
    expect(estimate?.designEffect).toBeCloseTo(2.245175, 5)
    expect(estimate?.effectiveSize).toBeCloseTo(11.0978, 3)
    expect(estimate?.low).toBeCloseTo(0.0802, 4)
    expect(estimate?.high).toBeCloseTo(0.5335, 4)
    expect(estimate?.method).toBe('clustered')
  })

  // Standard error .090501 of the linearised ratio; without and with the effective size, and with Student's t (above).
  test('the same example step by step', () => {
    const estimate = estimateShare(worked)
    const designEffect = estimate?.designEffect ?? Number.NaN
    expect(Math.sqrt((designEffect * 0.24 * 0.76) / 50)).toBeCloseTo(0.090501, 6)
    expect(50 / designEffect).toBeCloseTo(22.27, 4)
    const naive = wilsonInterval(0.24, 50)
    expect(naive?.low).toBeCloseTo(0.143, 4)
    expect(naive?.high).toBeCloseTo(0.3741, 4)
    const clustered = wilsonInterval(0.24, 50 / designEffect)
    expect(clustered?.low).toBeCloseTo(0.11, 4)
    expect(clustered?.high).toBeCloseTo(0.4465, 4)
  })

  test('the same shares from more documents are cut by Student’s t, too, by less and less', () => {
    for (const often of [2, 6]) {
      const documents = Array.from({ length: often }, () => worked).flat()
      const estimate = estimateShare(documents)
      const plain = (documents.length * 10) / (estimate?.designEffect ?? 0)
      const cut = (z95 / studentT95(documents.length - 1)) ** 2
      expect(estimate?.effectiveSize).toBeCloseTo(plain * cut, 9)
    }
  })

  test('none of many allows for claims of one document being alike', () => {
    // 0 of 220 in ten documents of 22: a design effect of 1 + 21 · .05, and t of 9 degrees of freedom.
    const estimate = estimateShare(Array.from({ length: 10 }, () => ({ count: 0, of: 22 })))
    expect(estimate).toMatchObject({ count: 0, of: 220, low: 0 })
    expect(estimate?.designEffect).toBeCloseTo(2.05, 12)
    expect(estimate?.effectiveSize).toBeCloseTo(80.56, 3)
    expect(estimate?.high).toBeCloseTo(0.0455, 4)
    expect(wilsonInterval(0, 220)?.high).toBeCloseTo(0.0172, 4)
  })

  test('one document gives the plain interval', () => {
    const estimate = estimateShare([{ count: 15, of: 148 }])
    expect(estimate?.method).toBe('single-document')
    expect(estimate?.low).toBeCloseTo(0.0624, 4)
  })

  test('documents without claims change nothing, and no claim at all gives nothing', () => {
    expect(estimateShare([...worked, { count: 0, of: 0 }])).toEqual(estimateShare(worked))
    expect(estimateShare([])).toBeNull()
    expect(estimateShare([{ count: 0, of: 0 }])).toBeNull()
  })

  test('is never narrower than independent claims would be', () => {
    const cluster = fc
      .integer({ min: 1, max: 60 })
      .chain((of) => fc.integer({ min: 0, max: of }).map((count) => ({ count, of })))
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 1, maxLength: 20 }), (clusters) => {
        const estimate = estimateShare(clusters)
        expect(estimate).not.toBeNull()
        if (estimate === null) return
        const naive = wilsonInterval(estimate.share, estimate.of)
        expect(estimate.high - estimate.low).toBeGreaterThanOrEqual((naive?.high ?? 1) - (naive?.low ?? 0) - 1e-12)
      }),
    )
  })
})

describe('effectiveDocuments', () => {
  test.each<[string, number[], number]>([
    ['none', [], 0],
    ['none with claims', [0, 0], 0],
    ['equal ones', [7, 7, 7], 3],
    ['those without claims', [7, 7, 7, 0, 0], 3],
    ['one with nearly all', [96, 1, 1, 1, 1], 1.0846],
  ])('%s', (_name, sizes, expected) => {
    expect(effectiveDocuments(sizes)).toBeCloseTo(expected, 4)
  })
})

// 400 sources for each share and likeness. `npm run bench -- coverage` prints every setting with 4,000, beside the former method.
describe.each([
  [5, 0.97],
  [10, 0.95],
  [30, 0.94],
])('over invented sources of %i documents', (documents, least) => {
  const draw = makeDraw(2026)
  const settings = simulatedRhos.flatMap((rho) => simulatedShares.map((share) => ({ documents, share, rho })))
  const runs = 400
  const found = settings.map((setting) => {
    let held = 0
    let distinct = 0
    for (let run = 0; run < runs; run += 1) {
      const first = estimateShare(simulateClusters(setting, draw))
      const second = estimateShare(simulateClusters(setting, draw))
      if (first === null || second === null) throw new Error('a share of nothing')
      if (first.low <= setting.share && setting.share <= first.high) held += 1
      const { low, high } = differenceOfShares(first, second)
      if (low > 0 || high < 0) distinct += 1
    }
    return { coverage: held / runs, distinct: distinct / runs }
  })

  test('intervals hold the share about as often as they say', () => {
    const coverages = found.map(({ coverage }) => coverage)
    expect(coverages.reduce((sum, coverage) => sum + coverage, 0) / coverages.length).toBeGreaterThan(least)
    expect(Math.min(...coverages)).toBeGreaterThan(0.88)
  })

  test('sources of the same share are seldom called distinct', () => {
    expect(Math.max(...found.map(({ distinct }) => distinct))).toBeLessThan(0.12)
  })
})

test('a share from sums is the share from documents, to nine digits', () => {
  const cluster = fc.integer({ min: 0, max: 400 }).chain((of) => fc.record({ of: fc.constant(of), count: fc.nat(of) }))
  fc.assert(
    fc.property(fc.array(cluster, { maxLength: 40 }), (clusters) => {
      const sum = (part: (cluster: Cluster) => number) => clusters.reduce((all, each) => all + part(each), 0)
      const direct = estimateShare(clusters)
      const summed = estimateShareFromSums({
        documents: clusters.filter(({ of }) => of > 0).length,
        count: sum(({ count }) => count),
        of: sum(({ of }) => of),
        sizeSquares: sum(({ of }) => of ** 2),
        countSquares: sum(({ count }) => count ** 2),
        products: sum(({ count, of }) => count * of),
      })
      if (direct === null || summed === null) {
        expect(summed).toBe(direct)
        return
      }
      const { designEffect, effectiveSize, low, high, ...whole } = direct
      expect(summed).toMatchObject(whole)
      expect(summed.designEffect / designEffect).toBeCloseTo(1, 9)
      expect(summed.effectiveSize / effectiveSize).toBeCloseTo(1, 9)
      expect(summed.low).toBeCloseTo(low, 9)
      expect(summed.high).toBeCloseTo(high, 9)
    }),
  )
})
