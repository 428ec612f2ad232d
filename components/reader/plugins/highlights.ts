/**
 * Draws the highlights of a window, the part of the text near the screen. Browsers rebuild every registered highlight at any change of the page, so a
 * change costs as much as is drawn, not as much as exists.
 */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { activeHighlight, commentedHighlight, decidedHighlight, foundHighlight } from '../painting/highlight-names'
import type { HitTester } from '../painting/hit-test'
import { whenIdle } from '../idle'
import { cutOut, drawMarks, isSecond, type DrawnPiece, MarkStore } from '../painting/marks'
import type { Layer, Painter } from '../painting/painter'
import type { View } from '../scrolling'
import type { TextGeometry } from '../text-geometry'
import { findLast, type TextPlaces } from '../text-places'
import type { ReaderAnnotation, TextRange } from '../types'

/** In screens: the least that is drawn around the screen, and the distance to the window's end at which the window grows. */
const around = 0.3
const guard = 0.1
/** At rest the window grows on both sides until it holds this many pieces, or this many screens on each side. */
const piecesAtRest = 170
const mostAtRest = 6
/** While the text scrolls, the window grows ahead by this many pieces at once, within these least and most screens. */
const piecesAhead = 700
const leastAhead = 1
const mostAhead = 4.5
/** The time without scrolling after which a grown window shrinks again, in milliseconds. */
const restDelay = 250
/** In UTF-16 code units: the window grows by whole blocks, or inside longer ones by this much. */
const step = 2000
/** How far around the window pieces are prepared, in screens, and the least time left of an idle moment for it, in milliseconds. */
const prepared = 6
const leastRest = 3

export interface HighlightsInput {
  places: TextPlaces
  geometry: TextGeometry
  hits: HitTester
  painter: Painter
  /** Handles a press on marks; true when there were marks under it. */
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
            globalThis.clearTimeout(this.restTimer)
            this.callOff?.()
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
  /** The heights of the window's ends, with the layout in which they were measured. */
  private reach: { window: TextRange; layout: number; heights: View | null } | null = null
  /** Where the second lines of overlapping marks are drawn. Parts that scroll into view get them at rest. */
  private fine: TextRange | null = null
  /** The pieces of each block that was drawn before, until a mark in it changes. */
  private readonly pieces = new Map<number, DrawnPiece[]>()
  private restTimer: ReturnType<typeof setTimeout> | undefined
  private scrolledAt = 0
  private callOff: (() => void) | null = null
  private readonly quiet = new Map<Layer, { name: string; ranges: readonly TextRange[] }>()
  private activeId: string | null = null
  private hovered = false

  constructor(input: HighlightsInput) {
    this.input = input
  }

  /** Whether anything has been drawn yet. */
  get started(): boolean {
    return this.window !== null
  }

  setMarks(marks: readonly ReaderAnnotation[]): void {
    const changed = this.marks.update(marks)
    if (changed === null) return
    this.redraw(changed)
    // Of many new marks at once, the screen is drawn first, and the rest of the window when the page is at rest.
    if (this.window === null || changed.end === Infinity) {
      this.window = this.nearby()
      this.fine = this.window
      this.paintWindow()
      globalThis.clearTimeout(this.restTimer)
      this.waitForRest(restDelay)
    } else this.paintMarks()
    this.drawActive()
  }

  /** Sentences decided as "no claim here", by start. */
  setDecided(decided: readonly TextRange[]): void {
    this.setRanges('decided', { name: decidedHighlight, ranges: decided })
  }

  /** The words of open discussions: disjoint, by start. */
  setCommented(commented: readonly TextRange[]): void {
    this.setRanges('commented', { name: commentedHighlight, ranges: commented })
  }

  /** The results of a search in the document, by start. */
  setFound(found: readonly TextRange[]): void {
    this.setRanges('found', { name: foundHighlight, ranges: found })
  }

  setActive(id: string | null): void {
    this.activeId = id
    this.drawActive()
  }

  /** Ids of the marks under a point of the screen, topmost first. */
  idsUnder(x: number, y: number): string[] {
    return this.idsAt(this.input.hits.offsetUnder(x, y))
  }

