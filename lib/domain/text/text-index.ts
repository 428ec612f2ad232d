/**
 * The one place that maps between document positions (ProseMirror's) and offsets into the canonical text (UTF-16 code
 * units). Inside one text block the two differ by a constant, so the whole mapping is a sorted list of blocks.
 * Imported by browser code: no dependency but types.
 */
import type {
  BlockNode,
  DocumentContent,
  InlineNode,
  OutOfScopeReason,
  TableCellNode,
  TableRowNode,
  ListItemNode,
  TextBlockNode,
} from './model'
import type { ScriptRun } from './quotation'

/** A stretch of text that can be selected: one heading, paragraph, code block, preformatted block or note. */
export interface TextBlock {
  kind: TextBlockNode['type']
  /** Offsets into the canonical text, half-open. Equal for an empty block. */
  start: number
  end: number
  /** ProseMirror position of the first character (of the block's inside when it is empty). */
  position: number
  /** Index of the top-level block of the document that holds this one. */
  topIndex: number
  /** Why the top-level block does not count, or null when it does. */
  scope: OutOfScopeReason | null
  /** For headings only. */
  level?: number
  /** The nearest list item or table row that holds the block; blocks of one row share the object. */
  row?: { kind: 'listItem' | 'tableRow'; header: boolean }
  /** Ranges of the text that a reader would not read aloud: citation markers and kept syntax. Sorted, disjoint. */
  quiet: { start: number; end: number; kind: 'citation' | 'syntax' }[]
  /** Offsets of hard breaks (each one "\n" of the text), sorted. */
  breaks: number[]
}

/** A document's canonical text and the position of each part of it. */
export interface TextIndex {
  text: string
  blocks: TextBlock[]
  /** The raised and lowered runs, sorted and disjoint. */
  scripts: ScriptRun[]
  /** ProseMirror's size of the document's content: the last valid position. */
  size: number
}

type AnyNode = BlockNode | ListItemNode | TableRowNode | TableCellNode
type Row = NonNullable<TextBlock['row']>

interface Frame {
  nodes: readonly AnyNode[]
  next: number
  separator: string
  closing: number
  row: Row | undefined
  inRows: boolean
}

const textBlockKinds: ReadonlySet<string> = new Set(['heading', 'paragraph', 'codeBlock', 'preformatted', 'note'])

function isTextBlock(node: AnyNode): node is TextBlockNode {
  return textBlockKinds.has(node.type)
}

/** Why a top-level block does not count; null for one that counts, and for parts of blocks, which carry no scope of their own. */
function readScope(node: AnyNode): OutOfScopeReason | null {
  return 'attrs' in node && node.attrs !== undefined && 'scope' in node.attrs ? (node.attrs.scope ?? null) : null
}

/**
 * Derives canonical text, blocks and positions from the structure. Separators: "\n\n" between blocks, "\n" between list
 * items, table rows and anything inside them, "\t" between the cells of a row; a hard break is one "\n"; images and
 * rules have no text. Empty blocks keep their separators, so no two blocks share an offset.
 * Iterative: any depth is safe.
 */
export function buildTextIndex(content: DocumentContent): TextIndex {
  const blocks: TextBlock[] = []
  const scripts: ScriptRun[] = []
  const parts: string[] = []
  let offset = 0
  let position = 0
  let topIndex = -1
  let topScope: OutOfScopeReason | null = null
  let separator = ''
  let separatorDepth = Infinity

  const addText = (node: TextBlockNode, row: Row | undefined) => {
    if (blocks.length > 0) {
      parts.push(separator)
      offset += separator.length
    }
    position += 1
    const block: TextBlock = {
      kind: node.type,
      start: offset,
      end: offset,
      position,
      topIndex,
      scope: topScope,
      quiet: [],
      breaks: [],
    }
    if (node.type === 'heading') block.level = node.attrs.level
    if (row) block.row = row
    for (const inline of node.content ?? []) {
      const text = inlineText(inline)
      if (inline.type === 'hardBreak') block.breaks.push(offset)
      else {
        addQuiet(block, inline, offset)
        addScript(scripts, inline, offset)
      }
      parts.push(text)
      offset += text.length
    }
    block.end = offset
    position += offset - block.start + 1
    blocks.push(block)
    separatorDepth = Infinity
  }

  const stack: Frame[] = [
    { nodes: content.content, next: 0, separator: '\n\n', closing: 0, row: undefined, inRows: false },
  ]
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const node = frame.nodes[frame.next]
    if (node === undefined) {
      position += frame.closing
      stack.pop()
      continue
    }
    // Two blocks are joined by the separator of the innermost container that holds both: the outermost one left between them.
    if (frame.next > 0 && stack.length < separatorDepth) {
      separator = frame.separator
      separatorDepth = stack.length
    }
    frame.next += 1
    if (stack.length === 1) {
      topIndex += 1
      topScope = readScope(node)
    }
    if (isTextBlock(node)) addText(node, frame.row)
    else if (node.type === 'image' || node.type === 'horizontalRule') position += 1
    else {
      position += 1
      stack.push(openFrame(node, frame))
    }
  }
  return { text: parts.join(''), blocks, scripts, size: position }
}

