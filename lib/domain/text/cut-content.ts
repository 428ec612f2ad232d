import type {
  DocumentContent,
  InlineNode,
  BlockNode,
  ListItemNode,
  TableCellNode,
  TableRowNode,
  TextBlockNode,
} from './model'
import { contentOfText, wholeStructure } from './plain-content'
import { documentContentSchema, markSchema } from './schema'
import { buildTextIndex, type TextIndex } from './text-index'

/** A document as it can be shown, and the kinds of nodes and marks that were left out of it or are shown as plain text. */
export interface FittedContent {
  content: DocumentContent
  leftOut: string[]
}

const textBlocks: ReadonlySet<string> = new Set(['heading', 'paragraph', 'codeBlock', 'preformatted', 'note'])
const containers: ReadonlySet<string> = new Set(['blockquote', 'bulletList', 'orderedList', 'table'])
const leaves: ReadonlySet<string> = new Set(['image', 'horizontalRule'])
const marks: ReadonlySet<string> = new Set([
  ...['bold', 'italic', 'strike', 'code', 'superscript', 'subscript', 'syntax'],
  ...['link', 'citation'],
])
const parts: Readonly<Record<string, readonly string[]>> = {
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
}
const deepest = 100

interface StoredNode {
  type: string
  text?: unknown
  attrs?: unknown
  content: StoredNode[]
  marks: { type: string }[]
}

/** A node as it was fitted; the schema has the last word once the document is whole. */
interface FittedNode {
  type: string
  attrs?: unknown
  content?: (FittedNode | InlineNode)[]
}

/**
 * A stored document as this version can show it. Documents of kinds that are all known come back as they are. Unknown blocks become paragraphs of their
 * words, unknown marks are taken off, unknown leaves are left out; when the canonical text would not be `text` any more, or nothing
 * can be made of the structure, the text is shown in plain paragraphs, so that every offset stays right. Never throws.
 */
export function fitContent(stored: unknown, text: string): FittedContent {
  if (isKnownDocument(stored)) return { content: stored, leftOut: [] }
  const root = readNode(stored, 0)
  if (root?.type !== 'doc') return { content: contentOfText(text), leftOut: [wholeStructure] }
  const leftOut = new Set<string>()
  const content = root.content.flatMap((node) => fitBlock(node, leftOut))
  const fitted = documentContentSchema.safeParse({ type: 'doc', content })
  if (!fitted.success || buildTextIndex(fitted.data).text !== text)
    return { content: contentOfText(text), leftOut: [wholeStructure] }
  return { content: fitted.data, leftOut: [...leftOut].sort() }
}

/** Reads a node of any kind; null when it is not a node, or stands too deep. Kinds without content have an empty list. */
function readNode(value: unknown, depth: number): StoredNode | null {
  if (depth > deepest || typeof value !== 'object' || value === null || !('type' in value)) return null
  if (typeof value.type !== 'string') return null
  const list = (key: string): unknown[] => {
    const found: unknown = Reflect.get(value, key)
    return Array.isArray(found) ? found : []
  }
  const content: StoredNode[] = []
  for (const child of list('content')) {
    const node = readNode(child, depth + 1)
    if (node === null) return null
    content.push(node)
  }
  const kinds = list('marks').flatMap((mark) =>
    typeof mark === 'object' && mark !== null && 'type' in mark && typeof mark.type === 'string'
      ? [{ ...mark, type: mark.type }]
      : [{ type: 'unknown' }],
  )
  return { ...value, type: value.type, content, marks: kinds }
}

/**
 * Whether a stored document has only kinds that this version knows, each where it may stand. The attributes of its nodes are not looked at: it relies on
 * only what this program has read being stored, so that a node of a known kind has the attributes of that kind.
 */
function isKnownDocument(stored: unknown): stored is DocumentContent {
  const root = readNode(stored, 0)
  return root?.type === 'doc' && isKnown(root)
}

