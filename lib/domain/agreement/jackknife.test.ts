import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulateRatings, simulatedAgreements, trueAlphaOf } from '@/tests/setup/simulated-ratings'
import { jackknifeAlpha, leaveOut } from '@/tests/setup/jackknifed-alpha'
import { makeDraw } from '@/tests/setup/simulated-shares'
import { studentT95 } from '../statistics/intervals'
import { hayesKrippendorff2007 } from './fixtures'
import { addBlocks, jackknifeInterval, leaveEachOut, whyNoInterval, type SummedDocuments } from './jackknife'
import { collapseCoincidences, computeAlpha, countCoincidences, type RatedUnit } from './krippendorff'

/** Sums one number per document. */
function sumOver(values: readonly number[]): SummedDocuments {
  return {
    documents: values.map((value) => [{ offset: 0, values: Float64Array.of(value) }]),
    width: 1,
    figures: 1,
    evaluate: (sums, out) => {
      out[0] = sums[0] ?? Number.NaN
    },
  }
}

describe('leaveEachOut', () => {
  test('gives the figure of all others, for each document in its place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 40 }), (values) => {
        const all = values.reduce((sum, value) => sum + value, 0)
        expect(Array.from(leaveOut(sumOver(values))[0] ?? [])).toEqual(values.map((value) => all - value + 0))
      }),
    )
  })

  test('what one document alone has is nought without it, not nearly', () => {
    const third = { offset: 1, values: Float64Array.of(1 / 3) }
    const documents = [
      [{ offset: 0, values: Float64Array.of(1 / 3) }],
      [third],
      [{ offset: 0, values: Float64Array.of(0.1) }],
    ]
    const [second] = leaveOut({
      documents,
      width: 2,
      figures: 1,
      evaluate: (sums, out) => {
        out[0] = sums[1] ?? Number.NaN
      },
    })
    expect(second?.[1]).toBe(0)
    const sums = new Float64Array(2)
    addBlocks(sums, [third, third])
    expect(Array.from(sums)).toEqual([0, 2 / 3])
  })

  test('stops often, so that others can work', () => {
    const steps = leaveEachOut(sumOver(Array.from({ length: 500 }, (_, place) => place)))
    let stops = 0
    for (let step = steps.next(); step.done !== true; step = steps.next()) stops += 1
    expect(stops).toBeGreaterThan(500)
  })
})

describe('jackknifeInterval', () => {
  const plain = { claims: [], chanceDisagreement: 1, lowest: -1 }

  test('is Student’s t around the logarithm of what is missing to 1', () => {
    const leftOut = [0.78, 0.8, 0.82, 0.79, 0.81]
    const found = jackknifeInterval({ ...plain, value: 0.8, leftOut })
    // Squares about .8 sum to .001, so the standard error is √(4/5 · .001) = .028284, or .141421 of the missing .2.
    const factor = Math.exp(studentT95(4) * 0.1414214)
    expect(found).toMatchObject({ documents: 5, method: 'jackknife' })
    expect(found?.low).toBeCloseTo(1 - 0.2 * factor, 6)
    expect(found?.high).toBeCloseTo(1 - 0.2 / factor, 6)
  })

  test('holds the figure, stays within its range, and turns with nothing', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 2, maxLength: 12 }), (figure, leftOut) => {
        fc.pre(leftOut.some((without) => Math.abs(without - (leftOut[0] ?? 0)) > 1e-6) || figure === 1)
        const found = jackknifeInterval({ ...plain, claims: leftOut.map(() => 4), value: figure, leftOut })
        expect(found?.low).toBeGreaterThanOrEqual(-1)
        expect(found?.low).toBeLessThanOrEqual(figure + 1e-12)
        expect(found?.high).toBeGreaterThanOrEqual(figure - 1e-12)
        expect(found?.high).toBeLessThanOrEqual(1)
        const turned = jackknifeInterval({
          ...plain,
          claims: leftOut.map(() => 4),
          value: figure,
          leftOut: leftOut.toReversed(),
        })
        expect(turned?.low).toBeCloseTo(found?.low ?? Number.NaN, 9)
      }),
    )
  })

  test.each([
    // 40 of 40 claims rated alike in ten documents. Of 26.1 effective claims none differ, so at most a fraction of .128 do.
    ['ratings that are evenly common', 2 / 3, 0.8076],
    ['a rating that is rare', 0.18, 0.2875],
  ])('where nobody disagrees, %s', (_name, chanceDisagreement, low) => {
    const leftOut = new Array<number>(10).fill(1)
    const found = jackknifeInterval({ ...plain, value: 1, leftOut, claims: leftOut.map(() => 4), chanceDisagreement })
    expect(found).toMatchObject({ high: 1, documents: 10, method: 'no-disagreement' })
    expect(found?.low).toBeCloseTo(low, 3)
  })

  test('one document, or a figure that hangs on one, has none', () => {
    expect(jackknifeInterval({ ...plain, value: 0.5, leftOut: [] })).toBeNull()
    expect(jackknifeInterval({ ...plain, value: 0.5, leftOut: [Number.NaN] })).toBeNull()
    expect(jackknifeInterval({ ...plain, value: 0.5, leftOut: [0.4, Number.NaN, 0.6] })).toBeNull()
  })

  test('a figure that no document changes has none: documents that came out alike do not make it certain', () => {
    expect(jackknifeInterval({ ...plain, value: -0.2, leftOut: [-0.2, -0.2] })).toBeNull()
    expect(jackknifeInterval({ ...plain, value: 0.5, leftOut: [0.4, 0.4, 0.4] })).toBeNull()
  })

  test.each([
    ['no-figure', null, []],
    ['too-few-documents', 0.5, [0.5]],
    ['hangs-on-one-document', 0.5, [0.4, Number.NaN]],
    ['no-variance', 0.5, [0.4, 0.4]],
  ])('says why there is none: %s', (code, value, leftOut) => {
    expect(whyNoInterval({ value, leftOut }, { one: 'day', many: 'days' })).toMatchObject({ code })
  })

  // Each unit stands for a document here. A bootstrap of units gives about .62 to .84; a bootstrap of pairs, as in the macro of the paper, is narrower.
  test('Hayes and Krippendorff 2007, ordinal, units left out', () => {
    const found = jackknifeAlpha(
      hayesKrippendorff2007.map((unit) => [unit]),
      4,
      'ordinal',
    )
    expect(Math.abs((found?.low ?? 0) - 0.62)).toBeLessThan(0.03)
    expect(Math.abs((found?.high ?? 0) - 0.84)).toBeLessThan(0.03)
  })
})

