/** Where the text stands on the screen, asked with as few boxes as possible: a document may have thousands of blocks. */
import type { TextDom } from './text-dom'
import type { TextRange } from './types'

/** An element that stands below the one before it: a top-level block, or an item of a long list or table. */
interface Unit {
  element: HTMLElement
  firstBlock: number
  lastBlock: number
  start: number
  end: number
}

/** Units that follow each other: those of one chunk, which are asked only when the chunk itself is near, or of the text between chunks. */
interface Group {
  chunk: HTMLElement | null
  units: Unit[]
}

/** Blocks longer than this are searched inside for the visible part. */
const longBlock = 3000
/** Containers with more blocks than this are taken apart into their items. */
const manyBlocks = 12

export class TextGeometry {
  private readonly dom: TextDom
  private groups: Group[] | null = null

  constructor(dom: TextDom) {
    this.dom = dom
  }

  /** Forgets which blocks are shown: call it after folding. */
  reset(): void {
    this.groups = null
  }

  /** The part of the text between two heights of the viewport, in CSS pixels; whole lines at least. Null when none of it is there. */
  rangeBetween(top: number, bottom: number): TextRange | null {
    const from = this.unitBelow(top)
    const to = this.unitAbove(bottom)
    if (from === null || to === null || from.start > to.end) return null
    const start = from.end - from.start > longBlock ? this.narrow(from, top, -1) : from.start
    const end = to.end - to.start > longBlock ? this.narrow(to, bottom, 1) : to.end
    return { start, end: Math.max(start, end) }
  }

  /** The first unit that ends below a height. */
  private unitBelow(y: number): Unit | null {
    const groups = this.shownGroups()
    const group = groups[firstWhere(groups.length, (at) => boxOfGroup(groups[at]).bottom > y)]
    if (group === undefined) return null
    return (
      group.units[
        Math.min(
          group.units.length - 1,
          firstWhere(group.units.length, (at) => boxOf(group.units[at]).bottom > y),
        )
      ] ?? null
    )
  }

  /** The last unit that begins above a height. */
  private unitAbove(y: number): Unit | null {
    const groups = this.shownGroups()
    const group = groups[firstWhere(groups.length, (at) => boxOfGroup(groups[at]).top >= y) - 1]
    if (group === undefined) return null
    return group.units[Math.max(0, firstWhere(group.units.length, (at) => boxOf(group.units[at]).top >= y) - 1)] ?? null
  }

  /** The box around a range, in viewport pixels; null when it is folded away or not laid out. */
  boxOf(range: TextRange): DOMRect | null {
    const element = this.dom.elements[this.dom.blockNumberAt(range.start)]
    if (element?.closest('[hidden]') !== null) return null
    const box = this.dom.rangeOf(range)?.getBoundingClientRect()
    if (box !== undefined && (box.width > 0 || box.height > 0)) return box
    const whole = element.getBoundingClientRect()
    return whole.width > 0 || whole.height > 0 ? whole : null
  }

  /** The text block that holds a point of the screen, with its box; null between blocks. The block `guess` is tried first. */
  blockAt(x: number, y: number, guess: number): { number: number; box: DOMRect } | null {
    const near = this.dom.elements[guess]?.getBoundingClientRect()
    if (near !== undefined && x >= near.left && x < near.right && y >= near.top && y < near.bottom)
      return { number: guess, box: near }
    const unit = this.unitBelow(y)
    if (unit === null) return null
    for (let number = unit.firstBlock; number <= unit.lastBlock; number++) {
      const box = this.dom.elements[number]?.getBoundingClientRect()
      if (box === undefined || y < box.top || y >= box.bottom) continue
      // Blocks side by side are told apart by width; a block alone also owns the spaces that hang over its edge.
      if (unit.firstBlock === unit.lastBlock || (x >= box.left && x < box.right)) return { number, box }
    }
    return null
  }

  private shownGroups(): Group[] {
    if (this.groups !== null) return this.groups
    const groups: Group[] = []
    const { blocks } = this.dom.index
    const { elements } = this.dom
    let first = 0
    while (first < blocks.length) {
      let last = first
      while (blocks[last + 1]?.topIndex === blocks[first]?.topIndex) last += 1
      const top = this.topOf(elements[first])
      if (top !== null && !top.hasAttribute('hidden')) {
        const chunk = top.parentElement === this.dom.root ? null : top.parentElement
        let group = groups.at(-1)
        if (group?.chunk !== chunk) {
          group = { chunk, units: [] }
          groups.push(group)
        }
        this.addUnits({ units: group.units, element: top, first, last })
      }
      first = last + 1
    }
    this.groups = groups
    return groups
  }

  private topOf(element: HTMLElement | undefined): HTMLElement | null {
    let top = element ?? null
    while (
      top !== null &&
      top.parentElement !== this.dom.root &&
      top.parentElement?.classList.contains('reader-chunk') !== true
    )
      top = top.parentElement
    return top
  }

  private addUnits({
    units,
    element,
    first,
    last,
  }: {
    units: Unit[]
    element: HTMLElement
    first: number
    last: number
  }): void {
    const { blocks } = this.dom.index
    const { elements } = this.dom
    const parts = last - first < manyBlocks ? [] : stackedParts(element)
    if (parts.length < 2) {
      units.push({
        element,
        firstBlock: first,
        lastBlock: last,
        start: blocks[first]?.start ?? 0,
        end: blocks[last]?.end ?? 0,
      })
      return
    }
    let from = first
    for (const part of parts) {
      let to = from
      while (to <= last && elements[to] !== undefined && part.contains(elements[to] ?? null)) to += 1
      if (to > from) this.addUnits({ units, element: part, first: from, last: to - 1 })
      from = to
    }
  }

  /** The place inside a long block where the line at height `y` begins (`side` -1) or ends (1), to within a few hundred units. */
  private narrow(unit: Unit, y: number, side: -1 | 1): number {
    let low = unit.start
    let high = unit.end
    while (high - low > 200) {
      const middle = (low + high) >> 1
      const box = this.lineAt(middle, high)
      if (box === null || (side === -1 ? box.bottom <= y : box.top < y)) low = middle
      else high = middle
    }
    return side === -1 ? low : high
  }

  private lineAt(offset: number, limit: number): DOMRect | null {
    // White space at the end of a line has no box: look a little further.
    for (let at = offset; at < Math.min(limit, offset + 8); at++) {
      const box = this.dom.rangeOf({ start: at, end: at + 1 })?.getBoundingClientRect()
      if (box !== undefined && box.height > 0) return box
    }
    return null
  }
}

function boxOf(unit: Unit | undefined): DOMRect {
  return unit === undefined ? new DOMRect() : unit.element.getBoundingClientRect()
}

function boxOfGroup(group: Group | undefined): { top: number; bottom: number } {
  if (group?.chunk) return group.chunk.getBoundingClientRect()
  return { top: boxOf(group?.units[0]).top, bottom: boxOf(group?.units.at(-1)).bottom }
}

/** The children that stand below each other. */
function stackedParts(element: HTMLElement): HTMLElement[] {
  const body = element.querySelector<HTMLElement>(':scope > table > tbody') ?? element
  const tag = body.tagName
  if (tag !== 'UL' && tag !== 'OL' && tag !== 'TBODY' && tag !== 'BLOCKQUOTE') return []
  return [...body.children].filter((child) => child instanceof HTMLElement)
}

/** The least number below `count` for which `test` holds, or `count`: `test` must hold for all greater ones too. */
function firstWhere(count: number, test: (at: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return low
}
