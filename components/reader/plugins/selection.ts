/** The reader's selection: when it settles, its range in the text, and setting it. */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { TextPlaces } from '../text-places'
import type { TextRange } from '../types'
import { DOMSerializer } from '@tiptap/pm/model'
import { quoteInPlainText, scriptIn } from '@/lib/domain/text/quotation'
import { positionOfOffset } from '@/lib/domain/text/text-index'

/** A selection made without a pointer (touch handles, keyboard) counts as settled after this many milliseconds without a change. */
const settleDelay = 220

/** Trims the white space at both ends of a range; null when nothing else is left. */
export function trimRange(text: string, { start, end }: TextRange): TextRange | null {
  let from = start
  let to = end
  while (from < to && /\s/.test(text.charAt(from))) from += 1
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1
  return from < to ? { start: from, end: to } : null
}

/**
 * The offset nearest to a point of the screen, in viewport pixels. Beside a line it is the end of that line; above the text it is 0, below the text
 * its length. Null where the browser gives no answer.
 */
export function offsetNear(places: TextPlaces, x: number, y: number): number | null {
  const { root, index } = places
  const box = root.getBoundingClientRect()
  if (y < box.top) return 0
  if (y >= box.bottom) return index.text.length
  if (!Reflect.has(document, 'caretPositionFromPoint')) return null
  const caret = document.caretPositionFromPoint(Math.min(Math.max(x, box.left + 1), box.right - 1), y)
  if (caret === null || !root.contains(caret.offsetNode)) return null
  return places.offsetAt({ node: caret.offsetNode, offset: caret.offset }, -1)
}

const refused = ['dragstart', 'dragenter', 'dragover', 'drop', 'paste', 'cut', 'beforeinput'] as const

function refuse(_: unknown, event: Event): boolean {
  // Files dropped on the page are left to the page.
  if (event instanceof DragEvent && event.type !== 'dragstart' && event.dataTransfer?.types.includes('Files') === true)
    return true
  event.preventDefault()
  return true
}

export interface TextSelectionInput {
  places: TextPlaces
  /** Called when the selection has settled, with null when it was emptied. */
  onSettle: (range: TextRange | null) => void
  /** The clipboard content of a range. */
  copy: (range: TextRange) => { text: string; html: string }
}

export class TextSelection {
  /** Follows the browser's selection, copies the selected words, and prevents dropping, dragging and pasting. */
  readonly extension = Extension.create({
    name: 'textSelection',
    addProseMirrorPlugins: () => [
      new Plugin({
        view: () => {
          const stop = new AbortController()
          this.listen(stop.signal)
          return {
            destroy: () => {
              window.clearTimeout(this.timer)
              stop.abort()
            },
          }
        },
        props: {
          handleDOMEvents: {
            pointerdown: () => {
              this.pressed = true
              return false
            },
            // The browser selects the words, so ProseMirror need not find the place of each press.
            mousedown: () => true,
            copy: (_, event) => this.handleCopy(event),
            ...Object.fromEntries(refused.map((name) => [name, refuse])),
          },
        },
      }),
    ],
  })
  private readonly input: TextSelectionInput
  private settled: TextRange | null = null
  private pressed = false
  private timer = 0

  constructor(input: TextSelectionInput) {
    this.input = input
  }

  /** The last reported range. */
  get current(): TextRange | null {
    return this.settled
  }

  /** Selects a range on the page and reports it. */
  select(range: TextRange): void {
    const place = this.input.places.rangeOf(range)
    document
      .getSelection()
      ?.setBaseAndExtent(place.startContainer, place.startOffset, place.endContainer, place.endOffset)
    this.settle(range)
  }

  clear(): void {
    const selection = document.getSelection()
    if (selection !== null && this.isInside(selection)) selection.removeAllRanges()
    this.settle(null)
  }

  private listen(signal: AbortSignal): void {
    for (const name of ['pointerup', 'pointercancel'] as const)
      document.addEventListener(
        name,
        (event) => {
          this.release(event)
        },
        { signal },
      )
    document.addEventListener(
      'selectionchange',
      () => {
        this.wait()
      },
      { signal },
    )
  }

