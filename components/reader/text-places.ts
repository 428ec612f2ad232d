/** Maps offsets of the canonical text to places on the page and back, through the editor's view: offset ↔ position ↔ DOM. */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { offsetOfPosition, positionOfOffset, type TextBlock, type TextIndex } from '@/lib/domain/text/text-index'
import type { TextRange } from './types'

/** A text node of a block, and the offsets it covers. */
export interface TextPart {
  node: Text
  start: number
  end: number
}

/** A place on the page, as a DOM range takes it. */
export interface DomPoint {
  node: Node
  offset: number
}

/** The index of the last item whose start is at most `offset`; -1 before the first. */
export function findLast(items: readonly { start: number }[], offset: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.start ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

export class TextPlaces {
  readonly index: TextIndex
  /** Gives this object the view as soon as it exists. It is the first of the reader's extensions. */
  readonly extension = Extension.create({
    name: 'textPlaces',
    priority: 10_000,
    addProseMirrorPlugins: () => [
      new Plugin({
        view: (view) => {
          this.attached = view
          this.elements.clear()
          this.parts.clear()
          return {}
        },
      }),
    ],
  })
  private attached: EditorView | null = null
  private readonly elements = new Map<number, HTMLElement | null>()
  private readonly parts = new Map<number, TextPart[]>()

  constructor(index: TextIndex) {
    this.index = index
  }

  /** The editor's view. Throws before the editor is built. */
  get view(): EditorView {
    if (this.attached === null) throw new Error('The reader has no view yet.')
    return this.attached
  }

  get root(): HTMLElement {
    return this.view.dom
  }

  /** Forgets the text nodes inside blocks, for painters that split them. */
  forgetNodes(): void {
    this.parts.clear()
  }

  /** The index of the block that holds an offset, or of the one before when it is between two; 0 at least. */
  blockNumberAt(offset: number): number {
    return Math.max(0, findLast(this.index.blocks, offset))
  }

  /** The element of a text block; null when there is no such block. */
  elementOf(number: number): HTMLElement | null {
    const known = this.elements.get(number)
    if (known !== undefined) return known
    const block = this.index.blocks[number]
    const found = block === undefined ? null : this.elementAt(block.position - 1)
    this.elements.set(number, found)
    return found
  }

  /** The element of the node that begins at a document position. */
  elementAt(position: number): HTMLElement | null {
    const node = this.view.nodeDOM(position)
    return node instanceof HTMLElement ? node : null
  }

  /** The place of an offset on the page. With `side` -1, an offset between two text nodes is the end of the first, else the start of the second. */
  locate(offset: number, side: -1 | 1): DomPoint {
    return this.view.domAtPos(positionOfOffset(this.index, offset, side), side)
  }

  /** A live range over `[start, end)`. */
  rangeOf({ start, end }: TextRange): Range {
    const from = this.locate(start, 1)
    const to = this.locate(end, start < end ? -1 : 1)
    const range = this.root.ownerDocument.createRange()
    range.setStart(from.node, from.offset)
    range.setEnd(to.node, to.offset)
    return range
  }

  /**
   * Calls `add` with one static range for each text node in `[start, end)`. Ranges within one node are the cheapest for the browser: comparing their
   * ends needs no walk through the tree.
   */
  eachNodeRange(start: number, end: number, add: (range: StaticRange) => void): void {
    const { blocks } = this.index
    for (let number = this.blockNumberAt(start); number < blocks.length; number++) {
      const block = blocks[number]
      if (block === undefined || block.start >= end) return
      if (block.end <= start) continue
      const parts = this.partsOf(number)
      for (let at = Math.max(0, findLast(parts, start)); at < parts.length; at++) {
        const part = parts[at]
        if (part === undefined || part.start >= end) break
        if (part.end <= start) continue
        const startOffset = Math.max(0, start - part.start)
        const endOffset = Math.min(end, part.end) - part.start
        add(new StaticRange({ startContainer: part.node, startOffset, endContainer: part.node, endOffset }))
      }
    }
  }

  /** The text nodes of a block with the offsets they cover, in order. */
  partsOf(number: number): TextPart[] {
    const known = this.parts.get(number)
    if (known !== undefined) return known
    const block = this.index.blocks[number]
    const made = block === undefined ? [] : this.readParts(block)
    this.parts.set(number, made)
    return made
  }

  /**
   * The offset of a place on the page inside the text. A place between two blocks is the start of the next (`side` 1) or the end of the one before.
   */
  offsetAt({ node, offset }: DomPoint, side: -1 | 1): number {
    return offsetOfPosition(this.index, this.view.posAtDOM(node, offset, side), side)
  }

  private readParts(block: TextBlock): TextPart[] {
    const parts: TextPart[] = []
    let position = block.position
    this.view.state.doc.nodeAt(block.position - 1)?.forEach((child) => {
      const end = position + child.nodeSize
      // Decorations may have split a node's text into several text nodes.
      while (child.isText && position < end) {
        const { node, offset } = this.view.domAtPos(position, 1)
        if (!(node instanceof Text) || node.length <= offset) break
        const length = Math.min(node.length - offset, end - position)
        const start = block.start + (position - block.position)
        parts.push({ node, start: start - offset, end: start + length })
        position += length
      }
      position = end
    })
    return parts
  }
}
