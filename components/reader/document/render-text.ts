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
import { trailingBreakClass } from './adopt'
import { planFolds, writeFoldBar } from '../folds'
import {
  markMarkup,
  markOrder,
  nodeMarkup,
  type Attributes,
  type AttributeValues,
  type Markup,
  isRightToLeft,
  escapeText,
  writeAttributes,
} from './markup'
import type { FoldedRange } from '../types'

type AnyNode = BlockNode | ListItemNode | TableRowNode | TableCellNode

export interface RenderInput {
  content: DocumentContent
  index: TextIndex
  folded: readonly FoldedRange[]
}

/** The HTML of the whole text: its blocks, with each folded part hidden (but findable) under a bar with a button. */
export function renderText({ content, index, folded }: RenderInput): string {
  const plan = planFolds(index, folded)
  const parts: string[] = []
  for (const [top, node] of content.content.entries()) {
    const fold = plan.find((candidate) => top >= candidate.first && top <= candidate.last)
    if (fold?.first === top) parts.push(writeFoldBar(fold, false))
    writeNode(node, parts, fold === undefined ? {} : { hidden: 'until-found' })
  }
  return parts.join('')
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
      if (endsOpen(inline)) parts.push(`<br class="${trailingBreakClass}">`)
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

/** Whether ProseMirror ends a block with its own line break, so that the last line has a height. */
function endsOpen(nodes: readonly InlineNode[]): boolean {
  const last = nodes.at(-1)
  return last?.type !== 'text' || last.text.endsWith('\n')
}

function sayDirection(type: AnyNode['type']): boolean {
  return type === 'bulletList' || type === 'orderedList' || type === 'table' || type === 'blockquote'
}

/** The first letters of a node's text, enough to tell its direction. */
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
