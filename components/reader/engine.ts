/**
 * The reader without React: keeps what is drawn, where the window is, the selection, the keys and the folds together.
 * The page's elements are written once and never changed for marks (see `highlight-surface.ts`); only the part of the text
 * near the screen is drawn at all, because browsers rebuild every registered highlight at any change of the page.
 */
import { planFolds, type Fold } from './folds'
import { activeHighlight, decidedHighlight, pendingHighlight, sentenceHighlight } from './highlight-names'
import { HitTester } from './hit-test'
import { ownsItsKeys, readKey, type KeyCommand } from './keyboard'
import { compareMarks, drawMarks, type DrawnPiece } from './mark-pieces'
import { MarkStore } from './mark-store'
import { joinLines, outlinePath } from './outline'
import { bringIntoView, contentOffset, findScroller, isPage, viewOf } from './scrolling'
import { SelectionWatcher } from './selection'
import type { Surface } from './surface'
import { findLast, type TextDom } from './text-dom'
import { TextGeometry } from './text-geometry'
import type { FoldedRange, ReaderAnnotation, TextRange, TextReaderHandle } from './types'
import { stepByWord } from './word-steps'

/** How much of a screen is drawn beyond the screen: ahead of the movement, and behind it. The window moves when less than the guard is left. */
const windowAhead = 0.8
const windowBehind = 0.2
const windowGuard = 0.1

export interface EngineEvents {
  onSelect(range: TextRange | null): void
  onActivate(annotationIds: string[]): void
  onSentenceChange(index: number): void
  onLayout(): void
  onViewport(visible: TextRange): void
  announce(words: string): void
}

export interface EngineInput {
  /** The element around the text; the outline is placed relative to it. */
  frame: HTMLElement
  outline: SVGPathElement
  dom: TextDom
  surface: Surface
  language: string
  events: EngineEvents
}

export class ReaderEngine implements Omit<TextReaderHandle, 'focus'> {
  private readonly input: EngineInput
  private readonly geometry: TextGeometry
  private readonly hits: HitTester
  private readonly marks = new MarkStore()
  private readonly scroller: Element
  private readonly selection: SelectionWatcher
  private readonly stop = new AbortController()
  private readonly resize: ResizeObserver
  private window: TextRange | null = null
  private folds: Fold[] = []
  private readonly openFolds = new Set<string>()
  private decided: readonly TextRange[] = []
  private sentences: readonly TextRange[] = []
  private sentence: number | null = null
  private activeId: string | null = null
  private frameRequest = 0
  private sized = false

  constructor(input: EngineInput) {
    this.input = input
    this.geometry = new TextGeometry(input.dom)
    this.hits = new HitTester(input.dom, this.geometry)
    this.scroller = findScroller(input.frame)
    this.selection = new SelectionWatcher(input.dom, (range) => { this.showSelection(range) })
    this.resize = new ResizeObserver(() => { this.handleResize() })
    this.resize.observe(input.dom.root)
    if (!isPage(this.scroller)) this.resize.observe(this.scroller)
    this.listen()
  }

  destroy(): void {
    cancelAnimationFrame(this.frameRequest)
    this.stop.abort()
    this.resize.disconnect()
    this.selection.destroy()
    this.input.surface.destroy()
  }

  setMarks(marks: readonly ReaderAnnotation[]): void {
    const changed = this.marks.update(marks)
    const window = this.window
    if (changed === null) return
    if (window === null) this.moveWindow()
    else if (changed.start < window.end && changed.end > window.start) this.drawMarkLayer()
    this.drawActive()
  }

  setDecided(decided: readonly TextRange[]): void {
    this.decided = decided
    this.drawDecided()
  }

  setFolds(folded: readonly FoldedRange[]): void {
    this.folds = planFolds(this.input.dom.index, folded)
    this.refold()
  }

  setSentences(sentences: readonly TextRange[], current: number | null): void {
    const moved = current !== this.sentence
    this.sentences = sentences
    this.sentence = current
    const range = current === null ? undefined : sentences[current]
    if (moved && range !== undefined) this.scrollTo(range)
    this.drawSentence()
  }

