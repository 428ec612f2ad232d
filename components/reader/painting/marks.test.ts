import { describe, expect, it } from 'vitest'
import type { Rating } from '@/lib/domain/annotations/rating'
import fc from 'fast-check'
import { cutOut, drawMarks, MarkStore } from './marks'
import type { ReaderAnnotation } from '../types'

const mark = (...[start, end, rating, own = true]: [number, number, Rating, boolean?]): ReaderAnnotation => ({
  id: `${String(start)}-${String(end)}-${rating}`,
  start,
  end,
  rating,
  authorId: 'u',
  own,
  missing: null,
})

describe('drawMarks', () => {
  const cases = [
    { name: 'one mark', marks: [mark(2, 6, 'sourced')], drawn: ['sm-sourced-own-1 2-6'] },
    { name: "another reviewer's mark", marks: [mark(2, 6, 'unsourced', false)], drawn: ['sm-unsourced-other-1 2-6'] },
    { name: 'the window cuts', marks: [mark(-5, 500, 'sourced')], drawn: ['sm-sourced-own-1 0-100'] },
    {
      name: 'two of one rating darken',
      marks: [mark(0, 9, 'sourced'), mark(3, 6, 'sourced')],
      drawn: ['sm-sourced-own-1 0-3', 'sm-sourced-own-2 3-6', 'sm-sourced-own-1 6-9'],
    },
    {
      name: 'two ratings draw two lines',
      marks: [mark(0, 9, 'contradicted'), mark(3, 6, 'sourced')],
      drawn: [
        'sm-contradicted-own-1 0-3',
        'sm-sourced-own-2 3-6',
        'sm-contradicted-second 3-6',
        'sm-contradicted-own-1 6-9',
      ],
    },
    {
      name: 'the worst of several lies beneath',
      marks: [mark(0, 4, 'sourced'), mark(0, 5, 'not_checkable'), mark(0, 6, 'contradicted')],
      drawn: [
        'sm-sourced-own-3 0-4',
        'sm-contradicted-second 0-5',
        'sm-not_checkable-own-2 4-5',
        'sm-contradicted-own-1 5-6',
      ],
    },
    {
      name: 'own marks lie over shorter ones of others',
      marks: [mark(0, 9, 'sourced'), mark(3, 6, 'unsourced', false)],
      drawn: ['sm-sourced-own-1 0-3', 'sm-sourced-own-2 3-6', 'sm-unsourced-second 3-6', 'sm-sourced-own-1 6-9'],
    },
    {
      name: 'touching pieces that look alike become one',
      marks: [mark(0, 4, 'sourced'), mark(4, 9, 'sourced')],
      drawn: ['sm-sourced-own-1 0-9'],
    },
  ]
  it.each(cases)('$name', ({ marks, drawn }) => {
    expect(
      drawMarks(marks, { start: 0, end: 100 }).map(({ name, start, end }) => `${name} ${String(start)}-${String(end)}`),
    ).toEqual(drawn)
  })
})

describe('cutOut', () => {
  it('redrawing a part gives at every place what drawing all anew gives', () => {
    const span = fc.tuple(
      fc.nat(80),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('sourced', 'unsourced', 'contradicted', 'not_checkable'),
      fc.boolean(),
    )
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), span, (spans, extra) => {
        const window = { start: 0, end: 90 }
        const marks = spans.map(([start, length, rating, own]) => mark(start, start + length, rating, own))
        const [start, length, rating, own] = extra
        const added = mark(start, Math.min(90, start + length), rating, own)
        const all = [...marks, added]
        const before = drawMarks(marks, window)
        const kept = cutOut(before, added)
        const redrawn = [...kept, ...drawMarks(all, added)]
        const at = (pieces: { name: string; start: number; end: number }[]) =>
          Array.from({ length: 90 }, (_, place) =>
            pieces
              .filter((piece) => piece.start <= place && place < piece.end)
              .map((piece) => piece.name)
              .sort()
              .join(),
          )
        expect(at(redrawn)).toEqual(at(drawMarks(all, window)))
        for (const piece of before)
          if (piece.end <= added.start || piece.start >= added.end) expect(kept).toContain(piece)
      }),
    )
  })
})

function numbered(id: number, start: number, length: number): ReaderAnnotation {
  return {
    id: `a${String(id)}`,
    start,
    end: start + length,
    rating: 'sourced',
    authorId: 'u',
    own: true,
    missing: null,
  }
}
const numberedLists = fc.uniqueArray(fc.tuple(fc.nat(40), fc.nat(100), fc.integer({ min: 1, max: 20 })), {
  selector: ([id]) => id,
  maxLength: 40,
})

describe('MarkStore', () => {
  it('holds exactly the last list, regardless of the lists before, and names a range around every change', () => {
    const change = fc.tuple(numberedLists, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (lists) => {
        const store = new MarkStore()
        let before: ReaderAnnotation[] = []
        for (const [tuples, keep] of lists) {
          // Some marks stay the same objects, as when a parent changes one of many.
          const next = [...before.filter((_, at) => keep[at] === true)]
          for (const [id, start, length] of tuples)
            if (!next.some((known) => known.id === `a${String(id)}`)) next.push(numbered(id, start, length))
          const changed = store.update(next)
          const covering = (list: ReaderAnnotation[], at: number) =>
            list.filter((item) => item.start <= at && at < item.end)
          const places = Array.from({ length: 125 }, (_, at) => at)
          const ids = (found: ReaderAnnotation[]) =>
            found
              .map(({ id }) => id)
              .sort()
              .join()
          expect(places.map((at) => ids(store.at(at)))).toEqual(places.map((at) => ids(covering(next, at))))
          const moved = places.filter((at) => {
            const now = covering(next, at)
            return covering(before, at).length !== now.length || !now.every((item) => before.includes(item))
          })
          expect(moved.filter((at) => changed === null || at < changed.start || at >= changed.end)).toEqual([])
          before = next
        }
      }),
      { numRuns: 60 },
    )
  })

  it('answers null when nothing changed', () => {
    const store = new MarkStore()
    const list = [numbered(1, 2, 3)]
    store.update(list)
    expect(store.update([...list])).toBeNull()
  })

  it('puts own and shorter marks first', () => {
    const store = new MarkStore()
    store.update([numbered(1, 0, 9), { ...numbered(2, 0, 2), own: false }, numbered(3, 1, 4)])
    expect(store.at(1).map(({ id }) => id)).toEqual(['a3', 'a1', 'a2'])
  })
})