  /** Ids of the marks over an offset, topmost first. */
  idsAt(offset: number | null): string[] {
    return offset === null ? [] : this.marks.at(offset).map((mark) => mark.id)
  }

  /** Draws the screen and its surroundings. The pieces that scrolling would need are prepared while the page is idle. */
  drawIn(): void {
    const near = this.nearby()
    this.window = this.growAtRest(near)
    this.fine = this.window
    this.paintWindow()
    this.callOff?.()
    this.callOff = whenIdle((left) => {
      this.prepare(near, left)
    })
  }

  /** The part of the text on the screen, and a little around it. */
  private nearby(): TextRange {
    return this.input.geometry.visibleRange(around) ?? { start: 0, end: 0 }
  }

  /** Draws ahead when the screen has come near the window's end. Call it when the text has scrolled. */
  follow(): void {
    const { geometry } = this.input
    this.scrolledAt = performance.now()
    if (this.isAhead()) return
    const { window } = this
    const visible = geometry.visibleRange()
    if (visible === null) return
    if (window === null || visible.end < window.start || visible.start > window.end) {
      this.drawIn()
      return
    }
    const screen = visible.end - visible.start
    const { length } = this.input.places.index.text
    const isPastEnd = window.end < length && visible.end + screen * guard > window.end
    const isPastStart = window.start > 0 && visible.start - screen * guard < window.start
    if (!isPastEnd && !isPastStart) return
    // Drops what is left behind: each drawn piece makes the change dearer.
    this.window = {
      start: isPastStart ? this.growAhead(visible, -1) : Math.max(window.start, visible.start - screen * around),
      end: isPastEnd ? this.growAhead(visible, 1) : Math.min(window.end, visible.end + screen * around),
    }
    this.paintWindow()
    globalThis.clearTimeout(this.restTimer)
    this.waitForRest(restDelay)
  }

  /** Whether the window reaches past the screen, by the heights of its ends. Scrolling measures nothing else while it does. */
  private isAhead(): boolean {
    const { window } = this
    if (window === null) return false
    const { layout } = this.input.geometry
    if (this.reach?.window !== window || this.reach.layout !== layout)
      this.reach = { window, layout, heights: this.input.geometry.heightsWithin(window) }
    const { heights } = this.reach
    if (heights === null) return false
    const { top, bottom } = this.input.geometry.view()
    const room = (bottom - top) * guard
    return top - room >= heights.top && bottom + room <= heights.bottom
  }

  private waitForRest(delay: number): void {
    this.restTimer = globalThis.setTimeout(() => {
      const left = this.scrolledAt + restDelay - performance.now()
      if (left > 0) this.waitForRest(left)
      else this.drawIn()
    }, delay)
  }

  /** Draws the whole text: paper has no window. */
  drawAll(): void {
    globalThis.clearTimeout(this.restTimer)
    this.window = { start: 0, end: this.input.places.index.text.length }
    this.fine = this.window
    this.paintWindow()
  }

  private growAtRest(near: TextRange): TextRange {
    let { start, end } = near
    if (this.marks.isEmpty) return near
    const { length } = this.input.places.index.text
    const most = (end - start) * mostAtRest
    let left = piecesAtRest - this.countPieces(near)
    while (left > 0 && (start > 0 || end < length) && near.start - start < most && end - near.end < most) {
      const wider = { start: this.stepFrom(start, -1), end: this.stepFrom(end, 1) }
      left -= this.countPieces({ start: wider.start, end: start }) + this.countPieces({ start: end, end: wider.end })
      ;({ start, end } = wider)
    }
    return { start, end }
  }

  /** The window's new end in the direction of the movement. */
  private growAhead(visible: TextRange, direction: -1 | 1): number {
    const screen = visible.end - visible.start
    const edge = direction === 1 ? visible.end : visible.start
    const { length } = this.input.places.index.text
    let at = edge
    let left = piecesAhead
    for (let far = 0; far < screen * mostAhead && (left > 0 || far < screen * leastAhead); far = Math.abs(at - edge)) {
      const next = this.stepFrom(at, direction)
      if (next === at) break
      this.eachPiece({ start: Math.min(at, next), end: Math.max(at, next) }, (piece) => {
        if (!isSecond(piece)) left -= 1
      })
      at = next
    }
    return Math.min(length, Math.max(0, at))
  }

