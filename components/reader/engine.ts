/**
 * The reader without React: a Tiptap editor whose extensions are the marks, the folds, the selection and the keys, connected with the scrolling. The
 * page's elements are written once and never changed for marks.
 */
import type { Editor } from '@tiptap/core'
import type { DocumentContent } from '@/lib/domain/text/model'
import type { TextIndex } from '@/lib/domain/text/text-index'
import {
  commentedNowHighlight,
  foundNowHighlight,
  pendingHighlight,
  sentenceHighlight,
} from './painting/highlight-names'
import { HitTester } from './painting/hit-test'
import { LongText } from './long-text'
import { compareMarks } from './painting/marks'
import { outlineAround } from './outline'
import type { MakePainter, Painter } from './painting/painter'
import { Folds } from './plugins/folds'
import { Highlights } from './plugins/highlights'
import { TextSelection, copyRange } from './plugins/selection'
import { SentenceKeys } from './plugins/sentence-keys'
import { SpanHandles } from './plugins/span-handles'
import { createReaderEditor, type Mounting } from './reader-editor'
import { bringIntoView, contentOffset, findScroller, isPage, viewOf } from './scrolling'
import { TextGeometry } from './text-geometry'
import { TextPlaces } from './text-places'
import type { FoldedRange, ReaderAnnotation, TextRange, TextReaderHandle } from './types'

export interface EngineEvents {
  onSelect: (range: TextRange | null) => void
  onActivate: (annotationIds: string[]) => void
  onPressWords: (offset: number, annotationIds: string[]) => boolean
  onSentenceChange: (index: number) => void
  onMoveSpan: (annotationId: string, range: TextRange) => void
  onLayout: () => void
  /** Whether `onVisibleRange` has a listener. */
  watchesViewport: () => boolean
  onViewport: (visible: TextRange) => void
  announce: (words: string) => void
}

export interface EngineInput {
  /** The element around the text; the outline and the handles are placed relative to it. */
  frame: HTMLElement
  /** The element of the text. */
  root: HTMLElement
  attributes: Record<string, string>
  outline: SVGPathElement
  content: DocumentContent
  index: TextIndex
  folded: readonly FoldedRange[]
  language: string
  makePainter: MakePainter
  events: EngineEvents
}

export class ReaderEngine implements Omit<TextReaderHandle, 'focus'> {
  readonly editor: Editor
  /** The way in which the editor got its elements. */
  readonly mounting: Mounting
  private readonly input: EngineInput
  private readonly places: TextPlaces
  private readonly geometry: TextGeometry
  private readonly hits: HitTester
  private readonly painter: Painter
  private readonly highlights: Highlights
  private readonly folds: Folds
  private readonly selection: TextSelection
  private readonly keys: SentenceKeys
  private readonly handles: SpanHandles
  private readonly longText: LongText
  private readonly scroller: Element
  /** The node that dispatches the scroller's scroll events. */
  private readonly scrolled: Node
  private readonly stop = new AbortController()
  private readonly resize: ResizeObserver
  private sentence: number | null = null
  private activeId: string | null = null
  private canMoveSpans = false
  private frameRequest = 0
  private sized = false

  constructor(input: EngineInput) {
    const { root, frame, content, index, folded, attributes } = input
    this.input = input
    this.scroller = findScroller(frame)
    this.scrolled = isPage(this.scroller) ? document : this.scroller
    this.places = new TextPlaces(index)
    this.folds = new Folds({
      places: this.places,
      folded,
      onChange: () => {
        this.handleFold()
      },
    })
    this.geometry = new TextGeometry({
      places: this.places,
      scroller: this.scroller,
      isFolded: (offset) => this.folds.closedAt(offset) !== null,
    })
    this.hits = new HitTester(this.places, this.geometry)
    this.painter = input.makePainter(this.places)
    this.highlights = this.createHighlights()
    this.selection = this.createSelection()
    this.handles = this.createHandles()
    this.keys = this.createKeys()
    const parts = [this.places, this.folds, this.highlights, this.selection, this.handles, this.keys]
    const { editor, mounting } = createReaderEditor({
      root,
      content,
      folds: this.folds,
      attributes,
      extensions: [...parts, this.painter].flatMap(({ extension }) => extension ?? []),
    })
    this.editor = editor
    this.mounting = mounting
    this.longText = new LongText({ root, scroller: this.scroller, length: index.text.length })
    this.resize = new ResizeObserver(() => {
      this.handleResize()
    })
    this.resize.observe(root)
    if (!isPage(this.scroller)) this.resize.observe(this.scroller)
    this.listen()
  }

