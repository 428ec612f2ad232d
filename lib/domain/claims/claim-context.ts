import { overlapOf } from './match-claims'
import type {
  BlockNode,
  DocumentContent,
  InlineNode,
  ListItemNode,
  TableCellNode,
  TableRowNode,
  TextBlockNode,
} from '../text/model'
import { contentOfText } from '../text/plain-content'
import type { TextIndex } from '../text/text-index'

/**
 * The words of a claim: the span of its annotations that overlaps the others most (the medoid by intersection over union); ties go to the first in
 * the text. Always a span that a reviewer marked, never an average. Null without spans.
 */
export function claimSpan<S extends { start: number; end: number }>(spans: readonly S[]): S | null {
  let best: { span: S; sum: number } | null = null
  for (const span of [...spans].sort((p, q) => p.start - q.start || p.end - q.end)) {
    const sum = spans.reduce((total, other) => total + overlapOf(span, other), 0)
    // Sums of the same overlaps in another order can differ in the last bits.
    if (best === null || sum > best.sum + 1e-9) best = { span, sum }
  }
  return best?.span ?? null
}

/** The most that a context reaches beyond the sentences of a claim, in UTF-16 code units. */
const reach = 1_500

/**
 * The context of a claim: the sentences it touches, the one before and the one after, as `[start, end)` in UTF-16 code units. `sentences` are
 * ascending and disjoint. Words outside every sentence get the sentences on either side.
 */
export function contextOf(
  sentences: readonly { start: number; end: number }[],
  span: { start: number; end: number },
): { start: number; end: number } {
  let first = sentences.findIndex(({ end }) => end > span.start)
  if (first === -1) first = sentences.length
  let after = first
  while ((sentences[after]?.start ?? Infinity) < span.end) after += 1
  const start = Math.min(sentences[first - 1]?.start ?? sentences[first]?.start ?? span.start, span.start)
  const end = Math.max(sentences[after]?.end ?? sentences[after - 1]?.end ?? span.end, span.end)
  return { start: Math.max(start, span.start - reach), end: Math.min(end, span.end + reach) }
}

/**
 * Widens a context to whole blocks, so that it can be shown with the document's structure. On a side where the block is long, the context stays as it
 * is. `blocks` are ascending.
 */
export function wholeBlocks(
  blocks: readonly { start: number; end: number }[],
  context: { start: number; end: number },
): { start: number; end: number } {
  const first = blocks.find(({ end }) => end > context.start)
  const last = blocks.findLast(({ start }) => start < context.end)
  const start = Math.min(first?.start ?? context.start, context.start)
  const end = Math.max(last?.end ?? context.end, context.end)
  return {
    start: context.start - start > reach ? context.start : start,
    end: end - context.end > reach ? context.end : end,
  }
}

/** A part of a document with its structure. Its canonical text is `[start, end)` of the document's, in UTF-16 code units. */
interface ContentPart {
  content: DocumentContent
  start: number
  end: number
}

type AnyNode = BlockNode | ListItemNode | TableRowNode | TableCellNode
type Range = Pick<ContentPart, 'start' | 'end'>

/** The text blocks that are kept, by index in the document, and the kept characters of each. */
interface Cut extends Range {
  first: number
  last: number
  index: TextIndex
}

/**
 * Cuts out the part of a document that a range touches, with its structure: headings, lists, quotes and tables stay. Text is cut at the range, table
 * rows are kept whole, and a numbered list keeps its numbers. A range that touches no block becomes plain text. `index` is that of the whole
 * document.
 */
