import { describe, expect, it } from 'vitest'
import { findTwins, mergeCsl, mergeTexts } from './merge'
import type { Csl } from './schema'

const page = (id: string, more: Partial<Record<'title' | 'issued' | 'doi' | 'url', string>> = {}) => ({
  id,
  title: `Page ${id}`,
  issued: '',
  doi: '',
  url: '',
  ...more,
})

describe('references that stand twice', () => {
  it.each<[string, ReturnType<typeof page>[], [string, string, string][]]>([
    ['none', [page('a'), page('b')], []],
    ['the same DOI', [page('a', { doi: '10.1/x' }), page('b', { doi: '10.1/x' })], [['a', 'b', 'doi']]],
    [
      'a DOI and its address',
      [page('a', { doi: '10.1234/x' }), page('b', { url: 'https://doi.org/10.1234/X' })],
      [['a', 'b', 'doi']],
    ],
    [
      'an address written twice',
      [page('a', { url: 'https://www.x.example/a/' }), page('b', { url: 'http://x.example/a?utm_source=m' })],
      [['a', 'b', 'address']],
    ],
    [
      'title and date',
      [page('a', { title: 'The  Tides!', issued: '2024' }), page('b', { title: 'the tides', issued: '2024' })],
      [['a', 'b', 'title-and-date']],
    ],
    ['a title without a date is too little', [page('a', { title: 'News' }), page('b', { title: 'News' })], []],
    ['another date', [page('a', { title: 'T', issued: '2024' }), page('b', { title: 'T', issued: '2023' })], []],
    ['no addresses are not the same address', [page('a', { url: '' }), page('b', { url: '' })], []],
    [
      'three alike: each with the first',
      ['a', 'b', 'c'].map((id) => page(id, { url: 'https://x.example/a', doi: '10.1/x' })),
      [
        ['a', 'b', 'doi'],
        ['a', 'c', 'doi'],
      ],
    ],
  ])('%s', (_name, references, expected) => {
    expect(findTwins(references).map(({ one, other, because }) => [one.id, other.id, because])).toEqual(expected)
  })
})

describe('merging fields', () => {
  const kept: Csl = { type: 'webpage', title: 'Tide tables', URL: 'https://tides.example/t' }
  it.each<[string, Partial<Csl>, Partial<Csl>, Partial<Csl>]>([
    ['what the kept one says stays', { publisher: 'A' }, { publisher: 'B' }, { publisher: 'A', title: 'Tide tables' }],
    ['what it lacks is taken', {}, { publisher: 'B', page: '4' }, { publisher: 'B', page: '4' }],
    [
      'what is empty is lacking',
      { publisher: '', author: [] },
      { publisher: 'B', author: [{ literal: 'C' }] },
      { publisher: 'B', author: [{ literal: 'C' }] },
    ],
    [
      'a date that says more',
      { issued: { 'date-parts': [[2024]] } },
      { issued: { 'date-parts': [[2024, 3]] } },
      { issued: { 'date-parts': [[2024, 3]] } },
    ],
    [
      'not one that says another year',
      { issued: { 'date-parts': [[2024]] } },
      { issued: { 'date-parts': [[2023, 3]] } },
      { issued: { 'date-parts': [[2024]] } },
    ],
    ['what imports brought', { custom: { a: 1 } }, { custom: { a: 2, b: 3 } }, { custom: { a: 1, b: 3 } }],
  ])('%s', (_name, one, other, expected) => {
    expect(mergeCsl({ ...kept, ...one }, { ...kept, ...other })).toMatchObject(expected)
  })

  it('takes a written title in place of one that was read from the address', () => {
    const read: Csl = {
      type: 'webpage',
      title: 'Tide tables – tides.example',
      URL: 'https://tides.example/tide-tables',
    }
    expect(mergeCsl(read, { type: 'report', title: 'Tables of tides' })).toMatchObject({
      type: 'report',
      title: 'Tables of tides',
      URL: read.URL,
    })
    expect(mergeCsl({ type: 'report', title: 'Tables of tides' }, read)).toMatchObject({
      type: 'report',
      title: 'Tables of tides',
      URL: read.URL,
    })
  })
})

it.each<[string, string | null, string | null, string | null | false]>([
  ['neither', null, null, null],
  ['the only one', null, 'a', 'a'],
  ['the other only one', 'a', null, 'a'],
  ['the same', 'a b', 'a b', 'a b'],
  ['one inside the other', 'b', 'a b c', 'a b c'],
  ['two that differ', 'a', 'b', false],
])('kept texts: %s', (_name, kept, other, expected) => {
  const merged = mergeTexts(kept, other)
  expect(merged.ok ? merged.text : false).toBe(expected)
})