  /** The next place where the window may end: the border of a block, or a step inside a long one. */
  private stepFrom(offset: number, direction: -1 | 1): number {
    const { blocks, text } = this.input.places.index
    const number = this.input.places.blockNumberAt(direction === 1 ? offset : offset - 1)
    const border = direction === 1 ? (blocks[number + 1]?.start ?? text.length) : (blocks[number]?.start ?? 0)
    if (direction === 1) return Math.min(offset + step, Math.max(border, offset))
    return Math.max(offset - step, Math.min(border, offset), 0)
  }

  private countPieces(range: TextRange): number {
    let count = 0
    this.eachPiece(range, () => {
      count += 1
    })
    return count
  }

  private eachPiece(range: TextRange, visit: (piece: DrawnPiece) => void): void {
    const { places } = this.input
    const { blocks } = places.index
    for (let number = places.blockNumberAt(range.start); number < blocks.length; number++) {
      if ((blocks[number]?.start ?? Infinity) >= range.end) return
      for (const piece of this.piecesOf(number)) if (piece.start < range.end && piece.end > range.start) visit(piece)
    }
  }

  private paintWindow(): void {
    this.paintMarks()
    for (const layer of this.quiet.keys()) this.drawRanges(layer)
  }

  private paintMarks(): void {
    const { window, fine } = this
    if (window === null) return
    const shown: DrawnPiece[] = []
    this.eachPiece(window, (piece) => {
      const isFine = fine !== null && piece.start < fine.end && piece.end > fine.start
      if (isFine || !isSecond(piece)) shown.push(piece)
    })
    this.input.painter.setLayer('marks', shown)
  }

  private piecesOf(number: number): DrawnPiece[] {
    const known = this.pieces.get(number)
    if (known !== undefined) return known
    const block = this.input.places.index.blocks[number]
    const made = block === undefined ? [] : drawMarks(this.marks.overlapping(block), block)
    this.pieces.set(number, made)
    return made
  }

  /** Cuts the pieces of the blocks around a part of the text before they are needed. */
  private prepare(near: TextRange, left: () => number): void {
    const { places } = this.input
    const reach = (near.end - near.start) * prepared
    const first = places.blockNumberAt(near.start - reach)
    const last = places.blockNumberAt(near.end + reach)
    for (let number = first; number <= last; number++) {
      if (this.pieces.has(number)) continue
      if (left() < leastRest) {
        this.callOff = whenIdle((then) => {
          this.prepare(near, then)
        })
        return
      }
      this.piecesOf(number)
    }
  }

  /** Updates the cached pieces where marks have changed. */
  private redraw(changed: TextRange): void {
    const { places } = this.input
    if (changed.end === Infinity) {
      this.pieces.clear()
      return
    }
    const last = places.blockNumberAt(changed.end)
    for (let number = places.blockNumberAt(changed.start); number <= last; number++) {
      const known = this.pieces.get(number)
      const block = places.index.blocks[number]
      if (known === undefined || block === undefined) continue
      const part = { start: Math.max(block.start, changed.start), end: Math.min(block.end, changed.end) }
      if (part.start >= part.end) continue
      this.pieces.set(number, [...cutOut(known, part), ...drawMarks(this.marks.overlapping(part), part)])
    }
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

  private isCommented(offset: number | null): boolean {
    const ranges = this.quiet.get('commented')?.ranges
    return offset !== null && ranges !== undefined && (ranges[findLast(ranges, offset)]?.end ?? 0) > offset
  }

  private handleHover(event: PointerEvent): boolean {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return false
    const offset = this.input.hits.offsetUnder(event.clientX, event.clientY)
    const over = this.idsAt(offset).length > 0 || this.isCommented(offset)
    if (over !== this.hovered) this.input.places.root.classList.toggle('reader-over-mark', over)
    this.hovered = over
    return false
  }
}