export function cutContent(
  { content, index }: { content: DocumentContent; index: TextIndex },
  range: Range,
): ContentPart {
  const touched = (block: Range) =>
    (block.start < range.end && block.end > range.start) || (block.start > range.start && block.end < range.end)
  const cut = wholeRows(content, {
    first: index.blocks.findIndex(touched),
    last: index.blocks.findLastIndex(touched),
    index,
    ...range,
  })
  const [first, last] = [index.blocks[cut.first], index.blocks[cut.last]]
  if (first === undefined || last === undefined)
    return { content: contentOfText(index.text.slice(range.start, range.end)), ...range }
  const within = { ...cut, start: Math.max(cut.start, first.start), end: Math.min(cut.end, last.end) }
  const blocks = cutNodes(content.content, { at: 0 }, within).filter(isBlock)
  return { content: { type: 'doc', content: blocks }, start: within.start, end: within.end }
}

function isBlock(node: AnyNode): node is BlockNode {
  return !['listItem', 'tableRow', 'tableCell', 'tableHeader'].includes(node.type)
}

function isTextBlock(node: AnyNode): node is TextBlockNode {
  return ['heading', 'paragraph', 'codeBlock', 'preformatted', 'note'].includes(node.type)
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return isTextBlock(node) || node.type === 'image' || node.type === 'horizontalRule' ? [] : node.content
}

/** The cut, widened to whole table rows: a row that lacks cells would show the rest in the wrong columns. */
function wholeRows(content: DocumentContent, cut: Cut): Cut {
  const { blocks } = cut.index
  let { first, last, start, end } = cut
  let at = 0
  const visit = (node: AnyNode) => {
    const begin = at
    if (isTextBlock(node)) at += 1
    for (const child of childrenOf(node)) visit(child)
    if (node.type !== 'tableRow' || at - 1 < cut.first || begin > cut.last || at === begin) return
    if (begin <= first) [first, start] = [begin, Math.min(start, blocks[begin]?.start ?? start)]
    if (at - 1 >= last) [last, end] = [at - 1, Math.max(end, blocks[at - 1]?.end ?? end)]
  }
  for (const node of content.content) visit(node)
  return { ...cut, first, last, start, end }
}

/** The kept nodes. `place.at` counts the text blocks passed so far. */
function cutNodes(nodes: readonly AnyNode[], place: { at: number }, cut: Cut): AnyNode[] {
  return nodes.flatMap((node): AnyNode[] => {
    const { at } = place
    if (isTextBlock(node)) {
      place.at += 1
      return at < cut.first || at > cut.last ? [] : [cutText(node, at, cut)]
    }
    if (node.type === 'image' || node.type === 'horizontalRule') return at > cut.first && at <= cut.last ? [node] : []
    const content = cutNodes(node.content, place, cut)
    if (content.length === 0) return []
    return [{ ...node, ...numberFrom(node, at, cut), content } as AnyNode]
  })
}

/** A numbered list whose first items were cut off starts at the number of the first kept item. */
function numberFrom(node: AnyNode, at: number, cut: Cut): Pick<Extract<AnyNode, { type: 'orderedList' }>, 'attrs'> {
  if (node.type !== 'orderedList' || at >= cut.first) return {}
  const place = { at }
  const gone = node.content.findIndex((item) => {
    countBlocks(item, place)
    return place.at > cut.first
  })
  return gone <= 0 ? {} : { attrs: { ...node.attrs, start: (node.attrs?.start ?? 1) + gone } }
}

function countBlocks(node: AnyNode, place: { at: number }): void {
  if (isTextBlock(node)) place.at += 1
  for (const child of childrenOf(node)) countBlocks(child, place)
}

function cutText(node: TextBlockNode, at: number, cut: Cut): TextBlockNode {
  const block = cut.index.blocks[at]
  if (block === undefined || node.content === undefined || (block.start >= cut.start && block.end <= cut.end))
    return node
  let offset = block.start
  const content = node.content.flatMap((inline): InlineNode[] => {
    const start = offset
    offset += inline.type === 'hardBreak' ? 1 : inline.text.length
    if (offset <= cut.start || start >= cut.end) return []
    if (inline.type === 'hardBreak') return [inline]
    return [{ ...inline, text: inline.text.slice(Math.max(0, cut.start - start), cut.end - start) }]
  })
  return { ...node, content }
}
