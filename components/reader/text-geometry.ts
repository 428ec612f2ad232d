/** Where the text stands on the screen, asked with as few boxes as possible: a document may have thousands of blocks. */
import type { TextDom } from './text-dom'
import type { TextRange } from './types'

/** An element that stands below the one before it: a top-level block, or an item of a long list or table. */
interface Unit {
  element: HTMLElement
  start: number
  end: number
}

/** Blocks longer than this are searched inside for the visible part. */
const longBlock = 3000
/** Containers with more blocks than this are taken apart into their items. */
const manyBlocks = 12

export class TextGeometry {
  private readonly dom: TextDom
  private units: Unit[] | null = null

  constructor(dom: TextDom) {
    this.dom = dom
  }

  /** Forgets which blocks are shown: call it after folding. */
  reset(): void {
    this.units = null
  }

  /** The part of the text between two heights of the viewport, in CSS pixels; whole lines at least. Null when none of it is there. */
  rangeBetween(top: number, bottom: number): TextRange | null {
    const units = this.shownUnits()
    const first = firstWhere(units.length, (at) => boxOf(units[at]).bottom > top)
    const last = firstWhere(units.length, (at) => boxOf(units[at]).top >= bottom) - 1
    const from = units[first]
    const to = units[last]
    if (from === undefined || to === undefined || last < first) return null
    const start = from.end - from.start > longBlock ? this.narrow(from, top, -1) : from.start
    const end = to.end - to.start > longBlock ? this.narrow(to, bottom, 1) : to.end
    return { start, end: Math.max(start, end) }
  }

  /** The box around a range, in viewport pixels; null when it is folded away or not laid out. */
  boxOf(range: TextRange): DOMRect | null {
    const element = this.dom.elements[this.dom.blockNumberAt(range.start)]
    if (element === undefined || element.closest('[hidden]') !== null) return null
    const box = this.dom.rangeOf(range)?.getBoundingClientRect()
    if (box !== undefined && (box.width > 0 || box.height > 0)) return box
    const whole = element.getBoundingClientRect()
    return whole.width > 0 || whole.height > 0 ? whole : null
  }

  private shownUnits(): Unit[] {
    if (this.units !== null) return this.units
    const units: Unit[] = []
    const { blocks } = this.dom.index
    const { elements } = this.dom
    let first = 0
    while (first < blocks.length) {
      let last = first
      while (blocks[last + 1]?.topIndex === blocks[first]?.topIndex) last += 1
      const top = this.topOf(elements[first])
      if (top !== null && !top.hasAttribute('hidden')) this.addUnits({ units, element: top, first, last })
      first = last + 1
    }
    this.units = units
    return units
  }

  private topOf(element: HTMLElement | undefined): HTMLElement | null {
    let top = element ?? null
    while (top !== null && top.parentElement !== this.dom.root) top = top.parentElement
    return top
  }

  private addUnits({ units, element, first, last }: { units: Unit[]; element: HTMLElement; first: number; last: number }): void {
    const { blocks } = this.dom.index
    const { elements } = this.dom
    const parts = last - first < manyBlocks ? [] : stackedParts(element)
    if (parts.length < 2) {
      units.push({ element, start: blocks[first]?.start ?? 0, end: blocks[last]?.end ?? 0 })
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
