import fc from 'fast-check'
import { describe, expect, test, it } from 'vitest'
import { documents } from '@/tests/setup/documents'
import { claimSpan, contextOf, wholeBlocks, cutContent } from './claim-context'
import { describeMatch } from './match-record'
import { overlapOf } from './match-claims'
import type { BlockNode, DocumentContent, ListItemNode } from '../text/model'
import { buildTextIndex } from '../text/text-index'

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

const paragraph = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const item = (text: string): ListItemNode => ({ type: 'listItem', content: [paragraph(text)] })
const row = (...cells: string[]) => ({
  type: 'tableRow' as const,
  content: cells.map((text) => ({ type: 'tableCell' as const, content: [paragraph(text)] })),
})
const heading: BlockNode = { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'What it cost' }] }
const rule: BlockNode = { type: 'horizontalRule' }
const table = (...content: ReturnType<typeof row>[]): BlockNode => ({ type: 'table', content })
const list = (content: ListItemNode[], start?: number): BlockNode => ({
  type: 'orderedList',
  ...(start === undefined ? {} : { attrs: { start } }),
  content,
})
const quote = (...content: BlockNode[]): BlockNode => ({ type: 'blockquote', content })

const document: DocumentContent = {
  type: 'doc',
  content: [
    rule,
    paragraph('It opened in 1974.'),
    heading,
    quote(list([item('Twelve piers.'), item('Two lanes.'), item('One toll.')])),
    rule,
    table(row('Year', 'Cars'), row('2022', '14,200'), row('2023', '15,900')),
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'Line one' }, { type: 'hardBreak' }, { type: 'text', text: 'and two.' }],
    },
  ],
}
const index = buildTextIndex(document)

function cut(from: string, to = from): BlockNode[] {
  const range = { start: index.text.indexOf(from), end: index.text.indexOf(to) + to.length }
  return cutContent({ content: document, index }, range).content.content
}

describe('cutContent', () => {
  test.each([
    ['one paragraph', cut('It opened in 1974.'), [paragraph('It opened in 1974.')]],
    [
      'a paragraph and the heading after it',
      cut('It opened in 1974.', 'What it cost'),
      [paragraph('It opened in 1974.'), heading],
    ],
    ['some words of a paragraph', cut('opened'), [paragraph('opened')]],
    ['an item in the middle goes on counting', cut('Two lanes.'), [quote(list([item('Two lanes.')], 2))]],
    [
      'a rule between what is kept',
      cut('One toll.', 'Year'),
      [quote(list([item('One toll.')], 3)), rule, table(row('Year', 'Cars'))],
    ],
    ['whole rows of a table', cut('14,200'), [table(row('2022', '14,200'))]],
    ['rows from a cell to a cell', cut('200', '2023'), [table(row('2022', '14,200'), row('2023', '15,900'))]],
    ['before a line break', cut('one'), [paragraph('one')]],
    [
      'over a line break',
      cut('one\nand'),
      [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 'one' }, { type: 'hardBreak' }, { type: 'text', text: 'and' }],
        },
      ],
    ],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected)
  })

  it('says of what touches no block that it is plain text', () => {
    const empty: DocumentContent = { type: 'doc', content: [rule] }
    const part = cutContent({ content: empty, index: buildTextIndex(empty) }, { start: 0, end: 0 })
    expect(part).toEqual({ content: { type: 'doc', content: [{ type: 'paragraph' }] }, start: 0, end: 0 })
  })

  it('law: its canonical text is the part of the text that it says, and a whole document stays as it is', () => {
    fc.assert(
      fc.property(documents, fc.nat(60), fc.nat(60), (content, start, length) => {
        const whole = buildTextIndex(content)
        const range = { start: Math.min(start, whole.text.length), end: Math.min(start + length, whole.text.length) }
        const part = cutContent({ content, index: whole }, range)
        expect(buildTextIndex(part.content).text).toBe(whole.text.slice(part.start, part.end))
        const blocks = whole.blocks.filter(({ start: from, end }) => from < range.end && end > range.start)
        if (blocks.length > 0) {
          expect(part.start).toBeLessThanOrEqual(Math.max(range.start, blocks[0]?.start ?? 0))
          expect(part.end).toBeGreaterThanOrEqual(Math.min(range.end, blocks.at(-1)?.end ?? 0))
        }
      }),
    )
  })
})
