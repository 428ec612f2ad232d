import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveOverlaps, type Unit } from './resolve-overlaps'
import {
  boundaryAlpha,
  codedAlpha,
  codedCategoryAlpha,
  oneCategoryAlpha,
  pairPlace,
  sumContinuum,
  unitizingAlpha,
  type ContinuumSums,
} from './unitizing'

function units(...rows: [start: number, end: number, category: number][]): Unit[] {
  return rows.map(([start, end, category]) => ({ start, end, category }))
}

// Three coders of 60 characters: tests/data/AlexPaulSuzan.csv of pygamma-agreement; the figures as Krippendorff 2019, Fig. 12.11, prints them.
const alex = units([2, 9, 0], [11, 17, 1], [24, 30, 4], [32, 36, 5], [36, 44, 5], [44, 60, 6])
const paul = units([2, 9, 0], [11, 17, 2], [19, 25, 4], [32, 44, 5])
const suzan = units([2, 9, 0], [11, 17, 3], [21, 27, 4], [32, 36, 5], [36, 40, 5], [40, 44, 5])
const worked = sumContinuum([alex, paul, suzan], { length: 60, categories: 7 })

describe('the worked example of three coders', () => {
  test('all 60 characters of all three are paired', () => {
    expect(worked.team.cells.reduce((a, b) => a + b, 0)).toBeCloseTo(180, 9)
  })

  test.each([
    ['uα', unitizingAlpha, 0.50967, 0.51],
    ['|uα', boundaryAlpha, 0.41323, 0.413],
    ['cuα', codedAlpha, 0.72393, 0.724],
  ])('%s', (_, alpha, exact, published) => {
    expect(alpha(worked.team)).toBeCloseTo(exact, 5)
    expect(alpha(worked.team)).toBeCloseTo(published, 3)
  })

  test('(k)uα is 1 for the first, fifth and sixth category, 0 for the three that were confused, undefined for the last', () => {
    const figures = [0, 1, 2, 3, 4, 5, 6].map((category) => codedCategoryAlpha(worked.team, category))
    expect(figures.map((figure) => (Number.isNaN(figure) ? null : Math.round(figure * 1e6) / 1e6 + 0))).toEqual([
      1,
      0,
      0,
      0,
      1,
      1,
      null,
    ])
  })
})

// The data of github.com/zeljkobekcic/KrippendorffUnitizedAlpha: 56 characters, one category; expected 0.56 ± 0.01 there.
test('the keyphrase example', () => {
  const coders = [units([3, 15, 0], [22, 53, 0]), units([3, 10, 0], [22, 53, 0]), units([22, 46, 0])]
  const { team } = sumContinuum(coders, { length: 56, categories: 1 })
  expect(Math.abs(unitizingAlpha(team) - 0.56)).toBeLessThan(0.01)
  expect(boundaryAlpha(team)).toBeCloseTo(unitizingAlpha(team), 12)
  expect(oneCategoryAlpha(team, 0)).toBeCloseTo(unitizingAlpha(team), 12)
})