function isKnown({ type, content }: StoredNode): boolean {
  const allowed = parts[type]
  return content.every((child) => {
    if (child.type === 'text')
      return textBlocks.has(type) && typeof child.text === 'string' && child.marks.every(isKnownMark)
    if (child.type === 'hardBreak') return textBlocks.has(type)
    if (allowed !== undefined) return allowed.includes(child.type) && isKnown(child)
    return (textBlocks.has(child.type) || containers.has(child.type) || leaves.has(child.type)) && isKnown(child)
  })
}

function isKnownMark({ type }: { type: string }): boolean {
  return marks.has(type)
}

function fitBlock(node: StoredNode, leftOut: Set<string>): FittedNode[] {
  const { type } = node
  const attrs = node.attrs === undefined ? {} : { attrs: node.attrs }
  if (textBlocks.has(type)) return [{ type, ...attrs, ...fitInline(node, leftOut) }]
  if (leaves.has(type)) return [{ type, ...attrs }]
  if (type === 'blockquote') return [{ type, ...attrs, content: fitBlocks(node, leftOut) }]
  if (parts[type] !== undefined) return [{ type, ...attrs, content: fitParts(node, leftOut) }]
  leftOut.add(type)
  if (node.content.some((child) => child.type === 'text' || child.type === 'hardBreak'))
    return [{ type: 'paragraph', ...fitInline(node, leftOut) }]
  return fitBlocks(node, leftOut)
}

function fitBlocks(node: StoredNode, leftOut: Set<string>): FittedNode[] {
  return node.content.flatMap((child) => fitBlock(child, leftOut))
}

/** The items of a list, the rows of a table, the cells of a row; unknown ones are left out. */
function fitParts(node: StoredNode, leftOut: Set<string>): FittedNode[] {
  return node.content.flatMap((child) => {
    if (parts[node.type]?.includes(child.type) !== true) {
      leftOut.add(child.type)
      return []
    }
    const attrs = child.attrs === undefined ? {} : { attrs: child.attrs }
    const content = parts[child.type] === undefined ? fitBlocks(child, leftOut) : fitParts(child, leftOut)
    return [{ type: child.type, ...attrs, content }]
  })
}

function fitInline(node: StoredNode, leftOut: Set<string>): { content?: InlineNode[] } {
  const content = node.content.flatMap((child): InlineNode[] => {
    if (child.type === 'hardBreak') return [{ type: 'hardBreak' }]
    if (child.type !== 'text') leftOut.add(child.type)
    if (typeof child.text !== 'string' || child.text === '') return []
    const kept = child.marks.flatMap((mark) => {
      const known = markSchema.safeParse(mark)
      if (!known.success) leftOut.add(mark.type)
      return known.success ? [known.data] : []
    })
    return [{ type: 'text', text: child.text, ...(kept.length === 0 ? {} : { marks: kept }) }]
  })
  return content.length === 0 ? {} : { content }
}

/** A part of a document with its structure. Its canonical text is `[start, end)` of the document's, in UTF-16 code units. */
interface ContentPart {
  content: DocumentContent
  start: number
  end: number
}

type AnyNode = BlockNode | ListItemNode | TableRowNode | TableCellNode
type Range = Pick<ContentPart, 'start' | 'end'>

/** Which text blocks are kept, by their place among those of the document, and which of their characters. */
interface Cut extends Range {
  first: number
  last: number
  index: TextIndex
}

/**
 * The part of a document that a range touches, as the document sets it: headings, lists, quotes and tables around the words stay what they are. Text is
 * cut at the range, rows of tables are kept whole, a numbered list goes on counting. What touches no block is shown as plain text.
 * `index` is that of the whole document.
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

/** The cut, made wider by the rows of tables that it touches: a row without some of its cells would stand in the wrong columns. */
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

/** The kept ones of nodes. `place.at` counts the text blocks passed so far. */
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

/** A numbered list whose first items were cut off goes on from the number of the first one kept. */
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
