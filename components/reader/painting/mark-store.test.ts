import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarkStore } from './mark-store'
import type { ReaderAnnotation } from '../types'

function mark(id: number, start: number, length: number): ReaderAnnotation {
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
const marks = fc.uniqueArray(fc.tuple(fc.nat(40), fc.nat(100), fc.integer({ min: 1, max: 20 })), {
  selector: ([id]) => id,
  maxLength: 40,
})

describe('MarkStore', () => {
  it('holds exactly the last list, regardless of the lists before, and names a range around every change', () => {
    const change = fc.tuple(marks, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (lists) => {
        const store = new MarkStore()
        let before: ReaderAnnotation[] = []
        for (const [tuples, keep] of lists) {
          // Some marks keep their object, as they do when a parent changes one of many.
          const next = [...before.filter((_, at) => keep[at] === true)]
          for (const [id, start, length] of tuples)
            if (!next.some((known) => known.id === `a${String(id)}`)) next.push(mark(id, start, length))
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
    const list = [mark(1, 2, 3)]
    store.update(list)
    expect(store.update([...list])).toBeNull()
  })

  it('puts own and shorter marks first', () => {
    const store = new MarkStore()
    store.update([mark(1, 0, 9), { ...mark(2, 0, 2), own: false }, mark(3, 1, 4)])
    expect(store.at(1).map(({ id }) => id)).toEqual(['a3', 'a1', 'a2'])
  })
})
