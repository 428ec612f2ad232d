/** Writes a structured document as HTML: safe by construction, since every tag and attribute name comes from `markup.ts`. */
import type {
  BlockNode,
  DocumentContent,
  InlineNode,
  ListItemNode,
  Mark,
  TableCellNode,
  TableRowNode,
  TextBlockNode,
} from '@/lib/domain/text/model'
import type { TextIndex } from '@/lib/domain/text/text-index'
import { isRightToLeft } from './direction'
import { planFolds, writeFoldBar } from './folds'
import { escapeText, writeAttributes } from './html'
import { markMarkup, markOrder, nodeMarkup, type Attributes, type AttributeValues, type Markup } from './markup'
import type { FoldedRange } from './types'

type AnyNode = BlockNode | ListItemNode | TableRowNode | TableCellNode

export interface RenderInput {
  content: DocumentContent
  index: TextIndex
  folded: readonly FoldedRange[]
}

/** Above this many UTF-16 code units the text is divided into chunks, and the browser lays out only those near the screen. */
const largeText = 200_000
/** A chunk is closed after this many code units: about 90 lines, the height that `reader.css` guesses for one. */
const chunkLength = 6000

/** HTML of the whole text: its blocks, each folded part hidden (but findable) under a bar with a button. */
export function renderText({ content, index, folded }: RenderInput): string {
  const plan = planFolds(index, folded)
  const lengths = measureTops(index)
  const large = index.text.length > largeText
  const parts: string[] = []
  let inChunk = -1
  const closeChunk = () => {
    if (inChunk >= 0) parts.push('</div>')
    inChunk = -1
  }
  for (const [top, node] of content.content.entries()) {
    const fold = plan.find((candidate) => top >= candidate.first && top <= candidate.last)
    // A chunk begins at a block without space above it, so that no space is lost or doubled between two.
    if (fold !== undefined || (inChunk > chunkLength && node.type === 'paragraph')) closeChunk()
    if (large && fold === undefined && inChunk < 0) {
      parts.push('<div class="reader-chunk">')
      inChunk = 0
    }
    if (fold?.first === top) parts.push(writeFoldBar(fold, false))
    writeNode(node, parts, fold === undefined ? {} : { hidden: 'until-found' })
    if (inChunk >= 0) inChunk += lengths[top] ?? 0
  }
  closeChunk()
  return parts.join('')
}

function measureTops(index: TextIndex): number[] {
  const lengths: number[] = []
  for (const block of index.blocks) lengths[block.topIndex] = (lengths[block.topIndex] ?? 0) + block.end - block.start
  return lengths
}

function isTextBlock(node: AnyNode): node is TextBlockNode {
  return (
    node.type === 'paragraph' ||
    node.type === 'heading' ||
    node.type === 'note' ||
    node.type === 'preformatted' ||
    node.type === 'codeBlock'
  )
}

function writeNode(node: AnyNode, parts: string[], extra: Attributes = {}): void {
  const attrs: AttributeValues = 'attrs' in node && node.attrs !== undefined ? { ...node.attrs } : {}
  if (isTextBlock(node)) {
    const writeContent = () => {
      const inline = node.content ?? []
      // The HTML parser drops a line break right after <pre>.
      const first = inline[0]
      const startsWithBreak = first?.type === 'text' && first.text.startsWith('\n')
      if (startsWithBreak && (node.type === 'preformatted' || node.type === 'codeBlock')) parts.push('\n')
      writeInline(inline, parts)
    }
    writeAround({ markup: nodeMarkup({ type: node.type, attrs, rightToLeft: false }), parts, extra, writeContent })
    return
  }
  const rightToLeft = sayDirection(node.type) && isRightToLeft(firstWords(node))
  const writeContent = () => {
    if ('content' in node) for (const child of node.content) writeNode(child, parts)
  }
  writeAround({ markup: nodeMarkup({ type: node.type, attrs, rightToLeft }), parts, extra, writeContent })
}

function sayDirection(type: AnyNode['type']): boolean {
  return type === 'bulletList' || type === 'orderedList' || type === 'table' || type === 'blockquote'
}

/** The first letters of a node's text: enough to tell its direction. */
function firstWords(node: AnyNode): string {
  if (isTextBlock(node))
    return (node.content ?? []).map((inline) => (inline.type === 'text' ? inline.text : '')).join('')
  if (!('content' in node)) return ''
  for (const child of node.content) {
    const words = firstWords(child)
    if (/\p{L}/u.test(words)) return words
  }
  return ''
}

interface Around {
  markup: Markup
  parts: string[]
  extra: Attributes
  writeContent: () => void
}

function writeAround({ markup, parts, extra, writeContent }: Around): void {
  const [tag, attributes, inner] = markup
  parts.push(`<${tag}${writeAttributes({ ...attributes, ...extra })}>`)
  if (inner === undefined) {
    if (tag !== 'hr') parts.push(`</${tag}>`)
    return
  }
  if (inner === 0) writeContent()
  else writeAround({ markup: inner, parts, extra: {}, writeContent })
  parts.push(`</${tag}>`)
}

function writeInline(nodes: readonly InlineNode[], parts: string[]): void {
  let open: { key: string; tag: string }[] = []
  const closeTo = (count: number) => {
    for (const mark of open.slice(count).reverse()) parts.push(`</${mark.tag}>`)
    open = open.slice(0, count)
  }
  for (const node of nodes) {
    const marks = node.type === 'text' ? sortMarks(node.marks ?? []) : []
    const keys = marks.map((mark) => JSON.stringify(mark))
    let shared = 0
    while (shared < open.length && shared < keys.length && open[shared]?.key === keys[shared]) shared += 1
    closeTo(shared)
    for (const [at, mark] of marks.entries()) {
      if (at < shared) continue
      const [tag, attributes] = markMarkup(mark.type, 'attrs' in mark ? mark.attrs : {})
      parts.push(`<${tag}${writeAttributes(attributes)}>`)
      open.push({ key: keys[at] ?? '', tag })
    }
    parts.push(node.type === 'text' ? escapeText(node.text) : '<br>')
  }
  closeTo(0)
}

function sortMarks(marks: readonly Mark[]): Mark[] {
  if (marks.length < 2) return [...marks]
  return [...marks].sort((a, b) => markOrder.indexOf(a.type) - markOrder.indexOf(b.type))
}