  setActive(id: string | null): void {
    const moved = id !== this.activeId
    this.activeId = id
    this.drawActive()
    const mark = id === null || !moved ? null : this.marks.get(id)
    if (mark !== null) this.scrollTo(mark)
  }

  extentOf(range: TextRange): { top: number; bottom: number } | null {
    const box = this.geometry.boxOf(range)
    if (box === null) return null
    const shift = contentOffset(this.scroller)
    return { top: box.top + shift, bottom: box.bottom + shift }
  }

  scrollTo(range: TextRange): void {
    const fold = this.closedFoldAt(range.start)
    if (fold !== null) this.toggleFold(fold.key)
    const box = this.geometry.boxOf(range)
    if (box === null || !bringIntoView(this.scroller, box, true)) return
    // Blocks that were never laid out have guessed heights: look again when the movement has ended.
    const target: EventTarget = isPage(this.scroller) ? document : this.scroller
    const settle = () => {
      const after = this.geometry.boxOf(range)
      if (after !== null) bringIntoView(this.scroller, after, false)
    }
    target.addEventListener('scrollend', settle, { once: true, signal: this.stop.signal })
  }

  scrollToOffset(offset: number): void {
    const box = this.geometry.boxOf({ start: offset, end: Math.min(offset + 1, this.input.dom.index.text.length) })
    if (box !== null) this.scroller.scrollBy({ top: box.top - viewOf(this.scroller).top, behavior: 'instant' })
  }

  selectRange(range: TextRange): void {
    const fold = this.closedFoldAt(range.start)
    if (fold !== null) this.toggleFold(fold.key)
    this.selection.select(range)
  }

  clearSelection(): void {
    this.selection.clear()
  }

  annotationsAt(x: number, y: number): string[] {
    const offset = this.hits.offsetUnder(x, y)
    return offset === null ? [] : this.marks.at(offset).map((mark) => mark.id)
  }

  private listen(): void {
    const { root } = this.input.dom
    const { signal } = this.stop
    document.addEventListener('scroll', (event) => { this.handleScroll(event) }, { signal, capture: true, passive: true })
    document.addEventListener('keydown', (event) => { this.handleKey(event) }, { signal })
    root.addEventListener('click', (event) => { this.handleClick(event) }, { signal })
    root.addEventListener('beforematch', (event) => { this.handleFound(event) }, { signal })
    root.addEventListener('pointermove', (event) => { this.handleHover(event) }, { signal, passive: true })
    // Paper has no window: draw everything while it prints.
    window.addEventListener('beforeprint', () => { this.drawAll() }, { signal })
    window.addEventListener('afterprint', () => { this.moveWindow() }, { signal })
  }

  // --- drawing ---

  private drawAll(): void {
    this.window = { start: 0, end: this.input.dom.index.text.length }
    this.drawMarkLayer()
    this.drawDecided()
  }

  private moveWindow(direction: -1 | 0 | 1 = 0): void {
    const { top, bottom } = viewOf(this.scroller)
    const screen = bottom - top
    const above = direction === 0 ? 0.4 : direction < 0 ? windowAhead : windowBehind
    const below = direction === 0 ? 0.4 : direction > 0 ? windowAhead : windowBehind
    this.window = this.geometry.rangeBetween(top - screen * above, bottom + screen * below) ?? { start: 0, end: 0 }
    this.drawMarkLayer()
    this.drawDecided()
  }

  private drawMarkLayer(): void {
    const { window } = this
    if (window !== null) this.input.surface.setLayer('marks', drawMarks(this.marks.overlapping(window), window))
  }

  private drawDecided(): void {
    const { window, decided } = this
    if (window === null) return
    const pieces: DrawnPiece[] = []
    for (let at = Math.max(0, findLast(decided, window.start)); at < decided.length; at++) {
      const range = decided[at]
      if (range === undefined || range.start >= window.end) break
      if (range.end > window.start) pieces.push({ ...range, name: decidedHighlight })
    }
    this.input.surface.setLayer('decided', pieces)
  }

