import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareShortestFirst, cutIntoPieces } from './pieces'

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
