import { Schema } from '@tiptap/pm/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents } from '@/tests/setup/documents'
import type { BlockNode, InlineNode } from './model'
import { blockAtOffset, buildTextIndex, offsetOfPosition, positionOfOffset } from './text-index'

const schema = new Schema({
  nodes: {
    doc: { content: 'block*' },
    text: { group: 'inline' },
    hardBreak: { group: 'inline', inline: true, leafText: () => '\n' },
    paragraph: { group: 'block', content: 'inline*' },
    heading: { group: 'block', content: 'inline*', attrs: { level: {} } },
    horizontalRule: { group: 'block' },
    image: { group: 'block', attrs: { alt: {} } },
    blockquote: { group: 'block', content: 'block+' },
    bulletList: { group: 'block', content: 'listItem+' },
    listItem: { content: 'block+' },
    table: { group: 'block', content: 'tableRow+' },
    tableRow: { content: 'tableCell+' },
    tableCell: { content: 'block+' },
  },
})

describe('buildTextIndex', () => {
  const text = (value: string): InlineNode[] => [{ type: 'text', text: value }]
  const paragraph = (value: string): BlockNode => ({ type: 'paragraph', content: text(value) })
  const cases: [name: string, blocks: BlockNode[], expected: string][] = [
    ['nothing', [], ''],
    ['two paragraphs', [paragraph('a'), paragraph('b')], 'a\n\nb'],
    ['an empty paragraph keeps its separators', [paragraph('a'), { type: 'paragraph' }, paragraph('b')], 'a\n\n\n\nb'],
    [
      'images and rules have no text',
      [paragraph('a'), { type: 'horizontalRule' }, { type: 'image', attrs: { alt: 'x' } }, paragraph('b')],
      'a\n\nb',
    ],
    [
      'a quotation',
      [paragraph('a'), { type: 'blockquote', content: [paragraph('b'), paragraph('c')] }, paragraph('d')],
      'a\n\nb\n\nc\n\nd',
    ],
    [
      'a list with a list in it',
      [
        paragraph('a'),
        {
          type: 'bulletList',
          content: [
            {
              type: 'listItem',
              content: [
                paragraph('b'),
                { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('c')] }] },
              ],
            },
            { type: 'listItem', content: [paragraph('d')] },
          ],
        },
        paragraph('e'),
      ],
      'a\n\nb\nc\nd\n\ne',
    ],
    [
      'a table',
      [
        {
          type: 'table',
          content: [
            {
              type: 'tableRow',
              content: [
                { type: 'tableCell', content: [paragraph('a')] },
                { type: 'tableCell', content: [{ type: 'paragraph' }] },
              ],
            },
            { type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph('b')] }] },
          ],
        },
        paragraph('c'),
      ],
      'a\t\nb\n\nc',
    ],
    [
      'an image first in a list item',
      [
        paragraph('a'),
        {
          type: 'bulletList',
          content: [{ type: 'listItem', content: [{ type: 'image', attrs: { alt: 'x' } }, paragraph('b')] }],
        },
      ],
      'a\n\nb',
    ],
    ['a hard break', [{ type: 'paragraph', content: [...text('a'), { type: 'hardBreak' }, ...text('b')] }], 'a\nb'],
  ]
  it.each(cases)('%s', (_name, content, expected) => {
    expect(buildTextIndex({ type: 'doc', content }).text).toBe(expected)
  })

  it('agrees with ProseMirror about every character and every position', () => {
    fc.assert(
      fc.property(documents, (content) => {
        const index = buildTextIndex(content)
        const doc = schema.nodeFromJSON(content)
        expect(index.size).toBe(doc.content.size)
        const found: [number, string][] = []
        doc.descendants((node, position) => {
          if (node.isTextblock) found.push([position + 1, node.textBetween(0, node.content.size, null, '\n')])
        })
        expect(index.blocks.map((part) => [part.position, index.text.slice(part.start, part.end)])).toEqual(found)
        for (const part of index.blocks) {
          const end = part.position + part.end - part.start
          expect(doc.textBetween(part.position, end, null, '\n')).toBe(index.text.slice(part.start, part.end))
        }
      }),
    )
  })

  it('maps offsets and positions both ways, exactly and in order, inside every block', () => {
    fc.assert(
      fc.property(documents, (content) => {
        const index = buildTextIndex(content)
        let last = -1
        for (const part of index.blocks) {
          expect(part.start).toBeGreaterThan(last)
          for (let offset = part.start; offset <= part.end; offset += 1) {
            const position = positionOfOffset(index, offset)
            expect(position).toBe(part.position + offset - part.start)
            expect(offsetOfPosition(index, position)).toBe(offset)
            expect(positionOfOffset(index, offset, -1)).toBe(position)
            expect(blockAtOffset(index, offset)).toBe(part)
          }
          last = part.end
        }
        expect(index.blocks.at(-1)?.end ?? 0).toBe(index.text.length)
      }),
    )
  })

  it('snaps between blocks and clamps outside, without ever turning order round', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(-1 as const, 1 as const), (content, side) => {
        const index = buildTextIndex(content)
        const positions = Array.from({ length: index.text.length + 5 }, (_, at) =>
          positionOfOffset(index, at - 2, side),
        )
        const offsets = Array.from({ length: index.size + 5 }, (_, at) => offsetOfPosition(index, at - 2, side))
        for (const list of [positions, offsets]) expect(list).toEqual([...list].sort((a, b) => a - b))
      }),
    )
    const index = buildTextIndex({ type: 'doc', content: [paragraph('ab'), paragraph('cd')] })
    expect([positionOfOffset(index, 3, -1), positionOfOffset(index, 3, 1)]).toEqual([3, 5])
    expect([offsetOfPosition(index, 4, -1), offsetOfPosition(index, 4, 1)]).toEqual([2, 4])
    expect([positionOfOffset(index, -9), positionOfOffset(index, 99)]).toEqual([1, 7])
  })

  it('takes any depth and knows levels, scopes, marks and breaks', () => {
    let deep: BlockNode = paragraph('x')
    for (let depth = 0; depth < 20_000; depth += 1) deep = { type: 'blockquote', content: [deep] }
    expect(buildTextIndex({ type: 'doc', content: [deep] }).blocks[0]?.position).toBe(20_001)
    const index = buildTextIndex({
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 3, scope: 'navigation' }, content: text('a') },
        {
          type: 'paragraph',
          content: [
            ...text('b'),
            { type: 'hardBreak' },
            { type: 'text', text: '[1]', marks: [{ type: 'citation', attrs: { label: '1' } }] },
          ],
        },
      ],
    })
    expect(index.blocks).toMatchObject([
      { kind: 'heading', level: 3, scope: 'navigation', topIndex: 0 },
      { kind: 'paragraph', scope: null, topIndex: 1, breaks: [4], quiet: [{ start: 5, end: 8, kind: 'citation' }] },
    ])
  })
})