  private drawActive(): void {
    const mark = this.activeId === null ? null : this.marks.get(this.activeId)
    this.input.surface.setLayer('active', mark === null ? [] : [{ start: mark.start, end: mark.end, name: activeHighlight }])
  }

  private drawSentence(): void {
    const range = this.currentSentence()
    this.input.surface.setLayer('sentence', range === null ? [] : [{ ...range, name: sentenceHighlight }])
    this.placeOutline()
  }

  private placeOutline(): void {
    const range = this.currentSentence()
    const boxes = range === null || this.closedFoldAt(range.start) !== null ? [] : [...(this.input.dom.rangeOf(range)?.getClientRects() ?? [])]
    const frame = this.input.frame.getBoundingClientRect()
    // White space hangs over the end of a line; the outline does not follow it.
    const inside = (x: number) => Math.min(frame.right, Math.max(frame.left, x)) - frame.left
    const lines = joinLines(boxes.map(({ left, right, top, bottom }) => ({ left: inside(left), right: inside(right), top: top - frame.top, bottom: bottom - frame.top })))
    this.input.outline.setAttribute('d', outlinePath(lines, 4))
  }

  private currentSentence(): TextRange | null {
    const range = this.sentence === null ? undefined : this.sentences[this.sentence]
    return range === undefined ? null : { start: range.start, end: range.end }
  }

  private showSelection(range: TextRange | null): void {
    this.input.surface.setLayer('pending', range === null ? [] : [{ ...range, name: pendingHighlight }])
    this.input.events.onSelect(range)
  }

  // --- folds ---

  private refold(): void {
    this.input.surface.setFolds(this.folds, this.openFolds)
    this.geometry.reset()
    this.hits.reset()
  }

  private toggleFold(key: string): void {
    if (!this.openFolds.delete(key)) this.openFolds.add(key)
    this.refold()
    this.moveWindow()
    this.placeOutline()
    this.input.events.onLayout()
  }

  private closedFoldAt(offset: number): Fold | null {
    return this.folds.find((fold) => offset >= fold.start && offset < fold.end && !this.openFolds.has(fold.key)) ?? null
  }

  private handleFound(event: Event): void {
    const { index, elements } = this.input.dom
    const found = elements.findIndex((element) => event.target instanceof Node && (event.target.contains(element) || element.contains(event.target)))
    const fold = this.closedFoldAt(index.blocks[found]?.start ?? -1)
    if (fold !== null) this.toggleFold(fold.key)
  }

  // --- the page ---

  private handleScroll(event: Event): void {
    if (event.target instanceof Node && !event.target.contains(this.input.frame)) return
    this.requestFrame()
  }

  private handleResize(): void {
    // The first call only says what the size is.
    if (!this.sized && this.window !== null) {
      this.sized = true
      return
    }
    this.sized = true
    this.hits.reset()
    this.placeOutline()
    this.requestFrame()
    this.input.events.onLayout()
  }

  private requestFrame(): void {
    if (this.frameRequest !== 0) return
    this.frameRequest = requestAnimationFrame(() => {
      this.frameRequest = 0
      this.followView()
    })
  }

  private followView(): void {
    const { top, bottom } = viewOf(this.scroller)
    const guard = (bottom - top) * windowGuard
    const needed = this.geometry.rangeBetween(top - guard, bottom + guard)
    if (needed !== null && this.window === null) this.moveWindow()
    else if (needed !== null && this.window !== null) {
      if (needed.end > this.window.end) this.moveWindow(1)
      else if (needed.start < this.window.start) this.moveWindow(-1)
    }
    const visible = this.geometry.rangeBetween(top, bottom)
    if (visible !== null) this.input.events.onViewport(visible)
  }

  // --- pointer and keys ---

