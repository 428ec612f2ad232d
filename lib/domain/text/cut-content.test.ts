import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { documents } from '@/tests/setup/documents'
import { cutContent } from './cut-content'
import type { BlockNode, DocumentContent, ListItemNode } from './model'
import { buildTextIndex } from './text-index'

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
