/** The structured document as Tiptap nodes and marks: the same elements as `render-text.ts`, from the same `markup.ts`. */
import { Mark, Node, type AnyExtension } from '@tiptap/core'
import { DOMSerializer, type Node as DocumentNode } from '@tiptap/pm/model'
import type { Mark as TextMark } from '@/lib/domain/text/model'
import { adoptElements, type Adoption, type DrawnElements } from './adopt'
import { isRightToLeft } from './direction'
import { markMarkup, markOrder, nodeMarkup, type BlockType, type Markup } from './markup'

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

/** The elements of a node or mark: those that the server wrote, or new ones. */
function draw(adoption: Adoption, markup: Markup): DrawnElements {
  const adopted = adoptElements(adoption, markup)
  if (adopted !== null) return adopted
  const { dom, contentDOM } = DOMSerializer.renderSpec(document, markup)
  if (!(dom instanceof HTMLElement)) throw new Error('A node must be drawn as an element.')
  return contentDOM === undefined ? { dom } : { dom, contentDOM }
}

function markupOf(name: BlockType, node: DocumentNode): Markup {
  const rightToLeft = directed.has(name) && isRightToLeft(node.textContent)
  return nodeMarkup({ type: name, attrs: node.attrs, rightToLeft })
}

function createNode({ name, content, attrs, code }: NodeShape, adoption: Adoption): AnyExtension {
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
    renderHTML: ({ node }: { node: DocumentNode }) => markupOf(name, node),
    addNodeView:
      () =>
      ({ node }) =>
        draw(adoption, markupOf(name, node)),
  })
}

function createMark(name: TextMark['type'], at: number, adoption: Adoption): AnyExtension {
  const attribute = name === 'link' ? 'href' : name === 'citation' ? 'label' : null
  return Mark.create({
    name,
    priority: 1000 - at,
    addAttributes: () => (attribute === null ? {} : { [attribute]: { default: '', rendered: false } }),
    renderHTML: ({ mark }: { mark: { attrs: Record<string, unknown> } }) => markMarkup(name, mark.attrs),
    addMarkView:
      () =>
      ({ mark }) =>
        draw(adoption, markMarkup(name, mark.attrs)),
  })
}

const lineBreak: Markup = ['br', {}]

/** Every node and mark of a structured document. While `adoption` has something to take, they are drawn with what the server wrote. */
export function createDocumentExtensions(adoption: Adoption): AnyExtension[] {
  return [
    Node.create({ name: 'doc', topNode: true, content: 'block*' }),
    Node.create({ name: 'text', group: 'inline' }),
    Node.create({
      name: 'hardBreak',
      group: 'inline',
      inline: true,
      selectable: false,
      renderHTML: () => lineBreak,
      addNodeView: () => () => draw(adoption, lineBreak),
    }),
    ...shapes.map((shape) => createNode(shape, adoption)),
    ...markOrder.map((name, at) => createMark(name, at, adoption)),
  ]
}
