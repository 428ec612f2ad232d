import type { DocumentContent, InlineNode } from './model'
import { contentOfText, wholeStructure } from './plain-content'
import { documentContentSchema, markSchema } from './schema'
import { buildTextIndex } from './text-index'

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

/** A fitted node. The whole document is checked against the schema afterwards. */
interface FittedNode {
  type: string
  attrs?: unknown
  content?: (FittedNode | InlineNode)[]
}

/**
 * Fits a stored document to what this version can show. A document whose kinds are all known comes back as it is. In others, unknown blocks become
 * paragraphs of their words, unknown marks are removed and unknown leaves are left out. If the canonical text would then differ from `text`, or the
 * structure cannot be read, the text is shown in plain paragraphs, so that every offset stays right. Never throws.
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

/** Reads a node of any kind; null when it is not a node, or is nested too deeply. Kinds without content have an empty list. */
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
 * Whether a stored document has only kinds that this version knows, each where it is allowed. Attributes are not checked: only documents that this
 * program has read are stored, so a node of a known kind has the attributes of that kind.
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
