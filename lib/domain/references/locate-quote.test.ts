import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TypographicDifference } from '../text/typography'
import { locateQuote, quoteFinder } from './locate-quote'

const cases: [name: string, snapshot: string, quote: string, found: string | null][] = [
  ['word for word', 'The rate fell by 3 %.', 'fell by', 'fell by'],
  ['with spaces around the quote', 'The rate fell.', '  rate ', 'rate'],
  ['across a line end', 'The rate\n   fell by\u00a03 %.', 'rate fell by 3 %', 'rate\n   fell by\u00a03 %'],
  ['at the very start after white space', ' \n\tThe  rate', 'The rate', 'The  rate'],
  ['at the very end', 'x  The  rate', 'The rate', 'The  rate'],
  ['with characters outside the basic plane', 'a 🐟\n\n🐟 b', '🐟 🐟', '🐟\n\n🐟'],
  ['not when the words differ', 'The rate rose.', 'The rate fell.', null],
  ['not for an empty quote', 'The rate', '', null],
  ['not for white space', 'The rate', ' \n', null],
  ['not in an empty text', '', 'a', null],
]

describe('locateQuote', () => {
  it.each(cases)('finds a quote %s', (_name, snapshot, quote, found) => {
    const place = locateQuote(snapshot, quote)
    expect(place === null ? null : snapshot.slice(place.start, place.end)).toBe(found)
  })

  it.each<[string, string, string, string, TypographicDifference[]]>([
    ['an apostrophe', 'So the mayor’s office wrote.', "the mayor's office", 'the mayor’s office', ['quotation-marks']],
    ['quotation marks', 'She said “no”.', 'said "no"', 'said “no”', ['quotation-marks']],
    ['a dash', 'In 1990–95 it fell.', '1990-95', '1990–95', ['dashes']],
    [
      'hyphenation',
      'Die Donau\u00adschiff\u00adfahrt.',
      'Donauschifffahrt',
      'Donau\u00adschiff\u00adfahrt',
      ['hyphenation'],
    ],
    ['a ligature', 'the oﬃce', 'the office', 'the oﬃce', ['letter-forms']],
    ['a decomposed letter', 'cafe\u0301 noir', 'café noir', 'cafe\u0301 noir', ['letter-forms']],
    ['the first letter', 'Prices rose.', 'prices rose', 'Prices rose', ['capitals']],
    [
      'several at once',
      'The Mayor’s 1990–95',
      "the mayor's 1990-95",
      'The Mayor’s 1990–95',
      ['quotation-marks', 'dashes', 'capitals'],
    ],
    ['white space alone', 'five\u00a0million\ntonnes', 'five million tonnes', 'five\u00a0million\ntonnes', []],
    ['nothing', 'the mayor’s', 'the mayor’s', 'the mayor’s', []],
  ])('says what is set differently: %s', (_name, snapshot, quote, found, differences) => {
    const place = locateQuote(snapshot, quote)
    expect(place === null ? null : snapshot.slice(place.start, place.end)).toBe(found)
    expect(place?.differences).toEqual(differences)
  })

  it('prefers a place that is set alike to an earlier one that is not', () => {
    expect(locateQuote("the mayor’s, the mayor's", "mayor's")?.start).toBe(17)
  })

  it('takes the place that the quote was taken from', () => {
    const find = quoteFinder('one ’s two ’s three ’s')
    expect(
      [find('’s', 11), find("'s", 11), find('’s', 5), find('two', 0), find("'s", 99)].map((place) => place?.start),
    ).toEqual([11, 11, 4, 7, 4])
  })

  it('tells other numbers apart', () => {
    expect(locateQuote('3 × 10⁶ tonnes', '3 × 106 tonnes')).toBeNull()
    expect(locateQuote('5½ per cent', '51/2 per cent')).toBeNull()
  })

  it('finds every slice again regardless of its white space', () => {
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
