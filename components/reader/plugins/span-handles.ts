/** Handles at both ends of the open mark, with which a pointer moves them word by word. The keyboard does the same with Shift and the arrows. */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { TextPlaces } from '../text-places'
import type { TextRange } from '../types'
import { snapToWord } from '../word-steps'
import { offsetNear } from './selection'

type Edge = 'start' | 'end'

export interface SpanHandlesInput {
  /** The element around the text; the handles stand in it, beside the text and not in it. */
  frame: HTMLElement
  places: TextPlaces
  language: string
  /** Shows where the end would be while it is dragged; null when dragging is over. */
  preview: (range: TextRange | null) => void
  onMove: (range: TextRange) => void
}

export class SpanHandles {
  /** Takes the handles away with the editor. */
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

  /** Puts the handles at the ends of a mark that may be moved, or away. */
  show(span: TextRange | null): void {
    this.span = span
    this.place(span)
  }

  /** Puts the handles where the ends are now: after the layout has changed. */
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

  /** Where an end of a span stands, in viewport pixels: beside its first or last character, whichever way that runs. */
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
