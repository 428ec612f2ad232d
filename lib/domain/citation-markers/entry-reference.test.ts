import { expect, test } from 'vitest'
import { referenceOfEntry, referenceOfLink } from './entry-reference'

test.each([
  {
    name: 'words alone are the title',
    given: { words: 'Pier report, 1974.', addresses: [] },
    is: { identifier: null, title: 'Pier report, 1974.' },
  },
  {
    name: 'a link',
    given: { words: '“Pier report”. The Coastal Herald.', addresses: ['https://herald.example/piers'] },
    is: {
      identifier: { kind: 'address', url: 'https://herald.example/piers' },
      title: '“Pier report”. The Coastal Herald.',
    },
  },
  {
    name: 'a DOI before an address, wherever they stand',
    given: { words: 'On piers. doi:10.1234/ABC.', addresses: ['https://herald.example/piers'] },
    is: { identifier: { kind: 'doi', doi: '10.1234/abc' }, title: 'On piers. doi:10.1234/ABC.' },
  },
  {
    name: 'a DOI in a link, behind another link',
    given: { words: 'On piers.', addresses: ['https://herald.example/piers', 'https://doi.org/10.1234/ABC'] },
    is: { identifier: { kind: 'doi', doi: '10.1234/abc' }, title: 'On piers.' },
  },
  {
    name: 'a written address is not part of the title',
    given: { words: 'Pier report https://herald.example/piers', addresses: [] },
    is: { identifier: { kind: 'address', url: 'https://herald.example/piers' }, title: 'Pier report' },
  },
  {
    name: 'an address alone gives the title itself',
    given: { words: 'https://herald.example/pier-report', addresses: [] },
    is: {
      identifier: { kind: 'address', url: 'https://herald.example/pier-report' },
      title: 'Pier report – herald.example',
    },
  },
])('$name', ({ given, is }) => {
  expect(referenceOfEntry(given)).toEqual(is)
})

test.each([
  {
    name: 'the words of its sentence are not the title',
    given: { words: 'said on Tuesday', addresses: ['https://herald.example/pier-report'] },
    is: {
      identifier: { kind: 'address', url: 'https://herald.example/pier-report' },
      title: 'Pier report – herald.example',
    },
  },
  {
    name: 'a resolver names a DOI',
    given: { words: 'a study', addresses: ['https://doi.org/10.1234/ABC'] },
    is: { identifier: { kind: 'doi', doi: '10.1234/abc' }, title: 'DOI 10.1234/abc' },
  },
])('a link: $name', ({ given, is }) => {
  expect(referenceOfLink(given)).toEqual(is)
})
