import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrapDocuments, percentileInterval, resampleDocuments, type Resampling } from './bootstrap'
import { hayesKrippendorff2007 } from './fixtures'
import { collapseCoincidences, computeAlpha, countCoincidences, type Metric, type RatedUnit } from './krippendorff'

const settings = { replicates: 2000, level: 0.95, seed: 1 }

/** Alpha of documents given as units, ready to be resampled. */
function alphaOver(documents: readonly RatedUnit[][], size: number, metric: Metric): Resampling {
  return {
    documents: documents.map((units) => [{ offset: 0, values: countCoincidences(units, size).cells }]),
    width: size * size,
    figures: 1,
    evaluate: (sums, out) => {
      out[0] = computeAlpha({ size, cells: sums, units: 1, leftOut: 0 }, { metric }).value ?? Number.NaN
    },
  }
}

/** The mean of one number a document. */
function meanOver(values: readonly number[]): Resampling {
  return {
    documents: values.map((value) => [{ offset: 0, values: Float64Array.of(value, 1) }]),
    width: 2,
    figures: 1,
    evaluate: (sums, out) => {
      out[0] = (sums[0] ?? 0) / (sums[1] ?? 0)
    },
  }
}

describe('percentileInterval', () => {
  test('cuts off the tails, between two values by their distance', () => {
    const values = Float64Array.from({ length: 101 }, (_, place) => 100 - place)
    const interval = percentileInterval(values, settings)
    expect(interval?.low).toBeCloseTo(2.5, 9)
    expect(interval?.high).toBeCloseTo(97.5, 9)
    expect(interval).toMatchObject({ level: 0.95, replicates: 101, undefinedReplicates: 0, seed: 1 })
  })

  test('drops and counts undefined replicates, and gives up when most are', () => {
    expect(percentileInterval(Float64Array.of(1, Number.NaN, 2, 3), settings)).toMatchObject({ undefinedReplicates: 1 })
    expect(percentileInterval(Float64Array.of(1, Number.NaN, Number.NaN), settings)).toBeNull()
    expect(percentileInterval(new Float64Array(0), settings)).toBeNull()
  })
})

describe('bootstrapDocuments', () => {
  test('the interval of a mean is that of its standard error', () => {
    const values = Array.from({ length: 100 }, (_, place) => (place * 37) % 100)
    const [interval] = bootstrapDocuments(meanOver(values), { ...settings, replicates: 4000 })
    // Standard deviation 28.87, so the standard error is 2.887.
    expect(interval?.low).toBeCloseTo(49.5 - 1.96 * 2.887, 0)
    expect(interval?.high).toBeCloseTo(49.5 + 1.96 * 2.887, 0)
  })

  test('the same seed gives the same interval, another seed another', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const resampling = meanOver([1, 5, 2, 8, 3, 9, 4])
        const once = bootstrapDocuments(resampling, { replicates: 200, level: 0.9, seed })
        expect(bootstrapDocuments(resampling, { replicates: 200, level: 0.9, seed })).toEqual(once)
      }),
    )
    const values = Array.from({ length: 50 }, (_, place) => Math.sqrt(place))
    const [one, other] = [1, 2].map((seed) => bootstrapDocuments(meanOver(values), { ...settings, seed })[0])
    expect(one?.low).not.toBe(other?.low)
  })

  test('fewer than two documents have no interval', () => {
    expect(bootstrapDocuments(meanOver([3]), settings)).toEqual([null])
    expect(bootstrapDocuments(meanOver([]), settings)).toEqual([null])
  })

  test('stops often, so that others can work', () => {
    let stops = 0
    const steps = resampleDocuments(meanOver(Array.from({ length: 10_000 }, (_, place) => place)), settings)
    for (let step = steps.next(); step.done !== true; step = steps.next()) stops += 1
    expect(stops).toBeGreaterThan(100)
  })

  // Each unit stands for a document here; a bootstrap of pairs, as in the macro of the paper, is narrower.
  test('Hayes and Krippendorff 2007, ordinal, units resampled: about .62 to .84', () => {
    const documents = hayesKrippendorff2007.map((unit) => [unit])
    const [interval] = bootstrapDocuments(alphaOver(documents, 4, 'ordinal'), settings)
    expect(Math.abs((interval?.low ?? 0) - 0.62)).toBeLessThan(0.02)
    expect(Math.abs((interval?.high ?? 0) - 0.84)).toBeLessThan(0.02)
  })
})

const file = path.resolve(process.cwd(), '../shared/testdata/reports/climate-fever.jsonl')
const present = existsSync(file)
const note = present ? '' : ' (skipped: the data set is not beside the project)'

interface ClimateClaim {
  evidences: { votes: (string | null)[] }[]
}

function readClaims(): RatedUnit[][] {
  // The order of the votes, which the ordinal and interval figures of the data set rest on.
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

  test('claims resampled give .315 to .355, evidences alone the narrower .319 to .348', () => {
    const [clustered] = bootstrapDocuments(alphaOver(claims, 3, 'nominal'), settings)
    expect(clustered?.low).toBeCloseTo(0.315, 2)
    expect(clustered?.high).toBeCloseTo(0.355, 2)
    const single = claims.flat().map((unit) => [unit])
    const [naive] = bootstrapDocuments(alphaOver(single, 3, 'nominal'), settings)
    expect(naive?.low).toBeCloseTo(0.319, 2)
    expect(naive?.high).toBeCloseTo(0.348, 2)
    const width = (interval: typeof naive) => (interval?.high ?? 0) - (interval?.low ?? 0)
    expect(width(clustered)).toBeGreaterThan(1.2 * width(naive))
  })
})