function openFrame(
  node: Exclude<AnyNode, TextBlockNode | { type: 'image' } | { type: 'horizontalRule' }>,
  parent: Frame,
): Frame {
  const base = { nodes: node.content, next: 0, closing: 1, row: parent.row }
  switch (node.type) {
    case 'tableRow':
      return {
        ...base,
        separator: '\t',
        inRows: true,
        row: { kind: 'tableRow', header: node.content.every((cell) => cell.type === 'tableHeader') },
      }
    case 'listItem':
      return { ...base, separator: '\n', inRows: true, row: { kind: 'listItem', header: false } }
    case 'blockquote':
      return { ...base, separator: parent.inRows ? '\n' : '\n\n', inRows: parent.inRows }
    default:
      return { ...base, separator: '\n', inRows: true }
  }
}

function inlineText(node: InlineNode): string {
  return node.type === 'hardBreak' ? '\n' : node.text
}

function addQuiet(block: TextBlock, node: { text: string; marks?: { type: string }[] | undefined }, start: number) {
  const mark = node.marks?.find((candidate) => candidate.type === 'citation' || candidate.type === 'syntax')
  if (!mark) return
  block.quiet.push({ start, end: start + node.text.length, kind: mark.type === 'citation' ? 'citation' : 'syntax' })
}

/** Records that a node is raised or lowered; a node that continues the one before extends its run. */
function addScript(
  scripts: ScriptRun[],
  { text, marks }: { text: string; marks?: { type: string }[] | undefined },
  start: number,
): void {
  const mark = marks?.find(({ type }) => type === 'superscript' || type === 'subscript')
  if (mark === undefined) return
  const is = mark.type === 'superscript' ? 'raised' : 'lowered'
  const last = scripts.at(-1)
  if (last?.end === start && last.is === is) last.end += text.length
  else scripts.push({ start, end: start + text.length, is })
}

/** The last block whose `key` is at most `value`, as an index; -1 when `value` is before all blocks. */
function findBlock(blocks: readonly TextBlock[], key: 'start' | 'position', value: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    const block = blocks[middle]
    if (block && block[key] <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * The block that holds an offset, or null in a separator or out of range. A block's end counts as inside it.
 */
export function blockAtOffset(index: TextIndex, offset: number): TextBlock | null {
  const block = index.blocks[findBlock(index.blocks, 'start', offset)]
  return block && offset <= block.end ? block : null
}

/**
 * The document position of a text offset. Offsets inside a block (its end included) map exactly; an offset inside a
 * separator snaps to the end of the block before (`side` -1) or the start of the block after (`side` 1); offsets out of
 * range are clamped. A document without text blocks answers 0. O(log blocks).
 */
export function positionOfOffset(index: TextIndex, offset: number, side: -1 | 1 = 1): number {
  const { blocks } = index
  const found = findBlock(blocks, 'start', offset)
  const before = blocks[found]
  const after = blocks[found + 1]
  if (before && offset <= before.end) return before.position + (offset - before.start)
  if (after && (side === 1 || !before)) return after.position
  return before ? before.position + (before.end - before.start) : 0
}

/**
 * The text offset of a document position: the inverse of `positionOfOffset`. A position between blocks snaps to the start
 * of the next block (`side` 1) or the end of the one before (`side` -1); positions out of range are clamped.
 * A document without text blocks answers 0. O(log blocks).
 */
export function offsetOfPosition(index: TextIndex, position: number, side: -1 | 1 = 1): number {
  const { blocks } = index
  const found = findBlock(blocks, 'position', position)
  const before = blocks[found]
  const after = blocks[found + 1]
  if (before && position - before.position <= before.end - before.start)
    return before.start + (position - before.position)
  if (after && (side === 1 || !before)) return after.start
  return before ? before.end : 0
}
