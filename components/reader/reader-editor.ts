/** The Tiptap editor of the reader: read-only, and built on the server-rendered HTML where there is some. */
import { Editor, type AnyExtension, type JSONContent, Mark, Node } from '@tiptap/core'
import type { DocumentContent, Mark as TextMark } from '@/lib/domain/text/model'
import { buildOnWritten, type Adoption, adoptElements, type DrawnElements } from './document/adopt'
import type { Folds } from './plugins/folds'
import { DOMSerializer, type Node as DocumentNode } from '@tiptap/pm/model'
import { markMarkup, markOrder, nodeMarkup, type BlockType, type Markup, isRightToLeft } from './document/markup'

export interface ReaderEditorInput {
  /** The element that holds the text: server-rendered, or empty. */
  root: HTMLElement
  content: DocumentContent
  folds: Folds
  extensions: readonly AnyExtension[]
  /** The server-rendered attributes of the root. */
  attributes: Record<string, string>
}

/** The origin of the editor's elements: `adopted` from the server, `mounted` on an empty page, or `replaced` because the server's did not match. */
export type Mounting = 'adopted' | 'mounted' | 'replaced'

/**
 * Makes the editor on `root`. It adopts the server-rendered elements and writes nothing; when they do not match the document, it makes its own in
 * their place.
 */
export function createReaderEditor(input: ReaderEditorInput): { editor: Editor; mounting: Mounting } {
  if (input.root.firstChild === null) {
    const editor = build(input, { written: null })
    editor.mount({ mount: input.root })
    return { editor, mounting: 'mounted' }
  }
  const adoption: Adoption = { written: null }
  const first = build(input, adoption)
  if (buildOnWritten(input.root, adoption, () => first.mount({ mount: input.root }))) {
    return { editor: first, mounting: 'adopted' }
  }
  // The view is complete, but an adopted element may differ from the document, so the editor starts from nothing.
  first.destroy()
  input.root.replaceChildren()
  const editor = build(input, adoption)
  editor.mount({ mount: input.root })
  return { editor, mounting: 'replaced' }
}

function build({ content, folds, extensions, attributes }: ReaderEditorInput, adoption: Adoption): Editor {
  const editor = new Editor({
    element: null,
    injectCSS: false,
    enableCoreExtensions: false,
    enableInputRules: false,
    enablePasteRules: false,
    extensions: [...createDocumentExtensions(adoption), ...extensions],
    content: content as unknown as JSONContent,
    editorProps: {
      editable: () => false,
      attributes,
      decorations: (state) => folds.decorate(state, adoption.written),
    },
  })
  // The server wrote the classes already, and the root must not be rewritten.
  editor.prependClass = () => undefined
  return editor
}

/** A node of a structured document as Tiptap knows it; its element is that of `render-text.ts`, from the same `markup.ts`. */
interface NodeShape {
  name: BlockType
  content: string
  /** Attributes with their defaults. */
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

/** The elements of a node or mark: server-rendered ones, or new ones. */
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

/** The nodes and marks of a structured document. While `adoption` has elements left, they are used. */
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
