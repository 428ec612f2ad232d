import { describe, expect, test } from 'vitest'
import { makeDraw } from '@/tests/setup/simulated-shares'
import { chao, chapman, estimateUnmarked } from './unmarked'

describe('chapman', () => {
  test('ten of the first, fifteen of the second, five of both', () => {
    // 11 · 16 / 6 − 1 = 28.33 in all, 20 of them marked; variance 11 · 16 · 5 · 10 / (36 · 7).
    const found = chapman({ first: 10, second: 15, both: 5 })
    expect(found.unmarked).toBeCloseTo(8 + 1 / 3, 9)
    expect(found.variance).toBeCloseTo(34.9206, 4)
  })
})

describe('chao', () => {
  test('of three reviewers by hand', () => {
    // ⅔ · 9 · 8 / (2 · 5) = 4.8; variance 4.8 + (4/9) · 9 · 17² / 100 + (4/9) · 81 · 4 · 64 / 2500.
    const found = chao({ reviewers: 3, once: 9, twice: 4 })
    expect(found.unmarked).toBeCloseTo(4.8, 9)
    expect(found.variance).toBeCloseTo(4.8 + 11.56 + 3.6864, 9)
  })

  test('nothing that only one marked leaves nothing', () => {
    expect(chao({ reviewers: 4, once: 0, twice: 9 }).unmarked).toBeCloseTo(0, 12)
  })
})

describe('estimateUnmarked', () => {
  test('says nothing where hardly anything was marked by two', () => {
    expect(estimateUnmarked({ pairs: [{ first: 30, second: 30, both: 6 }], teams: [], marked: 54 })).toBeNull()
    expect(estimateUnmarked({ pairs: [], teams: [], marked: 0 })).toBeNull()
  })

  test('where both marked all, less than one is left', () => {
    const found = estimateUnmarked({ pairs: [{ first: 40, second: 40, both: 40 }], teams: [], marked: 40 })
    expect(found).toMatchObject({ unmarked: 0, low: 0, marked: 40 })
    expect(found?.high).toBeGreaterThan(0)
    expect(found?.high).toBeLessThan(1)
  })

  // 150 claims, each with its own probability of being seen by a reviewer; 1,000 times.
  test.each([
    ['two reviewers', 2, 0.6, 0.6],
    ['three reviewers', 3, 0.5, 0.5],
    ['five reviewers', 5, 0.4, 0.4],
  ])('holds the truth where %s see all claims equally well', (_name, reviewers, low, high) => {
    const draw = makeDraw(9)
    const claims = 150
    let held = 0
    let sum = 0
    const runs = 1_000
    for (let run = 0; run < runs; run += 1) {
      const byReviewer = new Array<number>(reviewers).fill(0)
      const byCount = new Array<number>(reviewers + 1).fill(0)
      for (let claim = 0; claim < claims; claim += 1) {
        const chance = low + (high - low) * draw()
        let count = 0
        for (let reviewer = 0; reviewer < reviewers; reviewer += 1) {
          if (draw() >= chance) continue
          byReviewer[reviewer] = (byReviewer[reviewer] ?? 0) + 1
          count += 1
        }
        byCount[count] = (byCount[count] ?? 0) + 1
      }
      const [none = 0, once = 0, twice = 0] = byCount
      const [first = 0, second = 0] = byReviewer
      const found = estimateUnmarked(
        reviewers === 2
          ? { pairs: [{ first, second, both: twice }], teams: [], marked: claims - none }
          : { pairs: [], teams: [{ reviewers, once, twice }], marked: claims - none },
      )
      if (found === null) throw new Error('nothing was marked by two')
      // The interval is for whole claims, so its ends are rounded outwards.
      if (Math.floor(found.low) <= none && none <= Math.ceil(found.high)) held += 1
      sum += found.unmarked / none
    }
    expect(held / runs).toBeGreaterThan(0.9)
    expect(sum / runs).toBeGreaterThan(0.9)
    expect(sum / runs).toBeLessThan(1.25)
  })
})
