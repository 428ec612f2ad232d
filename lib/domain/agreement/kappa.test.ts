import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  artsteinPoesio2008,
  cohenPage37,
  cohenPage45,
  countsOfTable,
  fleiss1971,
  sasTable,
  skewedTable,
  wikipediaFleiss,
} from './fixtures'
import { computeFleissKappa, computeAc1, sumAc1, computeKappa } from './kappa'

describe('computeKappa', () => {
  test('Cohen 1960, p. 45', () => {
    const result = computeKappa(cohenPage45)
    expect(result.observed).toBeCloseTo(0.7, 2)
    expect(result.expected).toBeCloseTo(0.41, 2)
    expect(result.value).toBeCloseTo(0.491525, 6)
    expect(result.maximum).toBeCloseTo(0.831, 3)
  })

  test('Cohen 1960, p. 37', () => {
    const result = computeKappa(cohenPage37)
    expect(result.observed).toBeCloseTo(0.29, 2)
    expect(result.expected).toBeCloseTo(0.35, 2)
    expect(result.value).toBeCloseTo(-0.0923, 4)
    expect(result.maximum).toBeCloseTo(0.85, 2)
  })

  test.each([
    ['none', 0.4842, 0.138, 0.2137, 0.7547],
    ['linear', 0.4701, 0.1457, 0.1845, 0.7558],
  ] as const)('the table printed by SAS, weights %s', (weights, value, error, low, high) => {
    const result = computeKappa(sasTable, weights)
    expect(result.value).toBeCloseTo(value, 4)
    expect(result.standardError).toBeCloseTo(error, 4)
    expect(result.low).toBeCloseTo(low, 4)
    expect(result.high).toBeCloseTo(high, 4)
  })

  test('Artstein and Poesio 2008', () => {
    expect(computeKappa(artsteinPoesio2008).value).toBeCloseTo(0.348, 3)
  })

  test('the paradox: .85 agree, kappa .3144', () => {
    expect(computeKappa(skewedTable).value).toBeCloseTo(0.3144, 4)
  })

  test('undefined without a rating, and when both always say the same one thing', () => {
    expect(
      computeKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ value: null, reason: 'nothing-shared', n: 0 })
    expect(
      computeKappa([
        [7, 0],
        [0, 0],
      ]),
    ).toMatchObject({ value: null, reason: 'no-variation', observed: 1 })
  })

  test('is 1 for a diagonal, and the same when the raters change places', () => {
    const cell = fc.integer({ min: 0, max: 20 })
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(table, (rows) => {
        const turned = rows.map((_, i) => rows.map((row) => row[i] ?? 0))
        const one = computeKappa(rows)
        const other = computeKappa(turned)
        expect(other.reason).toBe(one.reason)
        if (one.value !== null) expect(other.value).toBeCloseTo(one.value, 9)
        if (one.standardError !== null) expect(other.standardError).toBeCloseTo(one.standardError, 6)
      }),
    )
    expect(
      computeKappa([
        [4, 0],
        [0, 9],
      ]).value,
    ).toBe(1)
  })
})

describe('computeFleissKappa', () => {
  test('Fleiss 1971', () => {
    const result = computeFleissKappa(fleiss1971)
    expect(result.observed).toBeCloseTo(0.5556, 4)
    expect(result.expected).toBeCloseTo(0.2199, 4)
    expect(result.value).toBeCloseTo(0.4302445, 7)
    expect(result.z).toBeCloseTo(17.65183, 4)
    const published = [0.248, 0.248, 0.517, 0.47, 0.565]
    result.byCategory.forEach((value, place) =>
      expect(Math.abs((value ?? Number.NaN) - (published[place] ?? 0))).toBeLessThan(0.005),
    )
    expect(result.byCategory).toHaveLength(5)
  })

  test('Wikipedia', () => {
    expect(computeFleissKappa(wikipediaFleiss).value).toBeCloseTo(0.209931, 6)
  })

  test('says why there is none', () => {
    expect(computeFleissKappa([]).reason).toBe('nothing-shared')
    expect(computeFleissKappa([[1, 0]]).reason).toBe('nothing-shared')
    expect(
      computeFleissKappa([
        [2, 0],
        [2, 1],
      ]).reason,
    ).toBe('unequal-raters')
    expect(
      computeFleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toMatchObject({ value: null, reason: 'no-variation', observed: 1 })
  })
})

describe('computeAc1', () => {
  test('the paradox: .85 agree, AC1 .808', () => {
    const result = computeAc1(sumAc1(countsOfTable(skewedTable), 2))
    expect(result.observed).toBeCloseTo(0.85, 9)
    expect(result.expected).toBeCloseTo(0.21875, 9)
    expect(result.value).toBeCloseTo(0.808, 3)
  })

  test('Cohen 1960, p. 37', () => {
    expect(computeAc1(sumAc1(countsOfTable(cohenPage37), 3)).value).toBeCloseTo(-0.04797, 5)
  })

  test('is defined when everyone always says the same, and not without two ratings of anything', () => {
    expect(
      computeAc1(
        sumAc1(
          [
            [3, 0],
            [2, 0],
          ],
          2,
        ),
      ).value,
    ).toBe(1)
    expect(
      computeAc1(
        sumAc1(
          [
            [1, 0],
            [0, 0],
          ],
          2,
        ),
      ).value,
    ).toBeNull()
  })
})
