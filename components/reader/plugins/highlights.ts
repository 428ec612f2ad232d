/**
 * Which part of the text is drawn, and with what. Only the window, the part near the screen, is: browsers rebuild every registered
 * highlight at any change of the page, so that what is drawn, not what exists, is what a change costs.
 */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { activeHighlight, decidedHighlight, foundHighlight } from '../highlight-names'
import type { HitTester } from '../hit-test'
import { cutOut, drawMarks, type DrawnPiece } from '../mark-pieces'
import { MarkStore } from '../mark-store'
import type { Layer, Painter } from '../painter'
import { viewOf } from '../scrolling'
import type { TextGeometry } from '../text-geometry'
import { findLast, type TextPlaces } from '../text-places'
import type { ReaderAnnotation, TextRange } from '../types'

/** In screens: what is drawn beyond the screen ahead of the movement, behind it, and on both sides at rest. */
const ahead = 0.8
const behind = 0.2
const atRest = 0.4
/** In screens: the window moves when less than this is left. */
const guard = 0.1

export interface HighlightsInput {
  places: TextPlaces
  geometry: TextGeometry
  hits: HitTester
  painter: Painter
  scroller: Element
  /** Asked for the marks under a press; true when the press was theirs. */
  onPress: (event: MouseEvent) => boolean
}

export class Highlights {
  /** Follows presses and the pointer over marks. */
  readonly extension = Extension.create({
    name: 'highlights',
    addProseMirrorPlugins: () => [
      new Plugin({
        view: () => ({
          destroy: () => {
            this.input.painter.destroy()
          },
        }),
        props: {
          handleDOMEvents: {
            click: (_, event) => this.input.onPress(event),
            pointermove: (_, event) => this.handleHover(event),
          },
        },
      }),
    ],
  })
  readonly marks = new MarkStore()
  private readonly input: HighlightsInput
  private window: TextRange | null = null
  private drawn: DrawnPiece[] = []
  private readonly quiet = new Map<Layer, { name: string; ranges: readonly TextRange[] }>()
  private activeId: string | null = null
  private hovered = false

  constructor(input: HighlightsInput) {
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

  /** Sentences decided as "no claim here", by start. */
  setDecided(decided: readonly TextRange[]): void {
    this.setRanges('decided', { name: decidedHighlight, ranges: decided })
  }

  /** What a search in the document found, by start. */
  setFound(found: readonly TextRange[]): void {
    this.setRanges('found', { name: foundHighlight, ranges: found })
  }

  setActive(id: string | null): void {
    this.activeId = id
    this.drawActive()
  }

  /** Ids of the marks under a point of the screen, topmost first. */
  idsUnder(x: number, y: number): string[] {
    const offset = this.input.hits.offsetUnder(x, y)
    return offset === null ? [] : this.marks.at(offset).map((mark) => mark.id)
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
    this.drawWindow()
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
    this.window = { start: 0, end: this.input.places.index.text.length }
    this.drawWindow()
  }

  private drawWindow(): void {
    this.drawn = []
    if (this.window !== null) this.redraw(this.window)
    for (const layer of this.quiet.keys()) this.drawRanges(layer)
  }

  private redraw(range: TextRange): void {
    if (range.start >= range.end) return
    this.drawn = [...cutOut(this.drawn, range), ...drawMarks(this.marks.overlapping(range), range)]
    this.input.painter.setLayer('marks', this.drawn)
  }

  private setRanges(layer: Layer, drawing: { name: string; ranges: readonly TextRange[] }): void {
    this.quiet.set(layer, drawing)
    this.drawRanges(layer)
  }

  private drawRanges(layer: Layer): void {
    const { window } = this
    const drawing = this.quiet.get(layer)
    if (window === null || drawing === undefined) return
    const { name, ranges } = drawing
    const pieces: DrawnPiece[] = []
    for (let at = Math.max(0, findLast(ranges, window.start)); at < ranges.length; at++) {
      const range = ranges[at]
      if (range === undefined || range.start >= window.end) break
      if (range.end > window.start) pieces.push({ start: range.start, end: range.end, name })
    }
    this.input.painter.setLayer(layer, pieces)
  }

  private drawActive(): void {
    const mark = this.activeId === null ? null : this.marks.get(this.activeId)
    const pieces = mark === null ? [] : [{ start: mark.start, end: mark.end, name: activeHighlight(mark.rating) }]
    this.input.painter.setLayer('active', pieces)
  }

  private handleHover(event: PointerEvent): boolean {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return false
    const over = this.idsUnder(event.clientX, event.clientY).length > 0
    if (over !== this.hovered) this.input.places.root.classList.toggle('reader-over-mark', over)
    this.hovered = over
    return false
  }
}
