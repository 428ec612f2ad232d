/** Handles at both ends of the open mark. A pointer drags the ends word by word; on the keyboard, Shift and the arrows do the same. */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { TextPlaces } from '../text-places'
import type { TextRange } from '../types'
import { offsetNear } from './selection'

/** The length of text searched for a step, in UTF-16 code units: longer than any word that a person would step over. */
const reach = 1200

type Edge = 'start' | 'end'

export interface SpanHandlesInput {
  /** The element around the text. The handles are in it, beside the text and not inside it. */
  frame: HTMLElement
  places: TextPlaces
  language: string
  /** Previews the span while an end is dragged; null when dragging is over. */
  preview: (range: TextRange | null) => void
  onMove: (range: TextRange) => void
}

export class SpanHandles {
  /** Removes the handles with the editor. */
  readonly extension = Extension.create({
    name: 'spanHandles',
    addProseMirrorPlugins: () => [
      new Plugin({
        view: () => ({
          destroy: () => {
            for (const handle of this.handles.values()) handle.remove()
          },
        }),
      }),
    ],
  })
  private readonly input: SpanHandlesInput
  private readonly handles: ReadonlyMap<Edge, HTMLElement>
  private span: TextRange | null = null
  private dragged: TextRange | null = null

  constructor(input: SpanHandlesInput) {
    this.input = input
    this.handles = new Map((['start', 'end'] as const).map((edge) => [edge, this.createHandle(edge)]))
  }

  /** Places the handles at the ends of a mark that may be moved, or removes them. */
  show(span: TextRange | null): void {
    this.span = span
    this.place(span)
  }

  /** Moves the handles to the present ends, after the layout has changed. */
  update(): void {
    this.place(this.dragged ?? this.span)
  }

  private createHandle(edge: Edge): HTMLElement {
    const handle = document.createElement('span')
    handle.className = 'reader-handle'
    handle.dataset.edge = edge
    handle.setAttribute('aria-hidden', 'true')
    handle.hidden = true
    handle.addEventListener('pointerdown', (event) => {
      if (this.span === null || event.button !== 0) return
      event.preventDefault()
      handle.setPointerCapture(event.pointerId)
      this.dragged = this.span
    })
    handle.addEventListener('pointermove', (event) => {
      this.drag(edge, event)
    })
    handle.addEventListener('pointerup', () => {
      this.release(true)
    })
    handle.addEventListener('pointercancel', () => {
      this.release(false)
    })
    this.input.frame.append(handle)
    return handle
  }

  private drag(edge: Edge, { clientX, clientY }: PointerEvent): void {
    const { places, language, preview } = this.input
    if (this.dragged === null) return
    const offset = offsetNear(places, clientX, clientY)
    if (offset === null) return
    const at = snapToWord({ text: places.index.text, offset, edge, language })
    const next = edge === 'start' ? { ...this.dragged, start: at } : { ...this.dragged, end: at }
    if (next.start >= next.end) return
    this.dragged = next
    preview(next)
    this.place(next)
  }

  private release(isKept: boolean): void {
    const { dragged, span } = this
    this.dragged = null
    this.input.preview(null)
    if (dragged === null || span === null) return
    if (isKept && (dragged.start !== span.start || dragged.end !== span.end)) this.input.onMove(dragged)
    else this.place(span)
  }

  private place(span: TextRange | null): void {
    for (const [edge, handle] of this.handles) {
      const box = span === null ? null : this.boxAt(span, edge)
      handle.hidden = box === null
      if (box === null) continue
      const around = this.input.frame.getBoundingClientRect()
      handle.style.insetInlineStart = 'auto'
      handle.style.left = `${String(box.x - around.left)}px`
      handle.style.top = `${String(box.top - around.top)}px`
      handle.style.height = `${String(box.height)}px`
    }
  }

  /** The place of a span's end, in viewport pixels: beside its first or last character, in the direction of that text. */
  private boxAt(span: TextRange, edge: Edge): { x: number; top: number; height: number } | null {
    const { places } = this.input
    const at = edge === 'start' ? span.start : span.end - 1
    const box = places.rangeOf({ start: at, end: at + 1 }).getBoundingClientRect()
    if (box.height === 0) return null
    const element = places.elementOf(places.blockNumberAt(at))
    const isRightToLeft = element !== null && getComputedStyle(element).direction === 'rtl'
    return { x: (edge === 'start') === isRightToLeft ? box.right : box.left, top: box.top, height: box.height }
  }
}

/** The end of the span that moves, and its direction in reading order. */
export interface WordStep {
  edge: 'start' | 'end'
  forward: boolean
}

interface WordStepInput {
  text: string
  span: TextRange
  step: WordStep
  language: string
  /** Further stops of the end, in order: the ends of sentences, so that a full stop can be taken in again. */
  stops: readonly number[]
}

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' })
  } catch (error) {
    if (error instanceof RangeError) return new Intl.Segmenter('und', { granularity: 'word' })
    throw error
  }
}

/** The span after one step, or null when there is no further word or the span would become empty. */
export function stepByWord({ text, span, step, language, stops }: WordStepInput): TextRange | null {
  const at = step.edge === 'start' ? span.start : span.end
  const from = Math.max(0, wordBreakBefore(text, at - reach))
  const window = text.slice(from, at + reach)
  const places = step.edge === 'end' ? stops.filter((stop) => stop > from && stop <= from + window.length) : []
  for (const segment of segmenterFor(language).segment(window)) {
    if (segment.isWordLike !== true) continue
    places.push(from + segment.index + (step.edge === 'end' ? segment.segment.length : 0))
  }
  const ahead = places.filter((place) => (step.forward ? place > at : place < at))
  if (ahead.length === 0) return null
  const place = step.forward ? Math.min(...ahead) : Math.max(...ahead)
  const moved = step.edge === 'start' ? { start: place, end: span.end } : { start: span.start, end: place }
  return moved.start < moved.end ? moved : null
}

/** The nearest white space at or before `offset`, so that the window cuts no word in two. */
function wordBreakBefore(text: string, offset: number): number {
  const least = Math.max(0, offset - 200)
  for (let at = offset; at > least; at--) if (/\s/.test(text.charAt(at))) return at
  return least
}

/** The end of the word at an offset, or of the nearest word: its beginning for the start of a span, its end for the end. */
function snapToWord({
  text,
  offset,
  edge,
  language,
}: {
  text: string
  offset: number
  edge: 'start' | 'end'
  language: string
}): number {
  const from = Math.max(0, wordBreakBefore(text, offset - 1))
  let nearest = offset
  let least = Infinity
  for (const { index, segment, isWordLike } of segmenterFor(language).segment(text.slice(from, offset + reach))) {
    if (isWordLike !== true) continue
    const start = from + index
    const end = start + segment.length
    const place = edge === 'start' ? start : end
    if (offset >= start && offset <= end) return place
    const distance = Math.min(Math.abs(start - offset), Math.abs(end - offset))
    if (distance < least) [nearest, least] = [place, distance]
    if (start > offset) break
  }
  return nearest
}
