import { describe, expect, it } from 'vitest'
import { documentMetadataSchema } from '@/lib/domain/documents/schema'
import { detailErrorsOf, detailProblems, detailsOf, type DetailValues } from './details'

const fine: DetailValues = { title: 'A title', author: '', publishedOn: '', language: '', url: '' }

describe('details of a document', () => {
  it.each<[string, Partial<DetailValues>, (keyof DetailValues)[]]>([
    ['the least there must be', {}, []],
    ['all of it', { author: 'Ada', publishedOn: '2024-02-29', language: 'pt-BR', url: 'https://example.org/a' }, []],
    ['a blank title', { title: ' ' }, ['title']],
    ['a day that is not', { publishedOn: '2023-02-29' }, ['publishedOn']],
    ['a date in words', { publishedOn: '1 May 2024' }, ['publishedOn']],
    ['a language in words', { language: 'Brazilian Portuguese' }, ['language']],
    ['an address without its scheme', { url: 'example.org' }, ['url']],
    ['a script as an address', { url: 'javascript:alert(1)' }, ['url']],
  ])('%s', (_name, part, expected) => {
    const values = { ...fine, ...part }
    expect(Object.keys(detailProblems(values))).toEqual(expected)
    // The form and the server accept the same values.
    expect(documentMetadataSchema.safeParse(detailsOf(values)).success).toBe(expected.length === 0)
  })

  it('sorts the server’s refusals to their fields', () => {
    expect(
      detailErrorsOf([
        { path: 'overrides.title', message: 'a' },
        { path: 'text', message: 'b' },
      ]),
    ).toEqual({ title: 'a' })
  })
})
