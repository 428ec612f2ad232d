import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { differenceOfShares } from './comparing/compare'
import { estimateShare, leastDesignEffect, wilsonInterval, type Cluster } from '../statistics/intervals'

const file = path.resolve(process.cwd(), '../shared/testdata/reports/buzzfeed-2016-facebook-fact-check.csv')
const present = existsSync(file)
const note = present ? '' : ' (skipped: the data set is not beside the project)'

/** The rows of the file by column name; no cell contains a comma. */
function readRows(): ((name: string) => string)[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return (name: string) => cells[names.indexOf(name)] ?? ''
  })
}

/** By publisher and day: posts that are not mostly true, of those with factual content. */
function readDays(): Map<string, Cluster[]> {
  const days = new Map<string, Map<string, Cluster>>()
  for (const at of readRows()) {
    const rating = at('Rating')
    if (rating === 'no factual content') continue
    const ofPage = days.get(at('Page')) ?? new Map<string, Cluster>()
    days.set(at('Page'), ofPage)
    const day = ofPage.get(at('Date Published')) ?? { count: 0, of: 0 }
    ofPage.set(at('Date Published'), {
      count: day.count + (rating === 'mostly true' ? 0 : 1),
      of: day.of + 1,
    })
  }
  return new Map([...days].map(([page, ofPage]) => [page, [...ofPage.values()]]))
}

describe.skipIf(!present)(`BuzzFeed News 2016, nine publishers' posts from the raw file${note}`, () => {
  const days = present ? readDays() : new Map<string, Cluster[]>()
  const estimateOf = (page: string) => {
    const estimate = estimateShare(days.get(page) ?? [])
    if (estimate === null) throw new Error(`nothing of ${page}`)
    return estimate
  }

  // Counts as published; plain Wilson intervals; the variance over days relative to that of independent posts.
  test.each([
    ['ABC News Politics', 2, 174, 0.0032, 0.0409, 1],
    ['CNN Politics', 4, 389, 0.004, 0.0261, 1.12548],
    ['Politico', 2, 530, 0.001, 0.0137, 1],
    ['Addicting Info', 33, 129, 0.1883, 0.3374, 1.47473],
    ['Occupy Democrats', 42, 144, 0.2236, 0.3705, 2.57857],
    ['The Other 98%', 15, 82, 0.1141, 0.2801, 1],
    ['Eagle Rising', 84, 205, 0.3447, 0.4781, 1.90378],
    ['Freedom Daily', 52, 108, 0.3895, 0.5747, 1.54582],
    ['Right Wing News', 115, 257, 0.3879, 0.5086, 2.32435],
  ])('%s: %i of %i', (page, count, of, low, high, designEffect) => {
    const estimate = estimateOf(page)
    expect(estimate).toMatchObject({ count, of, documents: 7, method: 'clustered' })
    expect(estimate.designEffect).toBeCloseTo(Math.max(designEffect, leastDesignEffect(days.get(page) ?? [])), 5)
    const plain = wilsonInterval(estimate.share, estimate.of)
    expect(plain?.low).toBeCloseTo(low, 4)
    expect(plain?.high).toBeCloseTo(high, 4)
    expect(estimate.low).toBeLessThan(low)
    expect(estimate.high).toBeGreaterThan(high)
  })

  const rows = present ? readRows() : []
  const ratingsWhere = (column: string, value: string) => {
    const own = rows.filter((at) => at(column) === value)
    return ['mostly true', 'mixture of true and false', 'mostly false', 'no factual content'].map(
      (rating) => own.filter((at) => at('Rating') === rating).length,
    )
  }

  test.each([
    ['Category', 'left', [265, 68, 22, 116]],
    ['Category', 'mainstream', [1085, 8, 0, 52]],
    ['Category', 'right', [319, 169, 82, 96]],
    ['Page', 'ABC News Politics', [172, 2, 0, 26]],
    ['Page', 'CNN Politics', [385, 4, 0, 20]],
    ['Page', 'Politico', [528, 2, 0, 6]],
    ['Page', 'Addicting Info', [96, 25, 8, 11]],
    ['Page', 'Occupy Democrats', [102, 33, 9, 65]],
    ['Page', 'The Other 98%', [67, 10, 5, 40]],
    ['Page', 'Eagle Rising', [121, 54, 30, 81]],
    ['Page', 'Freedom Daily', [56, 26, 26, 4]],
    ['Page', 'Right Wing News', [142, 89, 26, 11]],
  ])('%s %s: ratings as published', (column, value, counts) => {
    expect(ratingsWhere(column, value)).toEqual(counts)
  })

  test('days being alike can take a difference away that independent posts would show', () => {
    const [first, second] = [estimateOf('Right Wing News'), estimateOf('Occupy Democrats')]
    const plainOf = ({ share, of }: typeof first) => ({ share, ...(wilsonInterval(share, of) ?? { low: 0, high: 1 }) })
    expect(differenceOfShares(plainOf(first), plainOf(second)).low).toBeGreaterThan(0.05)
    expect(differenceOfShares(first, second).low).toBeLessThan(0)
    expect(differenceOfShares(first, estimateOf('Politico')).low).toBeGreaterThan(0.2)
  })
})
