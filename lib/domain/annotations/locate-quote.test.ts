import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { locateQuote } from './locate-quote'

const cases: [name: string, snapshot: string, quote: string, found: string | null][] = [
  ['word for word', 'The rate fell by 3 %.', 'fell by', 'fell by'],
  ['with spaces around the quote', 'The rate fell.', '  rate ', 'rate'],
  ['across a line end', 'The rate\n   fell by\u00a03 %.', 'rate fell by 3 %', 'rate\n   fell by\u00a03 %'],
  ['at the very start after white space', ' \n\tThe  rate', 'The rate', 'The  rate'],
  ['at the very end', 'x  The  rate', 'The rate', 'The  rate'],
  ['with characters outside the basic plane', 'a 🐟\n\n🐟 b', '🐟 🐟', '🐟\n\n🐟'],
  ['not when the words differ', 'The rate rose.', 'The rate fell.', null],
  ['not when the case differs', 'The rate', 'the rate', null],
  ['not for an empty quote', 'The rate', '', null],
  ['not for white space', 'The rate', ' \n', null],
  ['not in an empty text', '', 'a', null],
]

describe('locateQuote', () => {
  it.each(cases)('finds a quote %s', (_name, snapshot, quote, found) => {
    const place = locateQuote(snapshot, quote)
    expect(place === null ? null : snapshot.slice(place.start, place.end)).toBe(found)
  })

  it('finds every slice again whatever its white space becomes', () => {
    const word = fc.stringMatching(/^[a-z🐟é]{1,4}$/u)
    const space = fc.constantFrom(' ', '\n', '  ', '\t\n ', '\u00a0')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 8 }),
        fc.array(space, { minLength: 8, maxLength: 8 }),
        (parts, others) => {
          const snapshot = parts.map(([letters, gap]) => letters + gap).join('')
          const quote = parts.map(([letters], place) => letters + (others[place] ?? ' ')).join('')
          const place = locateQuote(snapshot, quote)
          expect(place).not.toBeNull()
          if (place === null) return
          expect(snapshot.slice(place.start, place.end).split(/\s+/)).toEqual(quote.trim().split(/\s+/))
        },
      ),
    )
  })
})
