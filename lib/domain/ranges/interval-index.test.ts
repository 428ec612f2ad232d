import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IntervalIndex } from './interval-index'
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
