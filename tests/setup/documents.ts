/** Generators of documents for property tests. */
import fc from 'fast-check'
import type { BlockNode, DocumentContent, InlineNode, TableRowNode } from '@/lib/domain/text/model'

const inline = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
        .map((text): InlineNode => ({ type: 'text', text })),
    },
    { weight: 1, arbitrary: fc.constant<InlineNode>({ type: 'hardBreak' }) },
  ),
  { maxLength: 3 },
)

const { block } = fc.letrec<{ block: BlockNode }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    inline.map((content): BlockNode => ({ type: 'paragraph', content })),
    inline.map((content): BlockNode => ({ type: 'heading', attrs: { level: 2 }, content })),
    fc.constant<BlockNode>({ type: 'horizontalRule' }),
    fc.constant<BlockNode>({ type: 'image', attrs: { alt: 'a bridge' } }),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((content): BlockNode => ({ type: 'blockquote', content })),
    fc
      .array(fc.array(tie('block'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
      .map((items): BlockNode => ({
        type: 'bulletList',
        content: items.map((content) => ({ type: 'listItem', content })),
      })),
    fc
      .array(fc.array(fc.array(tie('block'), { minLength: 1, maxLength: 1 }), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 2,
      })
      .map((rows): BlockNode => ({
        type: 'table',
        content: rows.map((cells): TableRowNode => ({
          type: 'tableRow',
          content: cells.map((content) => ({ type: 'tableCell', content })),
        })),
      })),
  ),
}))
/** Structured documents of any shape, with their separators and empty blocks. */
export const documents = fc.array(block, { maxLength: 5 }).map((content): DocumentContent => ({ type: 'doc', content }))
