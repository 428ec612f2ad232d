import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { differenceOfShares } from './compare'
import { estimateShare, leastDesignEffect, wilsonInterval, type Cluster } from '../statistics/intervals'

const file = path.resolve(process.cwd(), '../shared/testdata/reports/buzzfeed-2016-facebook-fact-check.csv')
const present = existsSync(file)
const note = present ? '' : ' (skipped: the data set is not beside the project)'

/** Of each publisher and day: posts that are not mostly true, of those with factual content. No field of the file is quoted. */
function readDays(): Map<string, Cluster[]> {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  const at = (cells: readonly string[], name: string) => cells[names.indexOf(name)] ?? ''
  const days = new Map<string, Map<string, Cluster>>()
  for (const line of lines) {
    const cells = line.split(',')
    const rating = at(cells, 'Rating')
    if (rating === 'no factual content') continue
    const ofPage = days.get(at(cells, 'Page')) ?? new Map<string, Cluster>()
    days.set(at(cells, 'Page'), ofPage)
    const day = ofPage.get(at(cells, 'Date Published')) ?? { count: 0, of: 0 }
    ofPage.set(at(cells, 'Date Published'), {
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

  // Counts as published; plain Wilson intervals; the variance over days to that of independent posts.
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

  test('days being alike can take a difference away that independent posts would show', () => {
    const [first, second] = [estimateOf('Right Wing News'), estimateOf('Occupy Democrats')]
    const plainOf = ({ share, of }: typeof first) => ({ share, ...(wilsonInterval(share, of) ?? { low: 0, high: 1 }) })
    expect(differenceOfShares(plainOf(first), plainOf(second)).low).toBeGreaterThan(0.05)
    expect(differenceOfShares(first, second).low).toBeLessThan(0)
    expect(differenceOfShares(first, estimateOf('Politico')).low).toBeGreaterThan(0.2)
  })
})
