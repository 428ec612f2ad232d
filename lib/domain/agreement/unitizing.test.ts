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

const length = 40
const someUnits = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: length - 1 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 2 })),
    {
      maxLength: 6,
    },
  )
  .map((rows) =>
    rows.map(([start, size, category], place) => {
      return { id: String(place), start, end: Math.min(length, start + size), category }
    }),
  )
  .map((spans) => resolveOverlaps(spans, length).units)
const team = fc.array(someUnits, { minLength: 2, maxLength: 4 })
const alphas = [unitizingAlpha, boundaryAlpha, codedAlpha]

function sum(reviewers: readonly (readonly Unit[])[]): ContinuumSums {
  return sumContinuum(reviewers, { length, categories: 3 }).team
}

/** The same figures by their definition: a category for each character, and every unit compared with every other. */
function sumNaively(reviewers: readonly (readonly Unit[])[]): ContinuumSums {
  const others = reviewers.length - 1
  const categoryAt = (units: readonly Unit[], place: number) =>
    units.find(({ start, end }) => start <= place && place < end)?.category ?? 3
  const sums = {
    categories: 3,
    cells: new Float64Array(16),
    squares: new Float64Array(3),
    sharedSquares: new Float64Array(3),
  }
  reviewers.forEach((mine, i) => {
    reviewers.forEach((theirs, j) => {
      if (i === j) return
      for (let place = 0; place < length; place += 1) {
        const cell = categoryAt(mine, place) * 4 + categoryAt(theirs, place)
        sums.cells[cell] = (sums.cells[cell] ?? 0) + 1 / others
      }
    })
    for (const unit of mine) {
      let overlap = 0
      reviewers.forEach((theirs, j) => {
        if (i === j) return
        for (const { start, end } of theirs)
          overlap += Math.max(0, Math.min(end, unit.end) - Math.max(start, unit.start)) / others
      })
      sums.squares[unit.category] = (sums.squares[unit.category] ?? 0) + (unit.end - unit.start) ** 2
      sums.sharedSquares[unit.category] = (sums.sharedSquares[unit.category] ?? 0) + overlap ** 2
    }
  })
  return sums
}

function expectSame(one: ContinuumSums, other: ContinuumSums): void {
  for (const key of ['cells', 'squares', 'sharedSquares'] as const)
    one[key].forEach((value, place) => expect(value).toBeCloseTo(other[key][place] ?? Number.NaN, 6))
}

