/**
 * Lets a Tiptap editor adopt the server-rendered HTML. ProseMirror builds its view in document order and keeps a DOM node that is already in the
 * right place. So each node and mark view hands out the next rendered node, and nothing on the page is changed. This relies on how prosemirror-view
 * builds its view: tests/e2e/reader-adoption.spec.ts fails when an upgrade changes it (decision 19).
 */
import { foldClass } from '../folds'
import type { Markup } from './markup'

/** The class of the line break that ProseMirror puts at the end of an empty block. The server writes it, too. */
export const trailingBreakClass = 'ProseMirror-trailingBreak'

/** The server-rendered nodes inside `root`, handed out one by one in document order. The first node that does not match ends the adoption. */
export class WrittenNodes {
  private next: Node | null
  private readonly walker: TreeWalker
  private fits = true

  constructor(root: HTMLElement) {
    this.walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    this.next = this.walker.nextNode()
  }

  /** Whether every rendered node was taken and matched. */
  get allTaken(): boolean {
    return this.fits && this.next === null
  }

  /** The next node when it is an element of this name, else null. */
  takeElement(name: string): HTMLElement | null {
    const node = this.take((candidate) => candidate.nodeName === name.toUpperCase())
    return node instanceof HTMLElement ? node : null
  }

  /** The next node when it is a text node with just this text, else null. */
  takeText(text: string): Text | null {
    const node = this.take((candidate) => candidate instanceof Text && candidate.data === text)
    return node instanceof Text ? node : null
  }

  /** The next node when it is the bar above a folded part, passing over what is in it, else null. */
  takeBar(): HTMLElement | null {
    const bar = this.take((candidate) => candidate instanceof HTMLElement && candidate.classList.contains(foldClass))
    if (!(bar instanceof HTMLElement)) return null
    while (this.next !== null && bar.contains(this.next)) this.next = this.walker.nextNode()
    return bar
  }

  private take(isRight: (node: Node) => boolean): Node | null {
    const node = this.next
    if (!this.fits || node === null || !isRight(node)) {
      this.fits = false
      return null
    }
    this.next = this.walker.nextNode()
    return node
  }
}

/** The source of elements for the views of a document while the editor is built; null before and after. */
export interface Adoption {
  written: WrittenNodes | null
}

/** The outer element of a node or mark, and the inner one that holds its content; leaves have no inner one. */
export interface DrawnElements {
  dom: HTMLElement
  contentDOM?: HTMLElement
}

/**
 * Takes the server-rendered elements of a node or mark.
 * @param markup the expected elements, as in `markup.ts`
 * @returns null when nothing is being adopted, or the next rendered node does not match
 */
export function adoptElements(adoption: Adoption, markup: Markup): DrawnElements | null {
  const [name, , inside] = markup
  const dom = adoption.written?.takeElement(name) ?? null
  if (dom === null || inside === undefined) return dom === null ? null : { dom }
  if (inside === 0) return { dom, contentDOM: dom }
  const inner = adoptElements(adoption, inside)
  return inner === null ? null : { ...inner, dom }
}

/** Sets an attribute or adds a class only where that changes something: a needless write still wakes observers. */
function withoutIdleWrites(root: HTMLElement): () => void {
  const { classList } = root
  const own: PropertyDescriptorMap = {
    setAttribute: {
      configurable: true,
      value: (name: string, value: string) => {
        if (root.getAttribute(name) !== value) root.setAttributeNS(null, name, value)
      },
    },
    classList: {
      configurable: true,
      value: {
        add: (name: string) => {
          if (!classList.contains(name)) classList.add(name)
        },
        remove: (name: string) => {
          classList.remove(name)
        },
      },
    },
  }
  Object.defineProperties(root, own)
  return () => {
    for (const name of Object.keys(own)) Reflect.deleteProperty(root, name)
  }
}

/**
 * Runs `build`, which must make a ProseMirror view on `root`, and hands it the rendered nodes. Text nodes, and the breaks that end empty blocks, have
 * no node view, so during the call the document's own factory methods hand them out.
 * @returns whether the view uses exactly the rendered nodes; otherwise the view is complete, with nodes of its own
 */
export function buildOnWritten(root: HTMLElement, adoption: Adoption, build: () => void): boolean {
  const page = root.ownerDocument
  const written = new WrittenNodes(root)
  const release = withoutIdleWrites(root)
  adoption.written = written
  Object.defineProperties(page, {
    createTextNode: { configurable: true, value: (text: string) => written.takeText(text) ?? new Text(text) },
    createElement: { configurable: true, value: (name: string) => takeBreak(written, name) ?? createPlain(page, name) },
  })
  try {
    build()
  } finally {
    Reflect.deleteProperty(page, 'createTextNode')
    Reflect.deleteProperty(page, 'createElement')
    adoption.written = null
    release()
  }
  return written.allTaken
}

/** The break at the end of an empty block. ProseMirror creates it with a name in capitals and sets its class, which it already has. */
function takeBreak(written: WrittenNodes, name: string): HTMLElement | null {
  const br = name === 'BR' ? written.takeElement(name) : null
  if (br?.className !== trailingBreakClass) return null
  Object.defineProperty(br, 'className', { configurable: true, value: trailingBreakClass, writable: true })
  return br
}

function createPlain(page: Document, name: string): HTMLElement {
  return page.createElementNS('http://www.w3.org/1999/xhtml', name.toLowerCase())
}
