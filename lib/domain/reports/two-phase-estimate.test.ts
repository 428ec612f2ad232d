import { describe, expect, test } from 'vitest'
import { simulateTwoPhase } from '@/tests/setup/simulated-readings'
import { makeDraw } from '@/tests/setup/simulated-shares'
import { estimateShare, wilsonInterval } from '../statistics/intervals'
import { estimateTwoPhase } from './two-phase'

describe('estimateTwoPhase', () => {
  test('by hand: three documents read once, two of them adjudicated', () => {
    const found = estimateTwoPhase([
      { once: { count: 2, of: 10 }, adjudicated: { count: 1, of: 10 } },
      { once: { count: 4, of: 10 }, adjudicated: { count: 3, of: 10 } },
      { once: { count: 6, of: 10 }, adjudicated: null },
    ])
    // 12 of 30 by single readings, 6 of 20 in the part; adjudicated 4 of 20: .4 + .2 − .3. Residuals −.1 and .1, differences 0: variance .02 / 3, so
    // 31.5 claims, of which 30 / 1.45 at most, times (1.96 / 12.706)²: 0.49.
    expect(found).toMatchObject({ documents: { all: 3, adjudicated: 2 } })
    expect(found?.share).toBeCloseTo(0.3, 12)
    expect(found?.once).toBeCloseTo(0.4, 12)
    expect(found?.adjudicated).toBeCloseTo(0.2, 12)
    const interval = wilsonInterval(0.3, (30 / 1.45) * (1.959964 / 12.7062) ** 2)
    expect(found?.low).toBeCloseTo(interval?.low ?? Number.NaN, 4)
    expect(found?.high).toBeCloseTo(interval?.high ?? Number.NaN, 4)
  })

  test('by hand: where the adjudicated part differs from its first reading, that widens the interval', () => {
    const found = estimateTwoPhase([
      { once: { count: 2, of: 10 }, adjudicated: { count: 6, of: 10 } },
      { once: { count: 4, of: 10 }, adjudicated: { count: 1, of: 10 } },
      { once: { count: 6, of: 10 }, adjudicated: null },
    ])
    // .4 + .35 − .3. Residuals ±.25, their differences from those of the first reading ±.35: .125 / 3 + .245 (1/2 − 1/3) = .0825, so 3 claims.
    const interval = wilsonInterval(0.45, ((0.45 * 0.55) / 0.0825) * (1.959964 / 12.7062) ** 2)
    expect(found?.share).toBeCloseTo(0.45, 12)
    expect(found?.low).toBeCloseTo(interval?.low ?? Number.NaN, 4)
    expect(found?.high).toBeCloseTo(interval?.high ?? Number.NaN, 4)
  })

  test('is the adjudicated share where all are adjudicated', () => {
    const documents = [1, 3, 2, 5].map((count) => {
      return { once: { count: count + 1, of: 9 }, adjudicated: { count, of: 10 } }
    })
    expect(estimateTwoPhase(documents)?.share).toBeCloseTo(11 / 40, 12)
  })

  test('has nothing to say of fewer than two adjudicated documents, or of no claims', () => {
    const once = { count: 1, of: 5 }
    expect(estimateTwoPhase([])).toBeNull()
    expect(
      estimateTwoPhase([
        { once, adjudicated: once },
        { once, adjudicated: null },
      ]),
    ).toBeNull()
    const none = { count: 0, of: 0 }
    expect(
      estimateTwoPhase([
        { once: none, adjudicated: none },
        { once: none, adjudicated: none },
      ]),
    ).toBeNull()
  })

  // 40 documents read once with errors, 12 of them adjudicated; true share .12.
  test('is not biased, and narrower than the adjudicated part alone', () => {
    const draw = makeDraw(12)
    const runs = 1_000
    const sums = { share: 0, once: 0, held: 0, width: 0, alone: 0 }
    for (let run = 0; run < runs; run += 1) {
      const documents = simulateTwoPhase(draw)
      const found = estimateTwoPhase(documents)
      const alone = estimateShare(documents.flatMap(({ adjudicated }) => adjudicated ?? []))
      if (found === null || alone === null) throw new Error('a share of nothing')
      sums.share += found.share / runs
      sums.once += found.once / runs
      sums.width += (found.high - found.low) / runs
      sums.alone += (alone.high - alone.low) / runs
      if (found.low <= 0.12 && 0.12 <= found.high) sums.held += 1 / runs
    }
    expect(Math.abs(sums.share - 0.12)).toBeLessThan(0.005)
    expect(sums.once).toBeGreaterThan(0.13)
    expect(sums.held).toBeGreaterThan(0.93)
    expect(sums.width).toBeLessThan(0.8 * sums.alone)
  })
})
