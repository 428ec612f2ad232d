/** The geometry of the text on the screen, measured with as few boxes as possible: a document may have thousands of blocks. */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { isPage, type View } from './scrolling'
import type { TextPlaces } from './text-places'
import type { TextRange } from './types'

/** A node below the one before it: a top-level block, or an item of a long list or table. */
interface Unit {
  position: number
  element: HTMLElement | null | undefined
  /** Its place in pixels of the scrolled content, valid while `layout` is the number of the present layout. */
  top: number
  bottom: number
  layout: number
  firstBlock: number
  lastBlock: number
  start: number
  end: number
}

/** The length above which a block is searched inside for the visible part. */
const longBlock = 3000
/** The number of blocks above which a container is split into its items. */
const manyBlocks = 12
const stacking: ReadonlySet<string> = new Set(['bulletList', 'orderedList', 'table', 'blockquote'])

export class TextGeometry {
  private readonly places: TextPlaces
  private readonly scroller: Element
  private readonly isPage: boolean
  private readonly isFolded: (offset: number) => boolean
  private units: Unit[] | null = null
  private layoutNumber = 0
  /** The scroller's last measured place on the screen; null at a new layout. */
  private box: DOMRect | null = null
  /** The last results of the searches for a unit below and above a height: the next ones are usually near. */
  private lastBelow = 0
  private lastAbove = 0

  constructor(input: { places: TextPlaces; scroller: Element; isFolded: (offset: number) => boolean }) {
    this.places = input.places
    this.scroller = input.scroller
    this.isPage = isPage(input.scroller)
    this.isFolded = input.isFolded
  }

  /** The number of the present layout. Heights measured in another one are invalid. */
  get layout(): number {
    return this.layoutNumber
  }

  /** Forgets all positions. Call it after anything that may have moved them. */
  forgetBoxes(): void {
    this.layoutNumber += 1
    this.box = null
  }

  /** Forgets which blocks are shown. Call it after folding. */
  reset(): void {
    this.units = null
    this.lastBelow = 0
    this.lastAbove = 0
  }

  /** The part of the text on the screen, extended by a number of screens above and below, in whole lines at least. Null when none of it is there. */
  visibleRange(around = 0): TextRange | null {
    const shift = this.contentOffset()
    const { top, bottom } = this.view()
    const room = (bottom - top) * around
    const from = this.unitBelow(top - room, shift)
    const to = this.unitAbove(bottom + room, shift)
    if (from === null || to === null || from.start > to.end) return null
    const start = from.end - from.start > longBlock ? this.narrow(from, top - room - shift, -1) : from.start
    const end = to.end - to.start > longBlock ? this.narrow(to, bottom + room - shift, 1) : to.end
    return { start, end: Math.max(start, end) }
  }

  /** The screen's place in the scrolled content, in pixels. While scrolling, only the scroll position is read from the page. */
  view(): View {
    if (this.isPage) return { top: this.scroller.scrollTop, bottom: this.scroller.scrollTop + window.innerHeight }
    this.box ??= this.scroller.getBoundingClientRect()
    const { top, bottom } = this.box
    const shift = this.scroller.scrollTop - top
    return { top: Math.max(0, top) + shift, bottom: Math.min(window.innerHeight, bottom) + shift }
  }

  /** The heights of the scrolled content between which all text is in a range, measured in whole units; null when it holds none. */
  heightsWithin(range: TextRange): View | null {
    const units = this.shownUnits()
    const shift = this.contentOffset()
    const first = this.firstWhere((unit) => unit.start >= range.start, this.lastBelow)
    const last = this.firstWhere((unit) => unit.end > range.end, this.lastAbove) - 1
    const [upper, lower] = [units[first], units[last]]
    if (upper === undefined || lower === undefined || first > last) return null
    return {
      top: first === 0 ? -Infinity : this.measure(upper, shift).top,
      bottom: last === units.length - 1 ? Infinity : this.measure(lower, shift).bottom,
    }
  }

  /**
   * The offset between pixels of the screen and of the scrolled content. Measured anew each time, because content above may have moved the scroller.
   */
  private contentOffset(): number {
    if (this.isPage) return this.scroller.scrollTop
    this.box = this.scroller.getBoundingClientRect()
    return this.scroller.scrollTop - this.box.top
  }

  /** The first unit that ends below a height of the scrolled content; the last one when none does. */
  private unitBelow(y: number, shift: number): Unit | null {
    const units = this.shownUnits()
    this.lastBelow = this.firstWhere((unit) => this.measure(unit, shift).bottom > y, this.lastBelow)
    return units[Math.min(units.length - 1, this.lastBelow)] ?? null
  }

  /** The last unit that begins above a height of the scrolled content; the first one when none does. */
  private unitAbove(y: number, shift: number): Unit | null {
    this.lastAbove = this.firstWhere((unit) => this.measure(unit, shift).top >= y, this.lastAbove)
    return this.shownUnits()[Math.max(0, this.lastAbove - 1)] ?? null
  }

