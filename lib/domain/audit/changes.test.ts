import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesOf, isSameJson } from './changes'

describe('changesOf', () => {
  const row = { name: 'a', tags: ['x'], note: '' }
  it.each([
    ['nothing', {}, null],
    ['the same', { name: 'a', tags: ['x'] }, null],
    ['undefined', { name: undefined }, null],
    ['one part', { name: 'b', note: '' }, { before: { name: 'a' }, after: { name: 'b' } }],
    ['a list', { tags: [] }, { before: { tags: ['x'] }, after: { tags: [] } }],
  ])('of %s', (_name, patch, changes) => {
    expect(changesOf(row, patch)).toEqual(changes)
  })
})

describe('isSameJson', () => {
  it('agrees with itself after a round trip, and not with more', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const copy: unknown = JSON.parse(JSON.stringify(value))
        // -0 becomes 0 on the way.
        fc.pre(JSON.stringify(copy) === JSON.stringify(value) && !JSON.stringify(value).includes('-0'))
        expect(isSameJson(copy, JSON.parse(JSON.stringify(value)))).toBe(true)
        expect(isSameJson([copy], [copy, null])).toBe(false)
        expect(isSameJson({ a: copy }, { b: copy })).toBe(false)
      }),
    )
  })
  it('ignores the order of keys', () => {
    expect(isSameJson({ a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 })).toBe(true)
  })
  it('tells a list from an object', () => {
    expect(isSameJson([], {})).toBe(false)
  })
})
