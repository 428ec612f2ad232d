import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IntervalIndex, compareShortestFirst, cutIntoPieces, bucketSpans } from './overlapping-ranges'
import type { TextRange } from './text-range'

const interval = fc
  .record({ start: fc.nat(60), length: fc.integer({ min: -2, max: 25 }) })
  .map(({ start, length }) => ({ start, end: start + length }))
const command = fc.oneof(
  interval.map((item) => ({ do: 'insert' as const, item })),
  fc.nat(80).map((at) => ({ do: 'remove' as const, at })),
)

function findNaively(items: readonly TextRange[], start: number, end: number): TextRange[] {
  return items.filter((item) => item.end > item.start && item.start < end && item.end > start && start < end)
}

/** Whether two lists hold the same objects, in any order. */
function holdSame(found: readonly TextRange[], wanted: readonly TextRange[]): boolean {
  const left = new Set(wanted)
  return found.length === wanted.length && found.every((item) => left.delete(item))
}

function expectSame(index: IntervalIndex<TextRange>, items: readonly TextRange[]) {
  for (let start = -2; start < 90; start += 5)
    for (const end of [start, start + 1, start + 9, start + 200])
      expect(holdSame(index.overlapping(start, end), findNaively(items, start, end))).toBe(true)
  expect(holdSame(index.at(7), findNaively(items, 7, 8))).toBe(true)
}

describe('IntervalIndex', () => {
  it('answers what a plain scan answers, after any sequence of insertions and removals', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 60 }), fc.array(command, { maxLength: 80 }), (initial, commands) => {
        const items: TextRange[] = [...initial]
        const index = new IntervalIndex<TextRange>(initial)
        expectSame(index, items)
        for (const step of commands) {
          if (step.do === 'insert') {
            index.insert(step.item)
            items.push(step.item)
            continue
          }
          const [gone] = items.splice(step.at, 1)
          if (gone === undefined) continue
          expect(index.remove(gone)).toBe(gone.end > gone.start)
          expect(index.remove(gone)).toBe(false)
        }
        expectSame(index, items)
      }),
      { numRuns: 60 },
    )
  })

  it('answers what a plain scan answers where spans are as long as the text and reach over the borders of bins', () => {
    const length = fc.oneof(fc.nat(90), fc.nat(5000), fc.nat(300_000))
    const span = fc
      .record({ start: fc.nat(300_000), length })
      .map(({ start, length: long }) => ({ start, end: start + long }))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 200 }), fc.array(span, { maxLength: 20 }), (items, asked) => {
        const index = new IntervalIndex<TextRange>(items)
        for (const { start, end } of asked)
          expect(holdSame(index.overlapping(start, end), findNaively(items, start, end))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('tells equal spans apart', () => {
    const [one, other] = [
      { start: 3, end: 9 },
      { start: 3, end: 9 },
    ]
    const index = new IntervalIndex<TextRange>([one, other])
    expect(index.remove(one)).toBe(true)
    expect(index.at(4)).toEqual([other])
    expect(index.at(4)[0]).toBe(other)
  })

  it('looks at few spans however many there are', () => {
    let looks = 0
    const index = new IntervalIndex<TextRange>(
      Array.from({ length: 20_000 }, (_, at) => ({
        end: at * 10 + 30,
        get start() {
          looks += 1
          return at * 10
        },
      })),
    )
    looks = 0
    expect(index.overlapping(100_000, 100_200)).toHaveLength(22)
    expect(looks).toBeLessThan(240)
  })
})

const span = fc
  .record({ start: fc.nat(40), length: fc.integer({ min: 0, max: 15 }) })
  .map(({ start, length }) => ({ start, end: start + length }))
const spans = fc
  .array(span, { maxLength: 12 })
  .map((list) => list.map((item, index) => ({ id: String(index), ...item })))

type Span = { id: string; start: number; end: number }

const byStart = (a: Span, b: Span) => a.start - b.start || Number(a.id) - Number(b.id)

function cut(list: Span[], start: number, end: number) {
  const pieces: { start: number; end: number; spans: Span[] }[] = []
  cutIntoPieces({ spans: list, start, end, compare: byStart }, (from, to, open) => {
    pieces.push({ start: from, end: to, spans: [...open] })
  })
  return pieces
}

