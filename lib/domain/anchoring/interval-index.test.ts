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
  for (let start = -2; start < 90; start += 3) {
    for (const end of [start, start + 1, start + 7, start + 200]) {
      const found = index.overlapping(start, end)
      expect(found.map((item) => item.id).sort()).toEqual(findNaively(model.values(), start, end))
      expect(found.map((item) => item.start)).toEqual(found.map((item) => item.start).sort((a, b) => a - b))
    }
    expect(index.at(start).map((item) => item.id).sort()).toEqual(findNaively(model.values(), start, start + 1))
  }
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
      { numRuns: 150 },
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
    const reads = countingReads(100_000)
    expect(reads.asked(500_000, 500_200)).toBeLessThan(120)
  })
})

function treeHeight(index: IntervalIndex<Interval>): number {
  const root: unknown = Reflect.get(index, 'root')
  return typeof root === 'object' && root !== null ? Number(Reflect.get(root, 'height')) : 0
}

/** An index of spans of 30 code units, 10 apart, that counts how many node objects a query touches. */
function countingReads(count: number) {
  const index = new IntervalIndex<Interval>(Array.from({ length: count }, (_, at) => ({ id: String(at), start: at * 10, end: at * 10 + 30 })))
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
