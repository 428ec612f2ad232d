/** The mapping between the elements on the page and offsets of the canonical text. The blocks' elements stay the same while it lives. */
import type { TextIndex } from '@/lib/domain/text/text-index'
import { textBlockAttribute } from './markup'
import type { TextRange } from './types'

/** A text node or line break of a block, and the offsets it covers. */
interface Segment {
  node: Node
  start: number
  end: number
}

/** A place on the page, as ranges take it. */
export interface DomPoint {
  node: Node
  offset: number
}

/** The last item whose start is at most `offset`, as an index; -1 before the first. */
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

export class TextDom {
  readonly root: HTMLElement
  readonly index: TextIndex
  /** The element of each text block, in the order of `index.blocks`. */
  readonly elements: readonly HTMLElement[]
  private readonly numbers = new Map<Element, number>()
  private readonly segments: (Segment[] | undefined)[] = []

  /** Throws when the page does not show the document that the index was made of. */
  constructor(root: HTMLElement, index: TextIndex) {
    this.root = root
    this.index = index
    this.elements = [...root.querySelectorAll<HTMLElement>(`[${textBlockAttribute}]`)]
    if (this.elements.length !== index.blocks.length) {
      throw new Error(
        `The page shows ${String(this.elements.length)} blocks of text where the document has ${String(index.blocks.length)}.`,
      )
    }
    for (const [number, element] of this.elements.entries()) this.numbers.set(element, number)
  }

  /** The top-level elements of the document, without what the reader put between them. */
  topElements(): HTMLElement[] {
    return [
      ...this.root.querySelectorAll<HTMLElement>(
        ':scope > :not(.reader-fold, .reader-chunk), :scope > .reader-chunk > :not(.reader-fold)',
      ),
    ]
  }

  /** Forgets the text nodes inside blocks: for surfaces that split them to draw. */
  forgetNodes(): void {
    this.segments.length = 0
  }

  /** The number of the block that holds an offset, or of the one before it when it lies between two; 0 at least. */
  blockNumberAt(offset: number): number {
    return Math.max(0, findLast(this.index.blocks, offset))
  }

  /** The page's place for an offset. With `side` -1 an offset between two text nodes is the end of the first, else the start of the second. Null without text. */
  locate(offset: number, side: -1 | 1): DomPoint | null {
    const found = this.blockNumberAt(offset)
    const block = this.index.blocks[found]
    const element = this.elements[found]
    if (block === undefined || element === undefined) return null
    const after = this.index.blocks[found + 1]
    if (side === 1 && offset > block.end && after !== undefined) return this.locate(after.start, 1)
    const inside = Math.min(Math.max(offset, block.start), block.end)
    const segments = this.segmentsOf(found)
    let at = Math.max(0, findLast(segments, inside))
    if (side === -1 && segments[at]?.start === inside && at > 0) at -= 1
    const segment = segments[at]
    if (segment === undefined) return { node: element, offset: 0 }
    if (segment.node.nodeType === Node.TEXT_NODE) return { node: segment.node, offset: inside - segment.start }
    const parent = segment.node.parentNode ?? element
    return { node: parent, offset: childIndex(segment.node) + (inside > segment.start ? 1 : 0) }
  }

  /** A live range over `[start, end)`, or null without text. */
  rangeOf({ start, end }: TextRange): Range | null {
    const from = this.locate(start, 1)
    const to = this.locate(end, start < end ? -1 : 1)
    if (from === null || to === null) return null
    const range = this.root.ownerDocument.createRange()
    range.setStart(from.node, from.offset)
    range.setEnd(to.node, to.offset)
    return range
  }

  /**
   * Calls `add` with one static range for each text node in `[start, end)`. Ranges within one node are the cheapest for
   * the browser to keep: comparing their ends needs no walk through the tree.
   */
  eachNodeRange(start: number, end: number, add: (range: StaticRange) => void): void {
    const { blocks } = this.index
    for (let number = this.blockNumberAt(start); number < blocks.length; number++) {
      const block = blocks[number]
      if (block === undefined || block.start >= end) return
      if (block.end <= start) continue
      const segments = this.segmentsOf(number)
      for (let at = Math.max(0, findLast(segments, start)); at < segments.length; at++) {
        const segment = segments[at]
        if (segment === undefined || segment.start >= end) break
        if (segment.end <= start || segment.node.nodeType !== Node.TEXT_NODE) continue
        const startOffset = Math.max(0, start - segment.start)
        const endOffset = Math.min(end, segment.end) - segment.start
        add(new StaticRange({ startContainer: segment.node, startOffset, endContainer: segment.node, endOffset }))
      }
    }
  }

  /** The text nodes of a block with the offsets they cover, in order. */
  textNodesOf(number: number): { node: Node; start: number; end: number }[] {
    return this.segmentsOf(number).filter(({ node }) => node.nodeType === Node.TEXT_NODE)
  }

  /** The offset of a place on the page inside the text. Between two blocks: the start of the next (`side` 1) or the end of the one before. */
  offsetAt(node: Node, offset: number, side: -1 | 1): number {
    const element = (node instanceof Element ? node : node.parentElement)?.closest(`[${textBlockAttribute}]`)
    const number = element === null || element === undefined ? undefined : this.numbers.get(element)
    return number === undefined ? this.offsetBetween(node, offset, side) : this.offsetInBlock(number, { node, offset })
  }

  private offsetInBlock(number: number, { node, offset }: DomPoint): number {
    const block = this.index.blocks[number]
    if (block === undefined) return 0
    const segments = this.segmentsOf(number)
    const own = segments.find((segment) => segment.node === node)
    if (own?.node.nodeType === Node.TEXT_NODE) return Math.min(own.end, own.start + offset)
    const point = this.collapsedAt(node, offset)
    const next = segments.find((segment) => point.comparePoint(segment.node, 0) >= 0)
    return next === undefined ? block.end : next.start
  }

  private offsetBetween(node: Node, offset: number, side: -1 | 1): number {
    const point = this.collapsedAt(node, offset)
    let low = 0
    let high = this.elements.length
    while (low < high) {
      const middle = (low + high) >> 1
      const element = this.elements[middle]
      if (element !== undefined && point.comparePoint(element, 0) < 0) low = middle + 1
      else high = middle
    }
    const after = this.index.blocks[low]
    const before = this.index.blocks[low - 1]
    if (side === 1) return after?.start ?? before?.end ?? 0
    return before?.end ?? after?.start ?? 0
  }

  private collapsedAt(node: Node, offset: number): Range {
    const range = this.root.ownerDocument.createRange()
    range.setStart(node, offset)
    return range
  }

  private segmentsOf(number: number): Segment[] {
    const known = this.segments[number]
    if (known !== undefined) return known
    const made: Segment[] = []
    const block = this.index.blocks[number]
    const element = this.elements[number]
    if (block !== undefined && element !== undefined) {
      let start = block.start
      const walker = this.root.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
      for (let node = walker.nextNode(); node !== null && start < block.end; node = walker.nextNode()) {
        const length = node instanceof Text ? node.length : node.nodeName === 'BR' ? 1 : 0
        if (length > 0) made.push({ node, start, end: start + length })
        start += length
      }
    }
    this.segments[number] = made
    return made
  }
}

function childIndex(node: Node): number {
  let index = 0
  for (let before = node.previousSibling; before !== null; before = before.previousSibling) index += 1
  return index
}
