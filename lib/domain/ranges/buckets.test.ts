import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketSpans } from './buckets'

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
