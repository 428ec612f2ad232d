import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addTags, cleanTag, foldTag, maxTagLength, maxTags } from './tag'
import { tagListSchema } from './schema'

describe('foldTag', () => {
  test.each([
    ['Shipping', 'shipping', true],
    ['  Port   authority ', 'port authority', true],
    ['Straße', 'STRASSE', true],
    ['STRAẞE', 'Strasse', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['ﬁsh', 'Fish', true],
    ['Cafe\u0301', 'café', true],
    ['cafe', 'café', false],
    ['port', 'ports', false],
  ])('%s and %s', (one, other, same) => {
    expect(foldTag(one) === foldTag(other)).toBe(same)
  })

  test('law: cleaning and folding twice change nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(cleanTag(cleanTag(name))).toBe(cleanTag(name))
        expect(foldTag(foldTag(name))).toBe(foldTag(name))
      }),
    )
  })
})

describe('addTags', () => {
  test.each([
    [[], 'Shipping', ['Shipping']],
    [[], ' #b, a\nc ,, ', ['a', 'b', 'c']],
    [['Shipping'], 'SHIPPING', ['Shipping']],
    [['b'], '', ['b']],
  ])('%j and “%s”', (present, typed, expected) => {
    expect(addTags(present, typed)).toEqual(expected)
  })
})

describe('tagListSchema', () => {
  test('keeps a list without repetitions, in order', () => {
    expect(tagListSchema.parse([' b ', 'A', 'B'])).toEqual(['A', 'b'])
  })

  test.each([
    ['an empty tag', ['  ']],
    ['a comma', ['a,b']],
    ['too long', ['x'.repeat(maxTagLength + 1)]],
    ['too many', Array.from({ length: maxTags + 1 }, (_, place) => `tag ${String(place)}`)],
    ['half of a surrogate pair', ['\uD83D']],
    ['NUL', ['a\u0000b']],
  ])('refuses %s', (_, names) => {
    expect(tagListSchema.safeParse(names).success).toBe(false)
  })
})
