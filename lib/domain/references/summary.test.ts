import { describe, expect, it } from 'vitest'
import { cslSchema, type Csl } from './schema'
import { normaliseDoi, summariseCsl } from './summary'

const cases: [name: string, csl: Csl, shown: Record<string, string>][] = [
  [
    'a bare title',
    { type: 'webpage', title: 'Tide tables' },
    { author: '', publisher: '', issued: '', doi: '', url: '' },
  ],
  [
    'people and bodies',
    {
      type: 'report',
      title: 'T',
      author: [{ family: 'Olsen', given: 'Kaja' }, { literal: 'Harbour Board' }, { family: 'Wu' }],
    },
    { author: 'Olsen, Kaja; Harbour Board; Wu' },
  ],
  [
    'the container where there is no publisher',
    { type: 'article-journal', title: 'T', 'container-title': 'Annals' },
    { publisher: 'Annals' },
  ],
  [
    'the publisher before the container',
    { type: 'chapter', title: 'T', publisher: 'P', 'container-title': 'C' },
    { publisher: 'P' },
  ],
  ['a whole date', { type: 'book', title: 'T', issued: { 'date-parts': [[2024, 3, 9]] } }, { issued: '2024-03-09' }],
  ['a year alone', { type: 'book', title: 'T', issued: { 'date-parts': [[824]] } }, { issued: '0824' }],
]

describe('summariseCsl', () => {
  it.each(cases)('shows %s', (_name, csl, shown) => {
    expect(summariseCsl(csl)).toMatchObject({ title: csl.title, type: csl.type, ...shown })
  })
})

describe('normaliseDoi', () => {
  it.each([
    ['10.1000/ABC', '10.1000/abc'],
    ['https://doi.org/10.1000/abc', '10.1000/abc'],
    ['http://dx.doi.org/10.1000/abc', '10.1000/abc'],
    [' doi: 10.1000/abc ', '10.1000/abc'],
    ['not a doi', 'not a doi'],
  ])('reads %s', (written, doi) => {
    expect(normaliseDoi(written)).toBe(doi)
  })
})

describe('cslSchema', () => {
  const refused: [name: string, part: Record<string, unknown>][] = [
    ['a day that the month lacks', { issued: { 'date-parts': [[2023, 2, 29]] } }],
    ['a thirteenth month', { issued: { 'date-parts': [[2023, 13]] } }],
    ['an address of another kind', { URL: 'javascript:alert(1)' }],
    ['an address with U+0000', { URL: 'https://example.org/\u0000' }],
    ['an unknown key', { colour: 'red' }],
    ['half a character deep inside', { custom: { a: [{ b: '\ud800' }] } }],
    ['U+0000 in a key', { custom: { 'a\u0000': 1 } }],
    ['a title of white space', { title: '  ' }],
  ]
  it.each(refused)('refuses %s', (_name, part) => {
    expect(cslSchema.safeParse({ type: 'book', title: 'T', ...part }).success).toBe(false)
  })
  it('takes the 29th of February of a leap year', () => {
    expect(cslSchema.safeParse({ type: 'book', title: 'T', issued: { 'date-parts': [[2024, 2, 29]] } }).success).toBe(
      true,
    )
  })
})
