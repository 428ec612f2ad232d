/** The reader's selection: when it settles, which range of the text it is, and putting one there. */
import type { TextDom } from './text-dom'
import type { TextRange } from './types'

/** A selection made without a pointer (touch handles, keyboard) counts as settled after this many milliseconds without a change. */
const settleDelay = 220

/** Without the white space at both ends; null when nothing else is left. */
export function trimRange(text: string, { start, end }: TextRange): TextRange | null {
  let from = start
  let to = end
  while (from < to && /\s/.test(text.charAt(from))) from += 1
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1
  return from < to ? { start: from, end: to } : null
}

export class SelectionWatcher {
  private readonly dom: TextDom
  private readonly report: (range: TextRange | null) => void
  private readonly stop = new AbortController()
  private settled: TextRange | null = null
  private pressed = false
  private timer = 0

  constructor(dom: TextDom, report: (range: TextRange | null) => void) {
    this.dom = dom
    this.report = report
    const { signal } = this.stop
    const page = dom.root.ownerDocument
    dom.root.addEventListener('pointerdown', () => (this.pressed = true), { signal })
    for (const name of ['pointerup', 'pointercancel'])
      page.addEventListener(
        name,
        () => {
          this.release()
        },
        { signal },
      )
    page.addEventListener(
      'selectionchange',
      () => {
        this.wait()
      },
      { signal },
    )
  }

  /** The range that was reported last. */
  get current(): TextRange | null {
    return this.settled
  }

  destroy(): void {
    window.clearTimeout(this.timer)
    this.stop.abort()
  }

  /** Selects a range on the page and reports it. */
  select(range: TextRange): void {
    const place = this.dom.rangeOf(range)
    if (place === null) return
    const selection = this.dom.root.ownerDocument.getSelection()
    selection?.setBaseAndExtent(place.startContainer, place.startOffset, place.endContainer, place.endOffset)
    this.settle(range)
  }

  clear(): void {
    const selection = this.dom.root.ownerDocument.getSelection()
    if (selection !== null && this.isInside(selection)) selection.removeAllRanges()
    this.settle(null)
  }

  private release(): void {
    if (!this.pressed) return
    this.pressed = false
    // The browser empties a selection that was clicked on only after the button is up.
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.read()
    }, 0)
  }

  private wait(): void {
    if (this.pressed) return
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.read()
    }, settleDelay)
  }

  private read(): void {
    const selection = this.dom.root.ownerDocument.getSelection()
    // A selection elsewhere (a note being typed) leaves the one in the text as it is.
    if (selection === null || !this.isInside(selection)) return
    this.settle(selection.isCollapsed ? null : this.toRange(selection.getRangeAt(0)))
  }

  private isInside(selection: Selection): boolean {
    return selection.rangeCount > 0 && this.dom.root.contains(selection.anchorNode)
  }

  private toRange(range: Range): TextRange | null {
    const { root, index } = this.dom
    const within = range.cloneRange()
    if (!root.contains(within.startContainer)) within.setStart(root, 0)
    if (!root.contains(within.endContainer)) within.setEnd(root, root.childNodes.length)
    const start = this.dom.offsetAt(within.startContainer, within.startOffset, 1)
    let end = this.dom.offsetAt(within.endContainer, within.endOffset, -1)
    // A selection of a whole paragraph often ends at the very start of the next one.
    const block = index.blocks[this.dom.blockNumberAt(end)]
    if (end === block?.start && end > start) end = index.blocks[this.dom.blockNumberAt(end - 1)]?.end ?? end
    return trimRange(index.text, { start, end: Math.max(start, end) })
  }

  private settle(range: TextRange | null): void {
    window.clearTimeout(this.timer)
    if (range?.start === this.settled?.start && range?.end === this.settled?.end) return
    this.settled = range
    this.report(range)
  }
}