  destroy(): void {
    cancelAnimationFrame(this.frameRequest)
    this.stop.abort()
    this.resize.disconnect()
    this.longText.destroy()
    this.editor.destroy()
  }

  setMarks(marks: readonly ReaderAnnotation[]): void {
    this.highlights.setMarks(marks)
    this.placeHandles()
  }

  setDecided(decided: readonly TextRange[]): void {
    this.highlights.setDecided(decided)
  }

  /** Draws the words of open discussions. `now` is the range of the current one. */
  setCommented(commented: readonly TextRange[], now: TextRange | null): void {
    this.highlights.setCommented(commented)
    this.painter.setLayer('commentedNow', now === null ? [] : [{ ...now, name: commentedNowHighlight }])
  }

  /** Draws the results of a search. `now` is the current one. */
  setFound(found: readonly TextRange[], now: TextRange | null): void {
    this.highlights.setFound(found)
    this.painter.setLayer('foundNow', now === null ? [] : [{ ...now, name: foundNowHighlight }])
  }

  setFolds(folded: readonly FoldedRange[]): void {
    this.folds.set(folded)
    this.forgetPlaces()
  }

  setSentences(sentences: readonly TextRange[], current: number | null): void {
    const moved = current !== this.sentence
    this.sentence = current
    this.keys.set(sentences, current)
    const range = this.keys.current
    if (moved && range !== null) this.scrollTo(range)
    this.painter.setLayer('sentence', range === null ? [] : [{ ...range, name: sentenceHighlight }])
    this.placeOutline()
    this.placeHandles()
  }

  setActive(id: string | null, canMoveSpans: boolean): void {
    const moved = id !== this.activeId
    this.activeId = id
    this.canMoveSpans = canMoveSpans
    this.highlights.setActive(id)
    const mark = id === null || !moved ? null : this.highlights.marks.get(id)
    if (mark !== null) this.scrollTo(mark)
    this.placeHandles()
  }

  extentOf(range: TextRange): { top: number; bottom: number } | null {
    const box = this.geometry.boxOf(range)
    if (box === null) return null
    const shift = contentOffset(this.scroller)
    return { top: box.top + shift, bottom: box.bottom + shift }
  }

  scrollTo(range: TextRange): void {
    this.folds.openAt(range.start)
    const box = this.geometry.boxOf(range)
    if (box === null || !bringIntoView(this.scroller, box, true)) return
    // Blocks that were never laid out have guessed heights, so the place is checked again when the movement has ended.
    const settle = () => {
      const after = this.geometry.boxOf(range)
      if (after !== null) bringIntoView(this.scroller, after, false)
    }
    this.scrolled.addEventListener('scrollend', settle, { once: true, signal: this.stop.signal })
  }

  scrollToOffset(offset: number): void {
    const box = this.geometry.boxOf({ start: offset, end: Math.min(offset + 1, this.places.index.text.length) })
    if (box !== null) this.scroller.scrollBy({ top: box.top - viewOf(this.scroller).top, behavior: 'instant' })
  }

  selectRange(range: TextRange): void {
    this.folds.openAt(range.start)
    this.selection.select(range)
  }

  clearSelection(): void {
    this.selection.clear()
  }

  annotationsAt(x: number, y: number): string[] {
    return this.highlights.idsUnder(x, y)
  }

  private createHighlights(): Highlights {
    const { places, geometry, hits, painter } = this
    return new Highlights({ places, geometry, hits, painter, onPress: (event) => this.handlePress(event) })
  }

  private createSelection(): TextSelection {
    return new TextSelection({
      places: this.places,
      onSettle: (range) => {
        this.painter.setLayer('pending', range === null ? [] : [{ ...range, name: pendingHighlight }])
        this.input.events.onSelect(range)
      },
      copy: (range) => copyRange({ range, places: this.places, isFolded: (at) => this.folds.closedAt(at) !== null }),
    })
  }

  private createHandles(): SpanHandles {
    const { frame, language } = this.input
    return new SpanHandles({
      frame,
      places: this.places,
      language,
      preview: (range) => {
        this.painter.setLayer('pending', range === null ? [] : [{ ...range, name: pendingHighlight }])
      },
      onMove: (range) => {
        this.moveSpan(range)
      },
    })
  }