  private handleClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null
    const bar = target?.closest<HTMLElement>('.reader-fold')
    if (bar) {
      this.toggleFold(bar.dataset.fold ?? '')
      return
    }
    const byPointer = event.detail > 0
    if (target?.closest('a[href]') && (!byPointer || event.ctrlKey || event.metaKey || event.shiftKey)) return
    // While reviewing, a press on a link marks or opens a mark; it must not lead away from the page.
    if (target?.closest('a')) event.preventDefault()
    if (document.getSelection()?.isCollapsed === false) return
    const ids = this.annotationsAt(event.clientX, event.clientY)
    if (ids.length > 0) this.input.events.onActivate(ids)
    else if (this.sentence !== null) this.goToSentenceAt(this.hits.offsetUnder(event.clientX, event.clientY))
  }

  private goToSentenceAt(offset: number | null): void {
    if (offset === null) return
    const found = findLast(this.sentences, offset)
    const range = this.sentences[found]
    if (range !== undefined && offset < range.end && found !== this.sentence) this.input.events.onSentenceChange(found)
  }

  private hovered = false
  private handleHover(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return
    const over = this.annotationsAt(event.clientX, event.clientY).length > 0
    if (over === this.hovered) return
    this.hovered = over
    this.input.dom.root.classList.toggle('reader-over-mark', over)
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || ownsItsKeys(event.target, event.key)) return
    const inside = event.target instanceof Node && this.input.frame.contains(event.target)
    // With nothing focused, the keys are the reader's only while someone goes from sentence to sentence.
    if (!inside && !(event.target === document.body && this.sentence !== null)) return
    const command = readKey(event, this.runsRightToLeft())
    if (command !== null && this.run(command)) event.preventDefault()
  }

  private runsRightToLeft(): boolean {
    const at = this.selection.current ?? this.currentSentence()
    const element = at === null ? undefined : this.input.dom.elements[this.input.dom.blockNumberAt(at.start)]
    return element !== undefined && getComputedStyle(element).direction === 'rtl'
  }

  private run(command: KeyCommand): boolean {
    switch (command.do) {
      case 'sentence':
        return this.goBySentence(command.by)
      case 'word':
        return this.extend(command)
      case 'open':
        return this.openMarks()
      case 'back':
        if (this.selection.current === null) return false
        this.clearSelection()
        return true
    }
  }

  private goBySentence(by: 1 | -1): boolean {
    let next = this.sentence === null ? this.firstVisibleSentence() : this.sentence + by
    for (let range = this.sentences[next]; range !== undefined && this.closedFoldAt(range.start) !== null; range = this.sentences[next]) next += by
    if (this.sentences[next] === undefined) return this.sentence !== null
    this.clearSelection()
    this.input.events.onSentenceChange(next)
    return true
  }

  private firstVisibleSentence(): number {
    const { top, bottom } = viewOf(this.scroller)
    const start = this.geometry.rangeBetween(top, bottom)?.start ?? 0
    const found = findLast(this.sentences, start)
    return found < 0 || (this.sentences[found]?.end ?? 0) <= start ? found + 1 : found
  }

  private extend({ step }: Extract<KeyCommand, { do: 'word' }>): boolean {
    const span = this.selection.current ?? this.currentSentence()
    if (span === null) return false
    const { text } = this.input.dom.index
    const around = findLast(this.sentences, span.end - 1)
    const stops = this.sentences.slice(Math.max(0, around - 2), around + 3).map((sentence) => sentence.end)
    const moved = stepByWord({ text, span, step, language: this.input.language, stops })
    if (moved !== null) {
      this.selection.select(moved)
      this.input.events.announce(text.slice(moved.start, moved.end))
    }
    return true
  }

  private openMarks(): boolean {
    const range = this.selection.current ?? this.currentSentence()
    if (range === null) return false
    const ids = this.marks.overlapping(range).sort(compareMarks).map((mark) => mark.id)
    if (ids.length > 0) this.input.events.onActivate(ids)
    return ids.length > 0
  }
}
