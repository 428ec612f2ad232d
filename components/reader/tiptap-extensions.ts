/** The structured document as Tiptap nodes and marks: the same elements as `render-text.ts`, from the same `markup.ts`. */
import { Mark, Node, type AnyExtension } from '@tiptap/core'
import type { DOMOutputSpec, Node as DocumentNode } from '@tiptap/pm/model'
import type { Mark as TextMark } from '@/lib/domain/text/model'
import { isRightToLeft } from './direction'
import { markMarkup, markOrder, nodeMarkup, type BlockType } from './markup'

interface NodeShape {
  name: BlockType
  content: string
  /** Attributes and what they are when absent. */
  attrs?: Record<string, unknown>
  code?: boolean
}

const shapes: readonly NodeShape[] = [
  { name: 'paragraph', content: 'inline*' },
  { name: 'heading', content: 'inline*', attrs: { level: 1 } },
  { name: 'codeBlock', content: 'inline*', attrs: { language: null }, code: true },
  { name: 'preformatted', content: 'inline*', code: true },
  { name: 'note', content: 'inline*', attrs: { label: '' } },
  { name: 'blockquote', content: 'block*' },
  { name: 'bulletList', content: 'listItem*', attrs: { marked: false } },
  { name: 'orderedList', content: 'listItem*', attrs: { marked: false, start: 1 } },
  { name: 'listItem', content: 'block*' },
  { name: 'table', content: 'tableRow*' },
  { name: 'tableRow', content: '(tableCell | tableHeader)*' },
  { name: 'tableCell', content: 'block*', attrs: { colspan: 1, rowspan: 1 } },
  { name: 'tableHeader', content: 'block*', attrs: { colspan: 1, rowspan: 1 } },
  { name: 'image', content: '', attrs: { alt: '', src: null } },
  { name: 'horizontalRule', content: '' },
]
const parts: ReadonlySet<BlockType> = new Set<BlockType>(['listItem', 'tableRow', 'tableCell', 'tableHeader'])
const directed: ReadonlySet<string> = new Set<BlockType>(['bulletList', 'orderedList', 'table', 'blockquote'])

// ProseMirror's type asks for a mutable array; it does not change it.
function toSpec(markup: readonly unknown[]): DOMOutputSpec {
  return markup.map((part) => (Array.isArray(part) ? toSpec(part) : part)) as unknown as DOMOutputSpec
}

function createNode({ name, content, attrs, code }: NodeShape): AnyExtension {
  return Node.create({
    name,
    content,
    group: parts.has(name) ? '' : 'block',
    ...(code === true ? { code, whitespace: 'pre' as const } : {}),
    ...(content === '' ? { atom: true, selectable: false } : {}),
    addAttributes: () => {
      const known: Record<string, unknown> = parts.has(name) ? { ...attrs } : { scope: null, ...attrs }
      return Object.fromEntries(Object.entries(known).map(([key, value]) => [key, { default: value, rendered: false }]))
    },
    renderHTML: ({ node }: { node: DocumentNode }) =>
      toSpec(
        nodeMarkup({
          type: name,
          attrs: node.attrs,
          rightToLeft: directed.has(name) && isRightToLeft(node.textContent),
        }),
      ),
  })
}

function createMark(name: TextMark['type'], at: number): AnyExtension {
  const attribute = name === 'link' ? 'href' : name === 'citation' ? 'label' : null
  return Mark.create({
    name,
    priority: 1000 - at,
    addAttributes: () => (attribute === null ? {} : { [attribute]: { default: '', rendered: false } }),
    renderHTML: ({ mark }: { mark: { attrs: Record<string, unknown> } }) => toSpec(markMarkup(name, mark.attrs)),
  })
}

/** Every node and mark of a structured document; nothing else of Tiptap is needed to show one. */
export const documentExtensions: readonly AnyExtension[] = [
  Node.create({ name: 'doc', topNode: true, content: 'block*' }),
  Node.create({ name: 'text', group: 'inline' }),
  Node.create({ name: 'hardBreak', group: 'inline', inline: true, selectable: false, renderHTML: () => ['br'] }),
  ...shapes.map(createNode),
  ...markOrder.map(createMark),
]