describe('laws', () => {
  test('the walk gives what comparing every character gives', () => {
    fc.assert(fc.property(team, (reviewers) => expectSame(sum(reviewers), sumNaively(reviewers))))
  })

  test('the order of reviewers changes nothing', () => {
    fc.assert(fc.property(team, (reviewers) => expectSame(sum(reviewers), sum([...reviewers].reverse()))))
  })

  test('texts concatenated with a boundary between them give the sum of both', () => {
    const two = fc.integer({ min: 2, max: 4 }).chain((count) => {
      const some = fc.array(someUnits, { minLength: count, maxLength: count })
      return fc.tuple(some, some)
    })
    fc.assert(
      fc.property(two, ([first, second]) => {
        const joined = first.map((units, reviewer) => [
          ...units,
          ...(second[reviewer] ?? []).map(({ start, end, category }) => {
            return { start: start + length, end: end + length, category }
          }),
        ])
        const whole = sumContinuum(joined, { length: 2 * length, categories: 3 }).team
        const [one, other] = [sum(first), sum(second)]
        expectSame(whole, {
          categories: 3,
          cells: one.cells.map((cell, place) => cell + (other.cells[place] ?? 0)),
          squares: one.squares.map((square, place) => square + (other.squares[place] ?? 0)),
          sharedSquares: one.sharedSquares.map((square, place) => square + (other.sharedSquares[place] ?? 0)),
        })
      }),
    )
  })

  test('perfect agreement is 1 wherever it is defined, and never is more', () => {
    fc.assert(
      fc.property(someUnits, team, (units, reviewers) => {
        for (const alpha of alphas) {
          const perfect = alpha(sum([units, units, units]))
          if (!Number.isNaN(perfect)) expect(perfect).toBeCloseTo(1, 9)
          const any = alpha(sum(reviewers))
          if (!Number.isNaN(any)) expect(any).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
    )
    expect(unitizingAlpha(sum([units([3, 9, 1]), units([3, 9, 1])]))).toBeCloseTo(1, 12)
  })

  test('a category alone is as if nothing else had been marked', () => {
    fc.assert(
      fc.property(team, fc.integer({ min: 0, max: 2 }), (reviewers, category) => {
        const alone = reviewers.map((own) => own.filter((unit) => unit.category === category))
        const one = oneCategoryAlpha(sum(reviewers), category)
        const other = boundaryAlpha(sum(alone))
        expect(Number.isNaN(one)).toBe(Number.isNaN(other))
        if (!Number.isNaN(one)) expect(one).toBeCloseTo(other, 9)
      }),
    )
  })

  test('the sums of two among several are those of the two alone', () => {
    fc.assert(
      fc.property(team, (reviewers) => {
        const { pairs } = sumContinuum(reviewers, { length, categories: 3 })
        reviewers.forEach((first, i) =>
          reviewers.forEach((second, j) => {
            const found = pairs[pairPlace(i, j, reviewers.length)]
            if (i >= j || found === undefined) return
            const alone = sum([first, second])
            const both = found.cells.map(
              (cell, place) => cell + (found.cells[(place % 4) * 4 + Math.floor(place / 4)] ?? 0),
            )
            expectSame({ ...found, cells: both }, alone)
          }),
        )
      }),
    )
  })
})

describe('undefined', () => {
  test('nobody marked anything, or everyone everything', () => {
    for (const reviewers of [
      [[], []],
      [units([0, length, 1]), units([0, length, 1])],
    ])
      expect([unitizingAlpha(sum(reviewers)), boundaryAlpha(sum(reviewers))]).toEqual([Number.NaN, Number.NaN])
    expect(codedAlpha(sum([units([0, 5, 1]), units([5, 9, 1])]))).toBeNaN()
  })
})

describe('resolveOverlaps', () => {
  const span = (id: string, start: number, end: number, category = 0) => ({ id, start, end, category })
  const none = { cut: 0, divided: 0, covered: 0, outside: 0 }
  test.each([
    [
      'nothing to do',
      [span('a', 0, 4), span('b', 4, 9)],
      [
        [0, 4],
        [4, 9],
      ],
      none,
    ],
    [
      'the longer is cut',
      [span('a', 0, 10), span('b', 8, 12, 1)],
      [
        [0, 8],
        [8, 12],
      ],
      { ...none, cut: 1 },
    ],
    [
      'the longer is divided',
      [span('a', 0, 10), span('b', 4, 6, 1)],
      [
        [0, 4],
        [4, 6],
        [6, 10],
      ],
      { ...none, divided: 1 },
    ],
    ['of two equals the smaller id stays', [span('b', 2, 5, 1), span('a', 2, 5)], [[2, 5]], { ...none, covered: 1 }],
    ['outside the text', [span('a', 3, 3), span('b', 38, 41), span('c', -1, 4)], [], { ...none, outside: 3 }],
  ])('%s', (_, spans, expected, changes) => {
    const resolved = resolveOverlaps(spans, length)
    expect(resolved.units.map(({ start, end }) => [start, end])).toEqual(expected)
    expect(resolved.changes).toEqual(changes)
  })

  test('covers the same text without overlap, regardless of the order', () => {
    const spans = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 2 })))
      .map((rows) =>
        rows.map(([start, size, category], place) =>
          span(String(place), start, Math.min(length, start + size), category),
        ),
      )
    fc.assert(
      fc.property(spans, (given) => {
        const { units: resolved } = resolveOverlaps(given, length)
        expect(resolveOverlaps([...given].reverse(), length).units).toEqual(resolved)
        resolved.forEach((unit, place) => expect(unit.start).toBeGreaterThanOrEqual(resolved[place - 1]?.end ?? 0))
        for (let place = 0; place < length; place += 1) {
          const holds = ({ start, end }: { start: number; end: number }) => start <= place && place < end
          expect(resolved.some(holds)).toBe(given.some(holds))
        }
      }),
    )
  })
})
