import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  artsteinPoesio2008,
  hayesKrippendorff2007,
  krippendorff2011,
  krippendorffBinary,
  krippendorffNominal,
  unitsOfTable,
  wikipediaAlpha,
} from './fixtures'
import {
  collapseCoincidences,
  computeAlpha,
  countCoincidences,
  marginalsOf,
  squaredDistance,
  type Metric,
  type RatedUnit,
} from './krippendorff'

const oneToFive = [1, 2, 3, 4, 5]

describe('published examples', () => {
  test.each<[string, RatedUnit[], number[], Metric, number]>([
    ['Krippendorff 2011, nominal', krippendorff2011, oneToFive, 'nominal', 0.743421],
    ['Krippendorff 2011, ordinal', krippendorff2011, oneToFive, 'ordinal', 0.815388],
    ['Krippendorff 2011, interval', krippendorff2011, oneToFive, 'interval', 0.849107],
    ['Krippendorff 2011, ratio', krippendorff2011, oneToFive, 'ratio', 0.797403],
    ['Krippendorff 2004, two coders, binary', krippendorffBinary, [0, 1], 'nominal', 0.095238],
    ['Krippendorff 2011, two coders, five values', krippendorffNominal, oneToFive, 'nominal', 0.691964],
    ['Wikipedia, nominal', wikipediaAlpha, [1, 2, 3, 4], 'nominal', 0.691358],
    ['Wikipedia, interval', wikipediaAlpha, [1, 2, 3, 4], 'interval', 0.810845],
    ['Hayes and Krippendorff 2007, ordinal', hayesKrippendorff2007, [0, 1, 2, 3], 'ordinal', 0.759829],
    ['Hayes and Krippendorff 2007, nominal', hayesKrippendorff2007, [0, 1, 2, 3], 'nominal', 0.47651],
    ['Hayes and Krippendorff 2007, interval', hayesKrippendorff2007, [0, 1, 2, 3], 'interval', 0.757378],
  ])('%s', (_, units, values, metric, expected) => {
    const result = computeAlpha(countCoincidences(units, values.length), { metric, values })
    expect(result.value).toBeCloseTo(expected, 6)
  })

  test('Krippendorff 2011: n, observed and expected disagreement, and the unit with one rating', () => {
    const coincidences = countCoincidences(krippendorff2011, 5)
    const result = computeAlpha(coincidences)
    expect(result.pairable).toBeCloseTo(40, 9)
    expect(result.observed).toBeCloseTo(0.2, 9)
    expect(result.expected).toBeCloseTo(0.779, 3)
    expect(result.rawAgreement).toBeCloseTo(0.8, 9)
    expect([coincidences.units, coincidences.leftOut]).toEqual([11, 1])
  })

  test('Krippendorff 2004, p. 227: a variant of the nominal example with alpha .734', () => {
    const pairs = ['aa', 'ab', 'bb', 'bb', 'bb', 'bb', 'bc', 'cc', 'cc', 'cc', 'cc', 'cc']
    const units = pairs.map((unit): RatedUnit => Array.from(unit, (value) => 'abc'.indexOf(value)))
    expect(computeAlpha(countCoincidences(units, 3)).value).toBeCloseTo(0.734, 3)
  })

  test('Krippendorff 2004: square roots of the ordinal distances, with an unused fifth value', () => {
    const used = krippendorff2011.map((unit): RatedUnit => unit.map((value) => (value === 4 ? 5 : value)))
    const { cells } = countCoincidences(used, 6)
    const marginals = marginalsOf(cells, 6)
    const row = [0, 1, 2, 3, 4, 5].map((k) =>
      Math.sqrt(squaredDistance([0, k], { metric: 'ordinal', marginals, values: [] })),
    )
    const published = [0, 11, 22.5, 30, 32.5, 34]
    row.forEach((distance, k) => expect(distance).toBeCloseTo(published[k] ?? Number.NaN, 9))
  })

  test('Artstein and Poesio 2008: raw agreement .70, and pi .341 is alpha without its small-sample correction', () => {
    const { value, rawAgreement, pairable } = computeAlpha(countCoincidences(unitsOfTable(artsteinPoesio2008), 2))
    expect(rawAgreement).toBeCloseTo(0.7, 9)
    expect(1 - ((1 - (value ?? 0)) * pairable) / (pairable - 1)).toBeCloseTo(0.341, 3)
    // Bennett's S: chance agreement is one half.
    expect(((rawAgreement ?? 0) - 0.5) / 0.5).toBeCloseTo(0.4, 9)
  })

  // NLTK, test_disagreement: a unit with one rating changes nothing, and a missing rating is no category.
  test('missing ratings', () => {
    const yes = 0
    const no = 1
    const both: RatedUnit[] = [
      [yes, no, no],
      [yes, no, null],
    ]
    const single: RatedUnit = [null, null, no]
    expect(computeAlpha(countCoincidences([...both, single], 2)).value).toBeCloseTo(-0.3333333, 6)
    expect(computeAlpha(countCoincidences(both, 2)).value).toBeCloseTo(-0.3333333, 6)
    const missing: RatedUnit[] = [
      [1, 1, null],
      [1, 1, 1],
      [2, null, 2],
    ]
    expect(computeAlpha(countCoincidences(missing, 3)).value).toBeCloseTo(1, 9)
    const asCategory = missing.map((unit): RatedUnit => unit.map((value) => value ?? 0))
    expect(computeAlpha(countCoincidences(asCategory, 3)).value).toBeCloseTo(1 / 3, 6)
  })
})

