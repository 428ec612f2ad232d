import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimSpan, contextOf, wholeBlocks } from './claim-span'
import { describeMatch } from './match-record'
import { overlapOf } from './match-claims'

const sentences = [
  { start: 0, end: 10 },
  { start: 11, end: 20 },
  { start: 22, end: 30 },
  { start: 31, end: 40 },
]

describe('contextOf', () => {
  test.each([
    ['inside a sentence', { start: 12, end: 15 }, { start: 0, end: 30 }],
    ['the first', { start: 0, end: 10 }, { start: 0, end: 20 }],
    ['the last', { start: 35, end: 40 }, { start: 22, end: 40 }],
    ['over two', { start: 15, end: 25 }, { start: 0, end: 40 }],
    ['between two', { start: 20, end: 22 }, { start: 11, end: 30 }],
    ['after all', { start: 41, end: 45 }, { start: 31, end: 45 }],
  ])('%s', (_name, span, expected) => {
    expect(contextOf(sentences, span)).toEqual(expected)
  })

  test('without sentences is the span itself, and reaches only so far', () => {
    expect(contextOf([], { start: 3, end: 5 })).toEqual({ start: 3, end: 5 })
    const long = [{ start: 0, end: 100_000 }]
    expect(contextOf(long, { start: 50_000, end: 50_010 })).toEqual({ start: 48_500, end: 51_510 })
  })
})

describe('wholeBlocks', () => {
  const blocks = [
    { start: 0, end: 100 },
    { start: 102, end: 200 },
    { start: 202, end: 9_000 },
  ]
  test.each([
    ['inside one', { start: 110, end: 120 }, { start: 102, end: 200 }],
    ['over two', { start: 90, end: 110 }, { start: 0, end: 200 }],
    ['whole already', { start: 102, end: 200 }, { start: 102, end: 200 }],
    ['that goes on for long after it', { start: 300, end: 400 }, { start: 202, end: 400 }],
    ['that goes on for long before it', { start: 8_000, end: 8_100 }, { start: 8_000, end: 9_000 }],
    ['between two', { start: 100, end: 102 }, { start: 100, end: 102 }],
  ])('%s', (_name, context, expected) => {
    expect(wholeBlocks(blocks, context)).toEqual(expected)
  })

  test('without blocks is the context itself', () => {
    expect(wholeBlocks([], { start: 3, end: 5 })).toEqual({ start: 3, end: 5 })
  })
})

describe('claimSpan', () => {
  test.each([
    ['nothing', [], null],
    ['one', [{ start: 3, end: 9 }], { start: 3, end: 9 }],
    [
      'the one most marked',
      [
        { start: 0, end: 8 },
        { start: 1, end: 9 },
        { start: 1, end: 9 },
      ],
      { start: 1, end: 9 },
    ],
    [
      'the one in the middle',
      [
        { start: 0, end: 10 },
        { start: 2, end: 12 },
        { start: 4, end: 14 },
      ],
      { start: 2, end: 12 },
    ],
    [
      'the first of two',
      [
        { start: 2, end: 10 },
        { start: 0, end: 9 },
      ],
      { start: 0, end: 9 },
    ],
  ])('%s', (_name, spans, expected) => {
    expect(claimSpan(spans)).toEqual(expected)
  })

  const spans = fc.array(
    fc
      .record({ start: fc.nat(50), length: fc.integer({ min: 1, max: 30 }) })
      .map(({ start, length }) => ({ start, end: start + length })),
    { minLength: 1, maxLength: 6 },
  )
  test('law: it is one of the spans, and none overlaps the others more', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const chosen = claimSpan(given)
        if (chosen === null) throw new Error('There is a span.')
        expect(given).toContainEqual(chosen)
        const sumOf = (span: { start: number; end: number }) =>
          given.reduce((sum, other) => sum + overlapOf(span, other), 0)
        for (const span of given) expect(sumOf(span)).toBeLessThanOrEqual(sumOf(chosen) + 1e-6)
      }),
    )
  })
})

describe('describeMatch', () => {
  test('names letters, and nothing of other claims', () => {
    const record = {
      minimumOverlap: 0.5,
      pairs: [{ a: 'id-2', b: 'id-1', overlap: 0.8463 }],
      passed: [
        { a: 'id-1', b: 'far', overlap: 0.5, because: 'tie' as const },
        { a: 'gone', b: 'far', overlap: 0.6, because: 'closer' as const },
      ],
    }
    const masks = new Map([
      ['id-1', 'A'],
      ['id-2', 'B'],
    ])
    expect(describeMatch(record, masks)).toEqual([
      'A and B share 85 % of their words.',
      'Another rating shares 50 % of its words with A and is in another claim: a rating of the same reviewer overlaps equally and stands earlier in the text.',
    ])
  })
})
