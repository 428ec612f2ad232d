/**
 * Lets a Tiptap editor take over the HTML that the server wrote. ProseMirror builds its view in document order and keeps a DOM node that
 * already stands where it belongs; so each node and mark view hands out the next written node, and nothing on the page is changed. This leans on
 * how prosemirror-view builds its view: tests/e2e/reader-adoption.spec.ts fails when an upgrade changes it (decision 19).
 */
import { foldClass } from '../folds'
import type { Markup } from './markup'

/** The class that ProseMirror gives the line break with which it ends an empty block; the server writes it, too. */
export const trailingBreakClass = 'ProseMirror-trailingBreak'

/** The nodes that the server wrote inside `root`, handed out one by one in document order. The first that does not fit ends the handing out. */
export class WrittenNodes {
  private next: Node | null
  private readonly walker: TreeWalker
  private fits = true

  constructor(root: HTMLElement) {
    this.walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    this.next = this.walker.nextNode()
  }

  /** Whether every written node was taken and each was the one that was asked for. */
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

/** What the views of a document take their elements from while the editor is built; null before and after. */
export interface Adoption {
  written: WrittenNodes | null
}

/** The element that a node or mark is drawn with, and the one inside it that holds its content; none for leaves. */
export interface DrawnElements {
  dom: HTMLElement
  contentDOM?: HTMLElement
}

/**
 * The elements of a node or mark as the server wrote them.
 * @param markup what the elements are, as `markup.ts` says
 * @returns null when nothing is being adopted, or the next written node is another one
 */
export function adoptElements(adoption: Adoption, markup: Markup): DrawnElements | null {
  const [name, , inside] = markup
  const dom = adoption.written?.takeElement(name) ?? null
  if (dom === null || inside === undefined) return dom === null ? null : { dom }
  if (inside === 0) return { dom, contentDOM: dom }
  const inner = adoptElements(adoption, inside)
  return inner === null ? null : { ...inner, dom }
}

/** Sets an attribute or adds a class only where that changes something: a write that changes nothing still wakes observers. */
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
 * Runs `build`, which must make a ProseMirror view on `root`, with the written nodes within reach. Text nodes, and the breaks that end empty
 * blocks, have no node view, so during the call the document's own factories hand them out.
 * @returns whether the view stands on exactly what was written; otherwise the view is complete, with nodes of its own
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

/** The break that ends an empty block. ProseMirror asks for it with capitals and names its class, which it has already. */
function takeBreak(written: WrittenNodes, name: string): HTMLElement | null {
  const br = name === 'BR' ? written.takeElement(name) : null
  if (br?.className !== trailingBreakClass) return null
  Object.defineProperty(br, 'className', { configurable: true, value: trailingBreakClass, writable: true })
  return br
}

function createPlain(page: Document, name: string): HTMLElement {
  return page.createElementNS('http://www.w3.org/1999/xhtml', name.toLowerCase())
}
