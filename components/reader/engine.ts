/**
 * The reader without React: ties together what is drawn, the selection, the keys, the folds and the scrolling.
 * The page's elements are written once and never changed for marks.
 */
import { FoldState } from './fold-state'
import { pendingHighlight, sentenceHighlight } from './highlight-names'
import { HitTester } from './hit-test'
import { compareMarks } from './mark-pieces'
import { outlineAround } from './outline'
import { bringIntoView, contentOffset, findScroller, isPage, viewOf } from './scrolling'
import { SelectionWatcher } from './selection'
import { SentenceWalk } from './sentence-walk'
import type { Surface } from './surface'
import type { TextDom } from './text-dom'
import { TextGeometry } from './text-geometry'
import type { FoldedRange, ReaderAnnotation, TextRange, TextReaderHandle } from './types'
import { WindowPainter } from './window-painter'

export interface EngineEvents {
  onSelect: (range: TextRange | null) => void
  onActivate: (annotationIds: string[]) => void
  onSentenceChange: (index: number) => void
  onLayout: () => void
  onViewport: (visible: TextRange) => void
  announce: (words: string) => void
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
  private readonly painter: WindowPainter
  private readonly scroller: Element
  private readonly selection: SelectionWatcher
  private readonly walk: SentenceWalk
  private readonly stop = new AbortController()
  private readonly resize: ResizeObserver
  private readonly folds: FoldState
  private sentence: number | null = null
  private activeId: string | null = null
  private frameRequest = 0
  private sized = false
  private hovered = false

  constructor(input: EngineInput) {
    const { dom, frame, surface, language, events } = input
    this.input = input
    this.folds = new FoldState(dom, surface)
    this.geometry = new TextGeometry(dom)
    this.hits = new HitTester(dom, this.geometry)
    this.scroller = findScroller(frame)
    this.painter = new WindowPainter({ dom, geometry: this.geometry, scroller: this.scroller, surface })
    this.selection = new SelectionWatcher(dom, (range) => {
      surface.setLayer('pending', range === null ? [] : [{ ...range, name: pendingHighlight }])
      events.onSelect(range)
    })
    this.walk = new SentenceWalk({
      frame,
      dom,
      language,
      selection: this.selection,
      isFolded: (offset) => this.folds.closedAt(offset) !== null,
      firstVisible: () => this.visibleRange()?.start ?? 0,
      annotationsIn: (range) =>
        this.painter.marks
          .overlapping(range)
          .sort(compareMarks)
          .map((mark) => mark.id),
      onSentenceChange: events.onSentenceChange,
      onActivate: events.onActivate,
      announce: events.announce,
    })
    this.resize = new ResizeObserver(() => {
      this.handleResize()
    })
    this.resize.observe(dom.root)
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
    this.painter.setMarks(marks)
  }

  setDecided(decided: readonly TextRange[]): void {
    this.painter.setDecided(decided)
  }

  setFolds(folded: readonly FoldedRange[]): void {
    this.folds.set(folded)
    this.forgetPlaces()
  }

  setSentences(sentences: readonly TextRange[], current: number | null): void {
    const moved = current !== this.sentence
    this.sentence = current
    this.walk.set(sentences, current)
    const range = this.walk.current
    if (moved && range !== null) this.scrollTo(range)
    this.input.surface.setLayer('sentence', range === null ? [] : [{ ...range, name: sentenceHighlight }])
    this.placeOutline()
  }

  setActive(id: string | null): void {
    const moved = id !== this.activeId
    this.activeId = id
    this.painter.setActive(id)
    const mark = id === null || !moved ? null : this.painter.marks.get(id)
    if (mark !== null) this.scrollTo(mark)
  }

  extentOf(range: TextRange): { top: number; bottom: number } | null {
    const box = this.geometry.boxOf(range)
    if (box === null) return null
    const shift = contentOffset(this.scroller)
    return { top: box.top + shift, bottom: box.bottom + shift }
  }

  scrollTo(range: TextRange): void {
    this.unfoldAt(range.start)
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
    this.unfoldAt(range.start)
    this.selection.select(range)
  }

  clearSelection(): void {
    this.selection.clear()
  }

  annotationsAt(x: number, y: number): string[] {
    const offset = this.hits.offsetUnder(x, y)
    return offset === null ? [] : this.painter.marks.at(offset).map((mark) => mark.id)
  }

  private listen(): void {
    const { root } = this.input.dom
    const { signal } = this.stop
    const on = <K extends keyof HTMLElementEventMap>(name: K, handle: (event: HTMLElementEventMap[K]) => void) => {
      root.addEventListener(name, handle, { signal })
    }
    on('click', (event) => {
      this.handleClick(event)
    })
    on('beforematch', (event) => {
      this.handleFound(event)
    })
    on('pointermove', (event) => {
      this.handleHover(event)
    })
    document.addEventListener(
      'scroll',
      (event) => {
        this.handleScroll(event)
      },
      { signal, capture: true, passive: true },
    )
    document.addEventListener(
      'keydown',
      (event) => {
        this.walk.handleKey(event)
      },
      { signal },
    )
    window.addEventListener(
      'beforeprint',
      () => {
        this.painter.drawAll()
      },
      { signal },
    )
    window.addEventListener(
      'afterprint',
      () => {
        this.painter.moveWindow()
      },
      { signal },
    )
  }

  private placeOutline(): void {
    const { dom, frame, outline } = this.input
    const range = this.walk.current
    const shown = range !== null && this.folds.closedAt(range.start) === null ? dom.rangeOf(range) : null
    outline.setAttribute('d', shown === null ? '' : outlineAround(shown, frame))
  }

  private visibleRange(): TextRange | null {
    const { top, bottom } = viewOf(this.scroller)
    return this.geometry.rangeBetween(top, bottom)
  }

  private forgetPlaces(): void {
    this.geometry.reset()
    this.hits.reset()
  }

  private toggleFold(key: string): void {
    this.folds.toggle(key)
    this.forgetPlaces()
    this.painter.moveWindow()
    this.placeOutline()
    this.input.events.onLayout()
  }

  private unfoldAt(offset: number): void {
    const fold = this.folds.closedAt(offset)
    if (fold !== null) this.toggleFold(fold.key)
  }

  private handleFound(event: Event): void {
    const { index, elements } = this.input.dom
    const { target } = event
    const found = elements.findIndex(
      (element) => target instanceof Node && (target.contains(element) || element.contains(target)),
    )
    this.unfoldAt(index.blocks[found]?.start ?? -1)
  }

  private handleScroll(event: Event): void {
    if (event.target instanceof Node && !event.target.contains(this.input.frame)) return
    this.requestFrame()
  }

  private handleResize(): void {
    // The first call only says what the size is; minimaps learn from it what is on the screen.
    const first = !this.sized && this.painter.started
    this.sized = true
    this.requestFrame()
    if (first) return
    this.hits.reset()
    this.placeOutline()
    this.input.events.onLayout()
  }

  private requestFrame(): void {
    if (this.frameRequest !== 0) return
    this.frameRequest = requestAnimationFrame(() => {
      this.frameRequest = 0
      this.painter.follow()
      const visible = this.visibleRange()
      if (visible !== null) this.input.events.onViewport(visible)
    })
  }

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
    else this.walk.goTo(this.hits.offsetUnder(event.clientX, event.clientY))
  }

  private handleHover(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return
    const over = this.annotationsAt(event.clientX, event.clientY).length > 0
    if (over === this.hovered) return
    this.hovered = over
    this.input.dom.root.classList.toggle('reader-over-mark', over)
  }
}
