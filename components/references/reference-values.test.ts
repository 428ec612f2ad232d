import { describe, expect, it } from 'vitest'
import { cslSchema, type Csl } from '@/lib/domain/references/schema'
import {
  cslOfValues,
  emptyReference,
  keptTextOf,
  valuesOfFile,
  errorsOfFields,
  problemsOf,
  referenceTypeNames,
  valuesOfReference,
  type ReferenceValues,
} from './reference-values'

const whole: Csl = {
  type: 'report',
  title: 'Harbour accounts',
  author: [{ family: 'Holt', given: 'Anders' }, { literal: 'Harbour board' }],
  'container-title': 'Papers of the board',
  publisher: 'Norrvik',
  issued: { 'date-parts': [[2024, 3, 9]] },
  page: '12',
  DOI: '10.1000/182',
  URL: 'https://example.org/a',
  volume: '7',
  note: 'kept',
}

describe('a reference in its form', () => {
  it('comes out as it went in, with what the form does not show', () => {
    expect(cslOfValues(valuesOfReference({ csl: whole, snapshotText: null, snapshotFile: null }), whole)).toEqual(whole)
  })

  it.each<[string, Partial<ReferenceValues>, Partial<Csl>]>([
    [
      'a person and an organisation',
      { authors: 'Holt, Anders\n\n World Bank ' },
      { author: [{ family: 'Holt', given: 'Anders' }, { literal: 'World Bank' }] },
    ],
    [
      'a name with two commas stays whole',
      { authors: 'King, Martin Luther, Jr.' },
      { author: [{ literal: 'King, Martin Luther, Jr.' }] },
    ],
    ['a year', { issued: '2024' }, { issued: { 'date-parts': [[2024]] } }],
    ['a month', { issued: '2024-03' }, { issued: { 'date-parts': [[2024, 3]] } }],
    ['a DOI with its resolver', { doi: 'https://doi.org/10.1000/ABC' }, { DOI: '10.1000/abc' }],
  ])('%s', (_name, part, expected) => {
    const csl = cslOfValues({ ...emptyReference, title: 'T', ...part })
    expect(csl).toMatchObject(expected)
    expect(cslSchema.safeParse(csl).success).toBe(true)
  })

  it('leaves out what is empty', () => {
    expect(cslOfValues({ ...emptyReference, title: ' T ' })).toEqual({ type: 'webpage', title: 'T' })
  })

  it('drops what was emptied', () => {
    expect(
      cslOfValues(
        { ...valuesOfReference({ csl: whole, snapshotText: null, snapshotFile: null }), publisher: '', authors: '' },
        whole,
      ),
    ).not.toHaveProperty('publisher')
  })

  it('takes over from a file what nobody has written yet, and its text with its pages', () => {
    const file = {
      name: 'log.pdf',
      mediaType: 'application/pdf',
      sha256: 'a'.repeat(64),
      pages: [{ start: 0, label: '1' }],
    }
    const read = {
      text: 'Tides rise.',
      file,
      title: 'Log',
      author: 'Kaja Olsen',
      publishedOn: null,
      language: 'en',
      notices: [],
    }
    const values = { ...emptyReference, title: 'Harbour log' }
    expect(valuesOfFile(values, read)).toEqual({
      snapshotText: 'Tides rise.',
      snapshotFile: file,
      authors: 'Kaja Olsen',
      issued: '',
    })
    expect(keptTextOf({ ...values, snapshotFile: file })).toEqual({ snapshotText: null, snapshotFile: null })
  })

  it('names every type the schema knows', () => {
    expect(Object.keys(referenceTypeNames).sort()).toEqual([...cslSchema.shape.type.options].sort())
  })
})

describe('problems', () => {
  it.each<[string, Partial<ReferenceValues>, (keyof ReferenceValues)[]]>([
    ['nothing wrong', { title: 'T' }, []],
    ['no title', { title: '  ' }, ['title']],
    ['a date in words', { title: 'T', issued: 'March 2024' }, ['issued']],
    ['a day that is not', { title: 'T', issued: '2023-02-29' }, ['issued']],
    ['a leap day', { title: 'T', issued: '2024-02-29' }, []],
    ['a thirteenth month', { title: 'T', issued: '2024-13' }, ['issued']],
    ['an address without its scheme', { title: 'T', url: 'example.org' }, ['url']],
    ['a script as an address', { title: 'T', url: 'javascript:alert(1)' }, ['url']],
    ['an invalid DOI', { title: 'T', doi: 'ten' }, ['doi']],
  ])('%s', (_name, part, expected) => {
    expect(Object.keys(problemsOf({ ...emptyReference, ...part }))).toEqual(expected)
  })

  it('sorts the server’s refusals to their fields', () => {
    expect(
      errorsOfFields([
        { path: 'csl.author.0.family', message: 'a' },
        { path: 'snapshotText', message: 'b' },
        { path: 'elsewhere', message: 'c' },
      ]),
    ).toEqual({ authors: 'a', snapshotText: 'b' })
  })
})
