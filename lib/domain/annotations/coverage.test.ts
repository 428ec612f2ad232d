import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markDecided, measureCoverage, nextUndecided, sentenceOutcomes, type SentenceOutcome } from './coverage'
import { ratings, type Rating } from './rating'

// Three sentences of ten code units with a space between them.
const sentences = [
  { start: 0, end: 10 },
  { start: 11, end: 21 },
  { start: 22, end: 32 },
]
const mark = (start: number, end: number, rating: Rating = 'sourced') => ({ start, end, rating })
const noClaim = (start: number, end: number) => ({ start, end })

describe('measureCoverage', () => {
  const cases: {
    name: string
    annotations?: ReturnType<typeof mark>[]
    decisions?: ReturnType<typeof noClaim>[]
    outcomes: (SentenceOutcome | null)[]
  }[] = [
    { name: 'nothing marked decides nothing', outcomes: [null, null, null] },
    { name: 'an annotation decides its sentence', annotations: [mark(11, 21)], outcomes: [null, 'sourced', null] },
    { name: 'a part of a sentence is enough', annotations: [mark(13, 14)], outcomes: [null, 'sourced', null] },
    { name: 'one code unit at the end is enough', annotations: [mark(9, 11)], outcomes: ['sourced', null, null] },
    { name: 'touching is not overlapping', annotations: [mark(10, 11)], outcomes: [null, null, null] },
    {
      name: 'a span over two sentences decides both',
      annotations: [mark(5, 15)],
      outcomes: ['sourced', 'sourced', null],
    },
    {
      name: 'a span over everything decides all',
      annotations: [mark(0, 40, 'unsourced')],
      outcomes: ['unsourced', 'unsourced', 'unsourced'],
    },
    {
      name: 'no claim decides the sentence that starts there',
      decisions: [noClaim(22, 32)],
      outcomes: [null, null, 'no_claim'],
    },
    {
      name: 'a decision inside a sentence decides nothing',
      decisions: [noClaim(23, 32)],
      outcomes: [null, null, null],
    },
    {
      name: 'an annotation outweighs no claim',
      annotations: [mark(0, 10, 'not_checkable')],
      decisions: [noClaim(0, 10)],
      outcomes: ['not_checkable', null, null],
    },
    {
      name: 'the gravest rating counts',
      annotations: [mark(0, 4, 'contradicted'), mark(4, 10)],
      outcomes: ['contradicted', null, null],
    },
    {
      name: 'the order of marks does not matter',
      annotations: [mark(4, 10), mark(0, 4, 'contradicted')],
      outcomes: ['contradicted', null, null],
    },
    {
      name: 'unsourced outweighs sourced',
      annotations: [mark(0, 10), mark(0, 10, 'unsourced')],
      outcomes: ['unsourced', null, null],
    },
    {
      name: 'marks beyond the text decide nothing',
      annotations: [mark(50, 60)],
      decisions: [noClaim(50, 60)],
      outcomes: [null, null, null],
    },
  ]
  test.each(cases)('$name', ({ annotations = [], decisions = [], outcomes }) => {
    const coverage = measureCoverage({ sentences, annotations, decisions })
    expect(coverage.outcomes).toEqual(outcomes)
    expect(coverage.total).toBe(3)
    expect(coverage.decided).toBe(outcomes.filter((outcome) => outcome !== null).length)
  })

  test('a document without sentences in scope is 0 of 0', () => {
    expect(measureCoverage({ sentences: [], annotations: [mark(0, 5)], decisions: [] })).toMatchObject({
      total: 0,
      decided: 0,
    })
  })

  const layout = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 })), { maxLength: 30 }).map((pairs) => {
    let at = 0
    return pairs.map(([gap, length]) => {
      const start = at + gap
      at = start + length
      return { start, end: at }
    })
  })
  const marks = fc.array(
    fc
      .record({ start: fc.nat(250), length: fc.integer({ min: 1, max: 60 }), rating: fc.constantFrom(...ratings) })
      .map((m) => ({ start: m.start, end: m.start + m.length, rating: m.rating })),
    { maxLength: 20 },
  )

  test('law: agrees with comparing every mark with every sentence', () => {
    fc.assert(
      fc.property(layout, marks, (spans, annotations) => {
        const { outcomes } = measureCoverage({ sentences: spans, annotations, decisions: [] })
        spans.forEach((span, index) => {
          const overlapping = annotations.filter((mark) => mark.start < span.end && span.start < mark.end)
          expect(outcomes[index] === null).toBe(overlapping.length === 0)
        })
      }),
    )
  })

  test('law: more marks never decide fewer sentences, and the counts add up', () => {
    fc.assert(
      fc.property(layout, marks, marks, (spans, some, more) => {
        const before = measureCoverage({ sentences: spans, annotations: some, decisions: [] })
        const after = measureCoverage({ sentences: spans, annotations: [...some, ...more], decisions: [] })
        expect(after.decided).toBeGreaterThanOrEqual(before.decided)
        expect(sentenceOutcomes.reduce((sum, outcome) => sum + after.counts[outcome], 0)).toBe(after.decided)
      }),
    )
  })
})

describe('nextUndecided', () => {
  const cases: { name: string; outcomes: (SentenceOutcome | null)[]; from: number; next: number | null }[] = [
    { name: 'starts at the first', outcomes: [null, null], from: -1, next: 0 },
    { name: 'skips the decided', outcomes: [null, 'sourced', null], from: 0, next: 2 },
    { name: 'goes round', outcomes: [null, 'sourced', 'sourced'], from: 1, next: 0 },
    { name: 'finds itself when it alone is left', outcomes: ['no_claim', null, 'sourced'], from: 1, next: 1 },
    { name: 'nothing left', outcomes: ['no_claim', 'sourced'], from: 0, next: null },
    { name: 'no sentences', outcomes: [], from: -1, next: null },
  ]
  test.each(cases)('$name', ({ outcomes, from, next }) => {
    expect(nextUndecided(outcomes, from)).toBe(next)
  })
})

describe('markDecided', () => {
  test('decides the sentences that measureCoverage decides', () => {
    const place = fc.integer({ min: 0, max: 60 })
    const span = fc
      .tuple(place, fc.integer({ min: 1, max: 25 }))
      .map(([start, length]) => [start, start + length] as const)
    fc.assert(
      fc.property(fc.array(span), fc.array(place), fc.integer({ min: 0, max: 6 }), (spans, decisions, count) => {
        const some = Array.from({ length: count }, (_, at) => ({ start: at * 9, end: at * 9 + 7 }))
        const { outcomes } = measureCoverage({
          sentences: some,
          annotations: spans.map(([start, end]) => mark(start, end)),
          decisions: decisions.map((start) => ({ start, end: start + 1 })),
        })
        const decided = markDecided({ sentences: some, spans: spans.flat(), decisions })
        expect([...decided].map(Boolean)).toEqual(outcomes.map((outcome) => outcome !== null))
      }),
    )
  })
})