  private release(event: PointerEvent): void {
    if (!this.pressed) return
    this.pressed = false
    this.endInside(event)
    // When a selection is clicked, the browser empties it only after the button is released.
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.read()
    }, 0)
  }

  /** A press released beside the text ends the selection in the line at that height, not at the page's next element. */
  private endInside({ clientX, clientY }: PointerEvent): void {
    const selection = document.getSelection()
    const { root } = this.input.places
    if (!selection?.focusNode || selection.isCollapsed || !root.contains(selection.anchorNode)) return
    if (root.contains(selection.focusNode)) return
    const offset = offsetNear(this.input.places, clientX, clientY)
    if (offset === null) return
    const place = this.input.places.locate(offset, -1)
    selection.extend(place.node, place.offset)
  }

  private wait(): void {
    if (this.pressed) return
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.read()
    }, settleDelay)
  }

  private read(): void {
    const selection = document.getSelection()
    // A selection elsewhere, as in a note being typed, leaves the one in the text unchanged.
    if (selection === null || !this.isInside(selection)) return
    this.settle(selection.isCollapsed ? null : this.toRange(selection.getRangeAt(0)))
  }

  private isInside(selection: Selection): boolean {
    return selection.rangeCount > 0 && this.input.places.root.contains(selection.anchorNode)
  }

  private toRange(range: Range): TextRange | null {
    const { places } = this.input
    const { index, root } = places
    const from = root.contains(range.startContainer)
      ? places.offsetAt({ node: range.startContainer, offset: range.startOffset }, 1)
      : 0
    let to = root.contains(range.endContainer)
      ? places.offsetAt({ node: range.endContainer, offset: range.endOffset }, -1)
      : index.text.length
    // A selection of a whole paragraph often ends at the very start of the next one.
    const block = index.blocks[places.blockNumberAt(to)]
    if (to === block?.start && to > from) to = index.blocks[places.blockNumberAt(to - 1)]?.end ?? to
    return trimRange(index.text, { start: from, end: Math.max(from, to) })
  }

  private handleCopy(event: ClipboardEvent): boolean {
    const selection = document.getSelection()
    if (event.clipboardData === null || selection === null || selection.isCollapsed || !this.isInside(selection))
      return false
    const range = this.toRange(selection.getRangeAt(0))
    if (range === null) return false
    const { text, html } = this.input.copy(range)
    event.clipboardData.setData('text/plain', text)
    event.clipboardData.setData('text/html', html)
    event.preventDefault()
    return true
  }

  private settle(range: TextRange | null): void {
    window.clearTimeout(this.timer)
    if (range?.start === this.settled?.start && range?.end === this.settled?.end) return
    this.settled = range
    this.input.onSettle(range)
  }
}

/** The ranges to copy. Folded parts are not copied. */
interface CopyInput {
  range: TextRange
  places: TextPlaces
  isFolded: (offset: number) => boolean
}

/** The plain text of a range and the same as HTML. The plain text equals the canonical text block by block, but for raised and lowered characters. */
export function copyRange({ range, places, isFolded }: CopyInput): { text: string; html: string } {
  const { index, view } = places
  const { doc, schema } = view.state
  const serializer = DOMSerializer.fromSchema(schema)
  const holder = document.createElement('div')
  let text = ''
  for (const part of shownParts({ range, places, isFolded })) {
    text += quoteInPlainText(index.text.slice(part.start, part.end), scriptIn(index.scripts, part))
    const from = positionOfOffset(index, part.start)
    const to = positionOfOffset(index, part.end, -1)
    holder.append(serializer.serializeFragment(doc.slice(from, to, true).content))
  }
  return { text: text.trim(), html: holder.innerHTML }
}

/** The parts of a range that are on the page, each with the white space that follows it in the text. */
function shownParts({ range, places, isFolded }: CopyInput): TextRange[] {
  const parts: TextRange[] = []
  let from = range.start
  const { blocks } = places.index
  for (const [number, block] of blocks.entries()) {
    if (block.end <= range.start) continue
    if (block.start >= range.end) break
    if (!isFolded(block.start)) continue
    if (block.start > from) parts.push({ start: from, end: block.start })
    from = blocks[number + 1]?.start ?? block.end
  }
  if (from < range.end) parts.push({ start: from, end: range.end })
  return parts
}
