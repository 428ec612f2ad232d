import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ratings, stances } from '../annotations/rating'
import { describeIncomplete, findIncomplete, type AnnotationToCheck, type WorkToCheck } from './completeness'

const strict: WorkToCheck['protocol'] = {
  requireSentenceDecisions: true,
  requireQuotes: true,
  requireSearchNote: true,
}
const lax: WorkToCheck['protocol'] = {
  requireSentenceDecisions: false,
  requireQuotes: false,
  requireSearchNote: false,
}
const sentences = [
  { start: 0, end: 25 },
  { start: 26, end: 54 },
]
const quoted = (stance: 'supports' | 'contradicts' | 'mentions') => ({ stance, quote: 'as the log says' })

function annotate(given: Partial<AnnotationToCheck>): AnnotationToCheck {
  return { id: 'a', start: 0, end: 10, rating: 'sourced', note: '', citations: [], ...given }
}

type Case = [string, Partial<AnnotationToCheck>, WorkToCheck['protocol'], string[]]

describe('findIncomplete', () => {
  test.each<Case>([
    ['sourced without evidence', {}, lax, ['missing-evidence']],
    ['sourced with a mention only', { citations: [quoted('mentions')] }, lax, ['missing-evidence']],
    ['sourced with the wrong stance', { citations: [quoted('contradicts')] }, lax, ['missing-evidence']],
    ['sourced with support', { citations: [quoted('supports')] }, strict, []],
    ['sourced without a quote', { citations: [{ stance: 'supports', quote: ' ' }] }, strict, ['missing-quote']],
    ['sourced without a quote, where none is asked', { citations: [{ stance: 'supports', quote: '' }] }, lax, []],
    [
      'sourced with a mention that quotes nothing',
      { citations: [quoted('supports'), { stance: 'mentions', quote: '' }] },
      strict,
      [],
    ],
    ['contradicted without evidence', { rating: 'contradicted' }, lax, ['missing-evidence']],
    ['contradicted with evidence', { rating: 'contradicted', citations: [quoted('contradicts')] }, strict, []],
    ['unsourced without a note', { rating: 'unsourced', note: '\n' }, strict, ['missing-search-note']],
    ['unsourced without a note, where none is asked', { rating: 'unsourced' }, lax, []],
    ['unsourced with a note', { rating: 'unsourced', note: 'Asked two archives.' }, strict, []],
    ['opinion', { rating: 'not_checkable' }, strict, []],
  ])('%s', (_name, given, protocol, kinds) => {
    const decisions = [{ start: 26, end: 54 }]
    const found = findIncomplete({ protocol, sentences, annotations: [annotate(given)], decisions })
    expect(found.map(({ kind }) => kind)).toEqual(kinds)
    for (const place of found) expect(place).toMatchObject({ annotationId: 'a', start: 0, end: 10 })
  })

  test('asks for every sentence where the protocol does, in the order of the text', () => {
    const work = { sentences, annotations: [annotate({ start: 30, end: 40 })], decisions: [] }
    expect(findIncomplete({ ...work, protocol: lax }).map(({ kind }) => kind)).toEqual(['missing-evidence'])
    expect(findIncomplete({ ...work, protocol: strict })).toMatchObject([
      { kind: 'undecided-sentence', annotationId: null, start: 0, end: 25 },
      { kind: 'missing-evidence', annotationId: 'a', start: 30, end: 40 },
    ])
  })

  const annotation = fc.record({
    id: fc.uuid(),
    start: fc.nat(60),
    end: fc.integer({ min: 61, max: 90 }),
    rating: fc.constantFrom(...ratings),
    note: fc.constantFrom('', 'Asked.'),
    citations: fc.array(fc.record({ stance: fc.constantFrom(...stances), quote: fc.constantFrom('', 'words') }), {
      maxLength: 3,
    }),
  })

  test('a stricter protocol never asks for less, and nothing is named that is not there', () => {
    fc.assert(
      fc.property(fc.array(annotation, { maxLength: 8 }), (annotations) => {
        const work = { sentences, annotations, decisions: [] }
        const few = findIncomplete({ ...work, protocol: lax })
        const many = findIncomplete({ ...work, protocol: strict })
        expect(many.length).toBeGreaterThanOrEqual(few.length)
        expect(many).toEqual([...many].sort((one, other) => one.start - other.start || one.end - other.end))
        const ids = new Set(annotations.map(({ id }) => id))
        for (const { annotationId } of many) expect(annotationId === null || ids.has(annotationId)).toBe(true)
      }),
    )
  })
})

test('describeIncomplete counts by kind, in words', () => {
  const place = { annotationId: null, start: 0, end: 1, message: '' }
  expect(describeIncomplete([])).toBe('')
  expect(
    describeIncomplete([
      { ...place, kind: 'undecided-sentence' },
      { ...place, kind: 'undecided-sentence' },
      { ...place, kind: 'missing-quote' },
    ]),
  ).toBe('2 sentences are undecided, 1 citation lacks its quote')
})