// `npm run bench -- coverage` prints every setting with more sessions, beside the former bootstrap.
test.each([
  [5, 0.93],
  [10, 0.94],
  [30, 0.94],
])('over invented sessions of %i documents intervals hold alpha about as often as they say', (documents, least) => {
  const draw = makeDraw(2026)
  const runs = 250
  const coverages = simulatedAgreements.map((agreement) => {
    let held = 0
    let defined = 0
    for (let run = 0; run < runs; run += 1) {
      const interval = jackknifeAlpha(simulateRatings({ ...agreement, documents }, draw), 3, 'nominal')
      if (interval === null) continue
      defined += 1
      const alpha = trueAlphaOf(agreement)
      if (interval.low <= alpha && alpha <= interval.high) held += 1
    }
    return held / defined
  })
  expect(coverages.reduce((sum, coverage) => sum + coverage, 0) / coverages.length).toBeGreaterThan(least)
  expect(Math.min(...coverages)).toBeGreaterThan(0.85)
})

const file = path.resolve(process.cwd(), '../shared/testdata/reports/climate-fever.jsonl')
const present = existsSync(file)
const note = present ? '' : ' (skipped: the data set is not beside the project)'

interface ClimateClaim {
  evidences: { votes: (string | null)[] }[]
}

function readClaims(): RatedUnit[][] {
  // The order of the ratings, for the ordinal and interval metrics.
  const order = ['REFUTES', 'NOT_ENOUGH_INFO', 'SUPPORTS']
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      (JSON.parse(line) as ClimateClaim).evidences.map(({ votes }): RatedUnit =>
        votes.map((vote) => (vote === null ? null : order.indexOf(vote))),
      ),
    )
}

describe.skipIf(!present)(`Climate-FEVER, from the raw file${note}`, () => {
  const claims = present ? readClaims() : []
  const coincidences = countCoincidences(claims.flat(), 3)

  test('7,675 evidences of 1,535 claims with 18,486 votes', () => {
    expect([claims.length, claims.flat().length]).toEqual([1535, 7675])
    expect(coincidences.cells.reduce((a, b) => a + b, 0)).toBeCloseTo(18_486, 6)
  })

  test.each([
    ['nominal', 0.334],
    ['ordinal', 0.3725],
    ['interval', 0.3625],
  ] as const)('alpha %s %d', (metric, expected) => {
    expect(computeAlpha(coincidences, { metric }).value).toBeCloseTo(expected, 4)
  })

  test.each([
    ['REFUTES', 0, 0.259],
    ['NOT_ENOUGH_INFO', 1, 0.3135],
    ['SUPPORTS', 2, 0.4098],
  ])('alpha of %s against the rest', (_, value, expected) => {
    expect(computeAlpha(collapseCoincidences(coincidences, value)).value).toBeCloseTo(expected, 4)
  })

  // Resampling claims gives .315 to .355, resampling evidences alone .319 to .348. With this many documents the jackknife agrees.
  test('claims left out give .315 to .355, evidences alone the narrower .319 to .348', () => {
    const clustered = jackknifeAlpha(claims, 3, 'nominal')
    expect(clustered?.low).toBeCloseTo(0.315, 2)
    expect(clustered?.high).toBeCloseTo(0.355, 2)
    const naive = jackknifeAlpha(
      claims.flat().map((unit) => [unit]),
      3,
      'nominal',
    )
    expect(naive?.low).toBeCloseTo(0.319, 2)
    expect(naive?.high).toBeCloseTo(0.348, 2)
    const width = (interval: typeof naive) => (interval?.high ?? 0) - (interval?.low ?? 0)
    expect(width(clustered)).toBeGreaterThan(1.2 * width(naive))
  })
})
