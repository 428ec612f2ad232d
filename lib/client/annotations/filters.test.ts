import { describe, expect, test } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Rating } from '@/lib/domain/annotations/rating'
import {
  filterAnnotations,
  inReadingOrder,
  filtersFromQuery,
  filtersToQuery,
  isFiltering,
  noFilters,
  reviewersOf,
  tagsOf,
  toggled,
} from './filters'

const names = { mina: 'Mina Reyes', anders: 'Anders Holt', zoe: 'Zoe Adler' }
type Given = [id: string, author: keyof typeof names, rating: Rating, more?: Partial<AnnotationView>]

function row(...[id, author, rating, more = {}]: Given): AnnotationView {
  const at = '2025-03-14T09:00:00.000Z'
  const rest = {
    revisionId: 'r',
    start: 0,
    end: 5,
    exact: 'Words',
    disputed: false,
    partial: false,
    note: '',
    tags: [],
    citations: [],
    missing: null,
    version: 1,
  }
  return {
    ...rest,
    id,
    author: { id: author, name: names[author] },
    rating,
    createdAt: at,
    updatedAt: at,
    may: { update: true, delete: true },
    ...more,
  }
}
const rows = [
  row('a', 'mina', 'sourced', { missing: 'supporting-citation' }),
  row('b', 'mina', 'unsourced', { tags: ['Port', 'Ice'], note: 'The mayor’s office' }),
  row('c', 'anders', 'contradicted', { missing: 'contradicting-citation' }),
  row('d', 'zoe', 'sourced', { tags: ['PORT'] }),
]

describe('filterAnnotations', () => {
  test.each([
    ['nothing hidden', noFilters, 'abcd'],
    ['a reviewer hidden', { ...noFilters, hiddenAuthors: new Set(['mina']) }, 'cd'],
    ['a rating hidden', { ...noFilters, hiddenRatings: new Set<Rating>(['sourced']) }, 'bc'],
    ['incomplete only', { ...noFilters, incompleteOnly: true }, 'ac'],
    [
      'all three',
      {
        ...noFilters,
        hiddenAuthors: new Set(['mina']),
        hiddenRatings: new Set<Rating>(['unsourced']),
        incompleteOnly: true,
      },
      'c',
    ],
    ['a tag, however it is written', { ...noFilters, tags: new Set(['port']) }, 'bd'],
    ['words of a note, folded', { ...noFilters, text: " mayor's  " }, 'b'],
    ['words of the passage', { ...noFilters, text: 'WORDS' }, 'abcd'],
    ['words that stand nowhere', { ...noFilters, text: 'harbour' }, ''],
  ])('%s', (_, filters, ids) => {
    expect(
      filterAnnotations(rows, filters)
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids)
    expect(isFiltering(filters)).toBe(filters !== noFilters)
  })
})

test('filters keep through an address', () => {
  const filters = {
    hiddenAuthors: new Set(['mina', 'zoe']),
    hiddenRatings: new Set<Rating>(['sourced', 'not_checkable']),
    incompleteOnly: true,
    tags: new Set(['port', 'ice & snow']),
    text: 'a, b=c',
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filtersToQuery(filters))) if (value !== null) query.set(name, value)
  expect(filtersFromQuery(new URLSearchParams(query.toString()))).toEqual(filters)
  expect(Object.values(filtersToQuery(noFilters))).toEqual([null, null, null, null, null])
  expect(filtersFromQuery(new URLSearchParams('hide=rubbish&lacks=1&revision=x'))).toEqual(noFilters)
})

test('tags are counted once however they are written', () => {
  expect(tagsOf(rows)).toEqual([
    { folded: 'port', name: 'Port', count: 2 },
    { folded: 'ice', name: 'Ice', count: 1 },
  ])
})

test('reading order: by start, the longer first, then the older', () => {
  const spans = [
    row('b', 'mina', 'sourced', { start: 4, end: 6 }),
    row('c', 'mina', 'sourced', { start: 4, end: 6 }),
    row('d', 'mina', 'sourced', { start: 4, end: 9 }),
    row('e', 'mina', 'sourced'),
  ]
  expect(
    inReadingOrder(spans)
      .map(({ id }) => id)
      .join(''),
  ).toBe('edbc')
})

test('reviewers: the person first, then by name, with counts', () => {
  expect(reviewersOf(rows, 'mina')).toEqual([
    { id: 'mina', name: 'Mina Reyes', count: 2 },
    { id: 'anders', name: 'Anders Holt', count: 1 },
    { id: 'zoe', name: 'Zoe Adler', count: 1 },
  ])
})

test('toggling twice changes nothing', () => {
  const set = new Set(['a'])
  expect(toggled(toggled(set, 'b'), 'b')).toEqual(set)
})