  private createKeys(): SentenceKeys {
    const { frame, language, events } = this.input
    return new SentenceKeys({
      frame,
      places: this.places,
      language,
      selection: this.selection,
      isFolded: (offset) => this.folds.closedAt(offset) !== null,
      firstVisible: () => this.geometry.visibleRange()?.start ?? 0,
      annotationsIn: (range) =>
        this.highlights.marks
          .overlapping(range)
          .sort(compareMarks)
          .map((mark) => mark.id),
      movable: () => this.movableMark(),
      onMove: (range) => {
        this.moveSpan(range)
      },
      onSentenceChange: events.onSentenceChange,
      onActivate: events.onActivate,
      announce: events.announce,
    })
  }

  private listen(): void {
    const { signal } = this.stop
    document.addEventListener(
      'scroll',
      ({ target }) => {
        // Scroll events come once a frame at most, before painting, so they need no delay.
        if (!(target instanceof Node) || !target.contains(this.input.frame)) return
        if (target !== this.scrolled) this.geometry.forgetBoxes()
        this.longText.noteScrolling()
        this.follow()
      },
      { signal, capture: true, passive: true },
    )
    const onPrint = (name: 'beforeprint' | 'afterprint', act: () => void) => {
      window.addEventListener(name, act, { signal })
    }
    onPrint('beforeprint', () => {
      this.longText.layOutAll()
      this.highlights.drawAll()
    })
    onPrint('afterprint', () => {
      this.highlights.drawIn()
    })
  }

  private movableMark(): ReaderAnnotation | null {
    const mark = this.activeId === null ? null : this.highlights.marks.get(this.activeId)
    if (mark === null || !mark.own || !this.canMoveSpans) return null
    // The card may still be open while the keys have gone on to another sentence.
    const { current } = this.keys
    return current === null || (mark.start < current.end && current.start < mark.end) ? mark : null
  }

  private moveSpan(range: TextRange): void {
    if (this.activeId !== null) this.input.events.onMoveSpan(this.activeId, range)
  }

  private placeHandles(): void {
    const mark = this.movableMark()
    this.handles.show(mark !== null && this.folds.closedAt(mark.start) === null ? mark : null)
  }

  private placeOutline(): void {
    const { frame, outline } = this.input
    const range = this.keys.current
    const shown = range !== null && this.folds.closedAt(range.start) === null ? this.places.rangeOf(range) : null
    outline.setAttribute('d', shown === null ? '' : outlineAround(shown, frame))
  }

  private forgetPlaces(): void {
    this.geometry.reset()
    this.hits.reset()
  }

  private handleFold(): void {
    this.forgetPlaces()
    this.highlights.drawIn()
    this.placeOutline()
    this.placeHandles()
    this.input.events.onLayout()
  }

  private handleResize(): void {
    // The first call only reports the initial size. Minimaps learn from it what is on the screen.
    const first = !this.sized && this.highlights.started
    this.sized = true
    this.geometry.forgetBoxes()
    this.requestFrame()
    if (first) return
    this.hits.reset()
    this.placeOutline()
    this.handles.update()
    this.input.events.onLayout()
  }

  private requestFrame(): void {
    if (this.frameRequest !== 0) return
    this.frameRequest = requestAnimationFrame(() => {
      this.frameRequest = 0
      this.follow()
    })
  }

  private follow(): void {
    this.highlights.follow()
    const { events } = this.input
    if (!events.watchesViewport()) return
    const visible = this.geometry.visibleRange()
    if (visible !== null) events.onViewport(visible)
  }

  private handlePress(event: MouseEvent): boolean {
    const target = event.target instanceof Element ? event.target : null
    const byPointer = event.detail > 0
    if (target?.closest('a[href]') && (!byPointer || event.ctrlKey || event.metaKey || event.shiftKey)) return false
    // In a review, a press on a link marks or opens a mark. It must not lead away from the page.
    if (target?.closest('a')) event.preventDefault()
    if (document.getSelection()?.isCollapsed === false) return false
    const { events } = this.input
    const offset = this.hits.offsetUnder(event.clientX, event.clientY)
    const ids = this.highlights.idsAt(offset)
    const isTaken = offset !== null && events.onPressWords(offset, ids)
    if (ids.length === 0) this.keys.goTo(offset)
    else if (!isTaken) events.onActivate(ids)
    return false
  }
}
