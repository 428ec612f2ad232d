/**
 * Which part of the text is drawn, and with what. Only the window, the part near the screen, is: browsers rebuild every registered
 * highlight at any change of the page, so that what is drawn, not what exists, is what a change costs.
 */
import { activeHighlight, decidedHighlight } from './highlight-names'
import { cutOut, drawMarks, type DrawnPiece } from './mark-pieces'
import { MarkStore } from './mark-store'
import { viewOf } from './scrolling'
import type { Surface } from './surface'
import { findLast, type TextDom } from './text-dom'
import type { TextGeometry } from './text-geometry'
import type { ReaderAnnotation, TextRange } from './types'

/** In screens: what is drawn beyond the screen ahead of the movement, behind it, and on both sides at rest. */
const ahead = 0.8
const behind = 0.2
const atRest = 0.4
/** In screens: the window moves when less than this is left. */
const guard = 0.1

export interface WindowInput {
  dom: TextDom
  geometry: TextGeometry
  scroller: Element
  surface: Surface
}

export class WindowPainter {
  readonly marks = new MarkStore()
  private readonly input: WindowInput
  private window: TextRange | null = null
  private drawn: DrawnPiece[] = []
  private decided: readonly TextRange[] = []
  private activeId: string | null = null

  constructor(input: WindowInput) {
    this.input = input
  }

  /** Whether anything was drawn yet. */
  get started(): boolean {
    return this.window !== null
  }

  setMarks(marks: readonly ReaderAnnotation[]): void {
    const changed = this.marks.update(marks)
    const { window } = this
    if (changed === null) return
    if (window === null) this.moveWindow()
    else this.redraw({ start: Math.max(changed.start, window.start), end: Math.min(changed.end, window.end) })
    this.drawActive()
  }

  setDecided(decided: readonly TextRange[]): void {
    this.decided = decided
    this.drawDecided()
  }

  setActive(id: string | null): void {
    this.activeId = id
    this.drawActive()
  }

  /** Puts the window around what is on the screen now; `direction` says where the text is moving (1: towards its end). */
  moveWindow(direction: -1 | 0 | 1 = 0): void {
    const { top, bottom } = viewOf(this.input.scroller)
    const screen = bottom - top
    const above = direction === 0 ? atRest : direction < 0 ? ahead : behind
    const below = direction === 0 ? atRest : direction > 0 ? ahead : behind
    this.window = this.input.geometry.rangeBetween(top - screen * above, bottom + screen * below) ?? {
      start: 0,
      end: 0,
    }
    this.drawMarkLayer()
    this.drawDecided()
  }

  /** Moves the window when the screen has come near its end. */
  follow(): void {
    const { top, bottom } = viewOf(this.input.scroller)
    const room = (bottom - top) * guard
    const needed = this.input.geometry.rangeBetween(top - room, bottom + room)
    if (needed === null) return
    if (this.window === null) this.moveWindow()
    else if (needed.end > this.window.end) this.moveWindow(1)
    else if (needed.start < this.window.start) this.moveWindow(-1)
  }

  /** Draws the whole text: paper has no window. */
  drawAll(): void {
    this.window = { start: 0, end: this.input.dom.index.text.length }
    this.drawMarkLayer()
    this.drawDecided()
  }

  private drawMarkLayer(): void {
    this.drawn = []
    if (this.window !== null) this.redraw(this.window)
  }

  private redraw(range: TextRange): void {
    if (range.start >= range.end) return
    this.drawn = [...cutOut(this.drawn, range), ...drawMarks(this.marks.overlapping(range), range)]
    this.input.surface.setLayer('marks', this.drawn)
  }

  private drawDecided(): void {
    const { window, decided } = this
    if (window === null) return
    const pieces: DrawnPiece[] = []
    for (let at = Math.max(0, findLast(decided, window.start)); at < decided.length; at++) {
      const range = decided[at]
      if (range === undefined || range.start >= window.end) break
      if (range.end > window.start) pieces.push({ start: range.start, end: range.end, name: decidedHighlight })
    }
    this.input.surface.setLayer('decided', pieces)
  }

  private drawActive(): void {
    const mark = this.activeId === null ? null : this.marks.get(this.activeId)
    this.input.surface.setLayer(
      'active',
      mark === null ? [] : [{ start: mark.start, end: mark.end, name: activeHighlight }],
    )
  }
}
