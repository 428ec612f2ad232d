import { describe, expect, test } from 'vitest'
import { markDifferences, numbersIn } from './mark-differences'

/** The marked words of a claim and of its quotes. */
function marked(claim: string, ...quotes: string[]): string[][] {
  const found = markDifferences(claim, quotes)
  return [
    found.claim.map(({ start, end }) => claim.slice(start, end)),
    ...found.quotes.map((ranges, place) => ranges.map(({ start, end }) => (quotes[place] ?? '').slice(start, end))),
  ]
}

describe('numbersIn', () => {
  test.each<[string, [number, string][]]>([
    [
      '40,000 cars, 40 000 cars, 40.000 cars',
      [
        [40_000, 'quantity'],
        [40_000, 'quantity'],
        [40_000, 'quantity'],
      ],
    ],
    [
      '27.4 and 0.125 and 1,5',
      [
        [27.4, 'quantity'],
        [0.125, 'quantity'],
        [1.5, 'quantity'],
      ],
    ],
    [
      '48 million crowns, two thousand boats',
      [
        [48e6, 'quantity'],
        [2000, 'quantity'],
      ],
    ],
    [
      'fourteen times, twenty-one boats, twice',
      [
        [14, 'quantity'],
        [21, 'quantity'],
        [2, 'quantity'],
      ],
    ],
    [
      '5 %, 7.9 percent and 8 per cent',
      [
        [5, 'percent'],
        [7.9, 'percent'],
        [8, 'percent'],
      ],
    ],
    [
      '14 March 1974, within two years',
      [
        [14, 'day'],
        [1974, 'year'],
        [2, 'time'],
      ],
    ],
    [
      '۴۰٬۰۰۰ خودرو, ٣١, ４２',
      [
        [40_000, 'quantity'],
        [31, 'quantity'],
        [42, 'quantity'],
      ],
    ],
    [
      'in 2023 400 people',
      [
        [2023, 'year'],
        [400, 'quantity'],
      ],
    ],
    ['the B12, one of them, a none', []],
  ])('reads %s', (text, expected) => {
    expect(numbersIn(text).map(({ value, kind }) => [value, kind])).toEqual(expected)
  })
})

describe('markDifferences', () => {
  test.each<[string, string[], string[][]]>([
    [
      'Last year the bridge carried more than 40,000 cars a day.',
      ['In 2024 the bridge carried a daily mean of 27,400 cars.'],
      [['40,000'], ['27,400']],
    ],
    [
      'The council voted fourteen times.',
      ['The council voted 11 times, and 3 times for testing.'],
      [['fourteen'], ['11', '3']],
    ],
    ['It cost 48 million in 1998.', ['Cost: 48,000,000 in 1999.'], [['1998'], ['1999']]],
    ['It cost 48 million.', ['It cost 48,000,000 in all.'], [[], []]],
    // Only the claim gives a year: that contradicts nothing.
    ['In 2019 the quay was sold.', ['The quay was never for sale.'], [[], []]],
    [
      'The ferry was closed after the storm.',
      ['The ferry was kept open after the storm.'],
      [['closed'], ['kept', 'open']],
    ],
    [
      'The study of Adele Winther was paid by Norrvik University.',
      ['Paid by Sundhamn University. The study: Karl Lind, and others of the shore institute.'],
      [
        ['Adele', 'Winther', 'Norrvik'],
        ['Sundhamn', 'Karl', 'Lind'],
      ],
    ],
    ['Nobody has been hurt there.', ['Two men drowned in the lock.'], [[], []]],
    ['', ['Something.'], [[], []]],
  ])('marks in %s', (claim, quotes, expected) => {
    expect(marked(claim, ...quotes)).toEqual(expected)
  })

  test('a number that any of the quotes has is no difference', () => {
    expect(marked('It took 9 years and 12 ships.', 'It took 9 years.', 'With 14 ships.')).toEqual([['12'], [], ['14']])
  })

  test('marks nothing by words in passages too long to compare', () => {
    const long = Array.from({ length: 3000 }, (_, place) => `word${String(place)}`).join(' ')
    expect(marked(long, long.replace('word7 ', 'other '))).toEqual([[], []])
  })
})

test('numbers are compared with those of the same things, though the texts share others', () => {
  const claim = 'Its light stands 44 metres above the sea and can be seen for 19 nautical miles.'
  expect(marked(claim, 'Range 17 nautical miles (reduced from 19 in 2021).')).toEqual([['19'], ['17']])
})
