import fc from 'fast-check'
import { ratings, stances } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { ExportedRevision } from '@/lib/domain/interchange/exported-revision'
import { distinctTags } from '@/lib/domain/tags/tag'

const moment = '2025-03-02T10:15:00.000Z'
const sign = fc.constantFrom('a', 'b', ' ', '\n', "'", '"', ',', ';', '=', '-', '\t', 'é', 'e\u0301', '🐟', '。', '“')
const someText = fc.string({ unit: fc.oneof(sign, fc.constantFrom('\r', '+', '@', '\\')), maxLength: 30 })
const tag = fc
  .string({ unit: fc.constantFrom('a', 'b', '=', "'", '-', 'é', '🐟'), minLength: 1, maxLength: 10 })
  .filter((name) => name.trim() === name)

const citation = fc.record({
  id: fc.uuid({ version: 7 }),
  stance: fc.constantFrom(...stances),
  quote: someText,
  locator: someText,
  quoteStart: fc.option(fc.nat(1000)),
  quoteEnd: fc.constant(null),
  reference: fc.record({
    id: fc.uuid({ version: 7 }),
    type: fc.constant('webpage'),
    title: someText,
    author: fc.constant(''),
    publisher: fc.constant(''),
    issued: fc.constant(''),
    doi: fc.constant(''),
    url: fc.constantFrom('', 'https://register.example/2023?a=b c', 'http://register.example'),
    hasSnapshot: fc.boolean(),
  }),
})

/** A text with annotations in the form that exports take: spans that are more than white space and cut no character in two. */
export const annotated: fc.Arbitrary<{ revision: ExportedRevision; annotations: AnnotationView[] }> = fc
  .record({
    words: fc.array(fc.string({ unit: sign, minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 40 }),
    url: fc.constantFrom('', 'https://gazette.example/a b', 'https://gazette.example/ferry'),
    pages: fc.constantFrom(null, { first: 'iv', last: 'iv' }, { first: '12', last: '13' }),
    marks: fc.array(
      fc.record({
        id: fc.uuid({ version: 7 }),
        at: fc.nat(),
        length: fc.integer({ min: 1, max: 5 }),
        rating: fc.constantFrom(...ratings),
        disputed: fc.boolean(),
        partial: fc.boolean(),
        note: someText,
        tags: fc.array(tag, { maxLength: 3 }),
        citations: fc.array(citation, { maxLength: 3 }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ words, pages, url, marks }) => {
    const text = words.join('')
    const annotations = marks.flatMap(({ at, length, tags, ...rest }): AnnotationView[] => {
      const from = at % words.length
      const start = words.slice(0, from).join('').length
      const exact = words.slice(from, from + length).join('')
      if (exact.trim() === '') return []
      return [
        {
          ...rest,
          revisionId: '01932f6a-7c00-7000-8000-3d5c1f2a9b01',
          author: { id: '01932f6a-7c00-7000-8000-3d5c1f2a9b02', name: 'Ada' },
          start,
          end: start + exact.length,
          exact,
          tags: distinctTags(tags),
          missing: null,
          version: 1,
          createdAt: moment,
          updatedAt: moment,
          may: { update: true, delete: true },
        },
      ]
    })
    const revision = {
      id: '01932f6a-7c00-7000-8000-3d5c1f2a9b01',
      documentId: '01932f6a-7c00-7000-8000-3d5c1f2a9b03',
      title: 'The ferry',
      url,
      text,
      sha256: 'f'.repeat(64),
      createdAt: moment,
      pagesOf: () => pages,
    }
    return { revision, annotations }
  })
