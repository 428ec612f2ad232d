import type {
  BlockNode,
  InlineNode,
  ListItemNode,
  OutOfScopeReason,
  TableCellNode,
  TableRowNode,
} from '@/lib/domain/text/model'
import { looksLikeReference, readSectionKind, sectionReason, type SectionKind } from '@/lib/domain/text/section-names'
import { withScope } from './block-builder'

type BlockPart = ListItemNode | TableRowNode | TableCellNode

/** The text of a block's own inline content and of all nested blocks, at most `limit` characters. */
export function readBlockText(block: BlockNode, limit = 2000): string {
  let text = ''
  const pending: (BlockNode | BlockPart | InlineNode)[] = [block]
  for (let next = pending.pop(); next && text.length < limit; next = pending.pop()) {
    if (next.type === 'text') text += next.text
    else if (next.type === 'hardBreak') text += '\n'
    else if ('content' in next && next.content !== undefined) {
      if (text !== '' && next !== block) text += ' '
      const children = next.content
      for (let at = Math.min(children.length, limit) - 1; at >= 0; at -= 1) pending.push(children[at] ?? next)
    }
  }
  return text
}

/**
 * Marks sections as references, notes, further reading or links by their heading, up to the next heading of the same or a higher level. Prose under
 * such a heading stays in scope. Notes outside such sections are marked too. Blocks that are already out of scope keep their reason.
 */
export function markSections(blocks: readonly BlockNode[]): BlockNode[] {
  const marked = [...blocks]
  for (let at = 0; at < marked.length; at += 1) {
    const heading = marked[at]
    if (heading?.type !== 'heading' || heading.attrs.scope) continue
    const kind = readSectionKind(readBlockText(heading, 120))
    if (!kind) continue
    let end = at + 1
    for (
      let next = marked[end];
      next && !(next.type === 'heading' && next.attrs.level <= heading.attrs.level);
      next = marked[end]
    )
      end += 1
    if (!looksThePart(kind, marked.slice(at + 1, end))) continue
    for (let inside = at; inside < end; inside += 1) scopeBlock(marked, inside, sectionReason(kind))
  }
  marked.forEach((block, at) => {
    if (block.type === 'note') scopeBlock(marked, at, 'reference-list')
  })
  return marked
}

function scopeBlock(blocks: BlockNode[], at: number, reason: OutOfScopeReason): void {
  const block = blocks[at]
  if (block && (block.attrs?.scope ?? null) === null) blocks[at] = withScope(block, reason)
}

function looksThePart(kind: SectionKind, blocks: readonly BlockNode[]): boolean {
  const prose = blocks.filter((block) => {
    if (block.type !== 'paragraph' && block.type !== 'blockquote') return false
    const text = readBlockText(block)
    return text.length > 120 && (kind === 'see-also' || !looksLikeReference(text))
  })
  return prose.length * 2 <= blocks.length
}
