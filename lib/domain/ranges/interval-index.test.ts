import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IntervalIndex, type Interval } from './interval-index'

const interval = fc
  .record({ id: fc.nat(30), start: fc.nat(60), length: fc.integer({ min: -2, max: 25 }) })
  .map(({ id, start, length }): Interval => ({ id: `a${String(id)}`, start, end: start + length }))
const command = fc.oneof(
  interval.map((item) => ({ do: 'insert' as const, item })),
  fc.nat(30).map((id) => ({ do: 'remove' as const, id: `a${String(id)}` })),
)

function findNaively(items: Iterable<Interval>, start: number, end: number): string[] {
  return [...items]
    .filter((item) => item.end > item.start && item.start < end && item.end > start && start < end)
    .map((item) => item.id)
    .sort()
}

function expectSame(index: IntervalIndex<Interval>, model: Map<string, Interval>) {
  expect(index.size).toBe(model.size)
  const asked: [number, number][] = []
  for (let start = -2; start < 90; start += 5)
    asked.push([start, start], [start, start + 1], [start, start + 9], [start, start + 200])
  const found = asked.map(([start, end]) => index.overlapping(start, end))
  expect(found.map((items) => items.map((item) => item.id).sort())).toEqual(
    asked.map(([start, end]) => findNaively(model.values(), start, end)),
  )
  for (const items of found)
    for (let at = 1; at < items.length; at++) expect(items[at - 1]?.start).toBeLessThanOrEqual(items[at]?.start ?? -1)
  expect(
    index
      .at(7)
      .map((item) => item.id)
      .sort(),
  ).toEqual(findNaively(model.values(), 7, 8))
}

describe('IntervalIndex', () => {
  it('answers what a plain scan answers, after any sequence of insertions and removals', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 60 }), fc.array(command, { maxLength: 80 }), (initial, commands) => {
        const model = new Map(initial.map((item) => [item.id, item]))
        const index = new IntervalIndex(initial)
        expectSame(index, model)
        for (const step of commands) {
          if (step.do === 'insert') {
            index.insert(step.item)
            model.set(step.item.id, step.item)
          } else {
            expect(index.remove(step.id)).toBe(model.delete(step.id))
          }
        }
        expectSame(index, model)
        for (const [id, item] of model) expect(index.get(id)).toBe(item)
      }),
      { numRuns: 60 },
    )
  })

  it('stays balanced when spans arrive in text order', () => {
    const index = new IntervalIndex<Interval>()
    for (let count = 0; count < 4096; count++) index.insert({ id: String(count), start: count, end: count + 2 })
    expect(treeHeight(index)).toBeLessThanOrEqual(18)
    for (let count = 0; count < 4000; count++) index.remove(String(count))
    expect(treeHeight(index)).toBeLessThanOrEqual(10)
    expect(index.at(4050).map((item) => item.id)).toEqual(['4049', '4050'])
  })

  it('looks at few nodes however many spans there are', () => {
    const reads = countingReads(20_000)
    expect(reads.asked(100_000, 100_200)).toBeLessThan(120)
  })
})

function treeHeight(index: IntervalIndex<Interval>): number {
  const root: unknown = Reflect.get(index, 'root')
  return typeof root === 'object' && root !== null ? Number(Reflect.get(root, 'height')) : 0
}

/** An index of spans of 30 code units, 10 apart, that counts how many node objects a query touches. */
function countingReads(count: number) {
  const index = new IntervalIndex<Interval>(
    Array.from({ length: count }, (_, at) => ({ id: String(at), start: at * 10, end: at * 10 + 30 })),
  )
  let reads = 0
  const watch = (node: unknown): void => {
    const pending: unknown[] = [node]
    for (let next = pending.pop(); typeof next === 'object' && next !== null; next = pending.pop()) {
      const greatest: unknown = Reflect.get(next, 'greatestEnd')
      Object.defineProperty(next, 'greatestEnd', {
        get: () => {
          reads += 1
          return greatest
        },
      })
      for (const side of ['left', 'right']) if (Reflect.get(next, side) !== null) pending.push(Reflect.get(next, side))
    }
  }
  watch(Reflect.get(index, 'root'))
  return {
    asked(start: number, end: number) {
      reads = 0
      expect(index.overlapping(start, end).length).toBeGreaterThan(0)
      return reads
    },
  }
}