describe('undefined alpha', () => {
  test('no variation gives null, a reason and the raw agreement', () => {
    const units: RatedUnit[] = [
      [1, 1],
      [1, 1, 1],
    ]
    expect(computeAlpha(countCoincidences(units, 2))).toMatchObject({
      value: null,
      reason: 'no-variation',
      rawAgreement: 1,
      units: 2,
    })
  })

  test('nothing to pair gives null and another reason', () => {
    expect(computeAlpha(countCoincidences([[1, null], [null]], 2))).toMatchObject({
      value: null,
      reason: 'nothing-shared',
      rawAgreement: null,
      pairable: 0,
    })
  })
})

const unit = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }), { minLength: 1, maxLength: 5 })
const someUnits = fc.array(unit, { maxLength: 20 })

describe('laws', () => {
  test('the order of units and of raters changes nothing', () => {
    fc.assert(
      fc.property(someUnits, (units) => {
        const turned = [...units].reverse().map((ratings) => [...ratings].reverse())
        for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
          const one = computeAlpha(countCoincidences(units, 4), { metric })
          const other = computeAlpha(countCoincidences(turned, 4), { metric })
          expect(other.reason).toBe(one.reason)
          if (one.value !== null) expect(other.value).toBeCloseTo(one.value, 9)
        }
      }),
    )
  })

  test('perfect agreement on more than one value is 1', () => {
    const agreed = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 2, max: 5 }))
      .map(([value, raters]): RatedUnit => new Array<number>(raters).fill(value))
    fc.assert(
      fc.property(fc.array(agreed, { minLength: 2 }), (units) => {
        fc.pre(new Set(units.map(([value]) => value)).size > 1)
        for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const)
          expect(computeAlpha(countCoincidences(units, 4), { metric }).value).toBe(1)
      }),
    )
  })

  test('coincidences of documents add up', () => {
    fc.assert(
      fc.property(someUnits, someUnits, (first, second) => {
        const sum = countCoincidences(first, 4).cells.map(
          (cell, place) => cell + (countCoincidences(second, 4).cells[place] ?? 0),
        )
        countCoincidences([...first, ...second], 4).cells.forEach((cell, place) =>
          expect(cell).toBeCloseTo(sum[place] ?? Number.NaN, 9),
        )
      }),
    )
  })

  test('collapsing to one value is the same as rating one value against all others', () => {
    fc.assert(
      fc.property(someUnits, fc.integer({ min: 0, max: 3 }), (units, value) => {
        const renamed = units.map((ratings): RatedUnit =>
          ratings.map((rating) => (rating === null ? null : rating === value ? 0 : 1)),
        )
        const collapsed = collapseCoincidences(countCoincidences(units, 4), value)
        const direct = countCoincidences(renamed, 2)
        direct.cells.forEach((cell, place) => expect(collapsed.cells[place]).toBeCloseTo(cell, 9))
      }),
    )
  })
})