  /**
   * The index of the first unit for which `test` holds, or the number of units. `test` must hold for all later units too. Searches near `guess`
   * first.
   */
  private firstWhere(test: (unit: Unit) => boolean, guess: number): number {
    const units = this.shownUnits()
    const holds = (at: number) => {
      const unit = units[at]
      return unit === undefined || test(unit)
    }
    let low = 0
    let high = units.length
    let step = 1
    if (holds(guess)) {
      high = guess
      while (high - step >= 0 && holds(high - step)) {
        high -= step
        step *= 2
      }
      low = Math.max(0, high - step + 1)
    } else {
      low = guess + 1
      while (low + step <= high && !holds(low + step - 1)) {
        low += step
        step *= 2
      }
      high = Math.min(high, low + step - 1)
    }
    while (low < high) {
      const middle = (low + high) >> 1
      if (holds(middle)) high = middle
      else low = middle + 1
    }
    return low
  }

  /** The box around a range, in viewport pixels; null when it is folded away or not laid out. */
  boxOf(range: TextRange): DOMRect | null {
    const element = this.places.elementOf(this.places.blockNumberAt(range.start))
    if (element === null || this.isFolded(range.start)) return null
    const box = this.places.rangeOf(range).getBoundingClientRect()
    if (box.width > 0 || box.height > 0) return box
    const whole = element.getBoundingClientRect()
    return whole.width > 0 || whole.height > 0 ? whole : null
  }

  /** The text block at a point of the screen, with its box; null between blocks. The block `guess` is tried first. */
  blockAt(x: number, y: number, guess: number): { number: number; box: DOMRect } | null {
    const near = this.places.elementOf(guess)?.getBoundingClientRect()
    if (near !== undefined && x >= near.left && x < near.right && y >= near.top && y < near.bottom)
      return { number: guess, box: near }
    const shift = this.contentOffset()
    const unit = this.unitBelow(y + shift, shift)
    if (unit === null) return null
    for (let number = unit.firstBlock; number <= unit.lastBlock; number++) {
      const box = this.places.elementOf(number)?.getBoundingClientRect()
      if (box === undefined || y < box.top || y >= box.bottom) continue
      // Blocks side by side are told apart by width. A block on its own also includes the spaces that hang over its edge.
      if (unit.firstBlock === unit.lastBlock || (x >= box.left && x < box.right)) return { number, box }
    }
    return null
  }

  private measure(unit: Unit, shift: number): Unit {
    if (unit.layout === this.layoutNumber) return unit
    unit.element ??= this.places.elementAt(unit.position)
    const box = unit.element?.getBoundingClientRect()
    unit.top = (box?.top ?? 0) + shift
    unit.bottom = (box?.bottom ?? 0) + shift
    unit.layout = this.layoutNumber
    return unit
  }

  private shownUnits(): Unit[] {
    if (this.units !== null) return this.units
    const units: Unit[] = []
    const { blocks } = this.places.index
    let first = 0
    this.places.view.state.doc.forEach((node, position) => {
      const next = this.blockAfter(first, position + node.nodeSize)
      if (next > first && !this.isFolded(blocks[first]?.start ?? 0))
        this.addUnits({ units, node, position, first, last: next - 1 })
      first = next
    })
    this.units = units
    return units
  }

  /** The index of the first block, from `first` on, that begins at or after a document position. */
  private blockAfter(first: number, position: number): number {
    const { blocks } = this.places.index
    let next = first
    while ((blocks[next]?.position ?? Infinity) < position) next += 1
    return next
  }

  private addUnits(input: { units: Unit[]; node: DocumentNode; position: number; first: number; last: number }): void {
    const { units, node, position, first, last } = input
    const { blocks } = this.places.index
    if (last - first < manyBlocks || !stacking.has(node.type.name) || node.childCount < 2) {
      const unmeasured = { element: undefined, top: 0, bottom: 0, layout: -1 }
      units.push({
        ...unmeasured,
        position,
        firstBlock: first,
        lastBlock: last,
        start: blocks[first]?.start ?? 0,
        end: blocks[last]?.end ?? 0,
      })
      return
    }
    let from = first
    node.forEach((child, offset) => {
      const inside = position + 1 + offset
      const next = this.blockAfter(from, inside + child.nodeSize)
      if (next > from) this.addUnits({ units, node: child, position: inside, first: from, last: next - 1 })
      from = next
    })
  }

  /** The offset inside a long block where the line at height `y` begins (`side` -1) or ends (1), to within a few hundred units. */
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
    // White space at the end of a line has no box, so the search looks a little further.
    for (let at = offset; at < Math.min(limit, offset + 8); at++) {
      const box = this.places.rangeOf({ start: at, end: at + 1 }).getBoundingClientRect()
      if (box.height > 0) return box
    }
    return null
  }
}