describe('cutIntoPieces', () => {
  it('covers each place by exactly the spans that stand over it, and splits nowhere else', () => {
    fc.assert(
      fc.property(spans, fc.nat(30), fc.nat(40), (list, start, length) => {
        const end = start + length
        const pieces = cut(list, start, end)
        for (let at = -1; at < 70; at++) {
          const wanted =
            at >= start && at < end
              ? list
                  .filter((item) => item.start <= at && at < item.end)
                  .map((item) => item.id)
                  .sort()
              : []
          const covering = pieces.filter((piece) => piece.start <= at && at < piece.end)
          expect(covering.length).toBe(wanted.length > 0 ? 1 : 0)
          expect((covering[0]?.spans ?? []).map((item) => item.id).sort()).toEqual(wanted)
        }
        for (const [index, piece] of pieces.entries()) {
          expect(piece.start).toBeLessThan(piece.end)
          expect(piece.spans.map((item) => item.start)).toEqual(
            piece.spans.map((item) => item.start).sort((a, b) => a - b),
          )
          const before = pieces[index - 1]
          if (before?.end === piece.start) expect(before.spans).not.toEqual(piece.spans)
        }
      }),
    )
  })

  const cases = [
    { name: 'nothing', given: [], wanted: [] },
    { name: 'one span', given: [[2, 5]], wanted: ['2-5:0'] },
    {
      name: 'one inside another',
      given: [
        [0, 9],
        [3, 5],
      ],
      wanted: ['0-3:0', '3-5:0,1', '5-9:0'],
    },
    {
      name: 'equal spans stay one piece',
      given: [
        [1, 4],
        [1, 4],
      ],
      wanted: ['1-4:0,1'],
    },
    {
      name: 'touching spans do not overlap',
      given: [
        [0, 3],
        [3, 6],
      ],
      wanted: ['0-3:0', '3-6:1'],
    },
  ]
  it.each(cases)('cuts: $name', ({ given, wanted }) => {
    const list = given.map(([start = 0, end = 0], index) => ({ id: String(index), start, end }))
    const pieces = cut(list, 0, 100)
    expect(
      pieces.map((piece) => `${String(piece.start)}-${String(piece.end)}:${piece.spans.map((item) => item.id).join()}`),
    ).toEqual(wanted)
  })
})

describe('compareShortestFirst', () => {
  it('puts the shorter on top, then the later, then goes by id, so that the order is always the same', () => {
    const list = [
      { id: 'b', start: 0, end: 4 },
      { id: 'a', start: 0, end: 4 },
      { id: 'c', start: 2, end: 6 },
      { id: 'd', start: 0, end: 2 },
    ]
    expect(
      [...list]
        .sort(compareShortestFirst)
        .map((item) => item.id)
        .join(''),
    ).toBe('dcab')
    expect(
      [...list]
        .reverse()
        .sort(compareShortestFirst)
        .map((item) => item.id)
        .join(''),
    ).toBe('dcab')
  })
})

describe('bucketSpans', () => {
  const cases = [
    { name: 'nothing', spans: [], length: 100, count: 10, runs: [] },
    { name: 'an empty text', spans: [{ start: 0, end: 1 }], length: 0, count: 10, runs: [] },
    {
      name: 'a short span still shows',
      spans: [{ start: 55, end: 56 }],
      length: 100,
      count: 10,
      runs: [{ from: 5, to: 6 }],
    },
    {
      name: 'neighbours join',
      spans: [
        { start: 0, end: 10 },
        { start: 10, end: 25 },
      ],
      length: 100,
      count: 10,
      runs: [{ from: 0, to: 3 }],
    },
    {
      name: 'the last code unit',
      spans: [{ start: 99, end: 100 }],
      length: 100,
      count: 10,
      runs: [{ from: 9, to: 10 }],
    },
    {
      name: 'outside is clipped',
      spans: [
        { start: -5, end: 3 },
        { start: 98, end: 400 },
        { start: 200, end: 300 },
      ],
      length: 100,
      count: 10,
      runs: [
        { from: 0, to: 1 },
        { from: 9, to: 10 },
      ],
    },
  ]
  it.each(cases)('$name', ({ spans, length, count, runs }) => {
    expect(bucketSpans({ spans, length, count })).toEqual(runs)
  })

  it('marks every bucket that a span touches, and none that is further than rounding from one', () => {
    const span = fc
      .record({ start: fc.nat(200), size: fc.nat(60) })
      .map(({ start, size }) => ({ start, end: start + size }))
    fc.assert(
      fc.property(
        fc.array(span),
        fc.integer({ min: 1, max: 250 }),
        fc.integer({ min: 1, max: 50 }),
        (spans, length, count) => {
          const runs = bucketSpans({ spans, length, count })
          const width = length / count
          for (let bucket = 0; bucket < count; bucket++) {
            const touched = spans.some(
              (item) =>
                item.end > item.start &&
                item.start < length &&
                item.start < (bucket + 1) * width - 1e-9 &&
                item.end > bucket * width + 1e-9,
            )
            const marked = runs.some((run) => run.from <= bucket && bucket < run.to)
            const near = spans.some(
              (item) =>
                item.end > item.start &&
                item.start < length &&
                item.start < (bucket + 1) * width + 1e-9 &&
                item.end > bucket * width - 1e-9,
            )
            if (touched) expect(marked).toBe(true)
            if (marked) expect(near).toBe(true)
          }
          for (const [index, run] of runs.entries()) {
            expect(run.from).toBeLessThan(run.to)
            expect(run.to).toBeLessThanOrEqual(count)
            expect(run.from).toBeGreaterThan(runs[index - 1]?.to ?? -1)
          }
        },
      ),
    )
  })
})
