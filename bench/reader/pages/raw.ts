/** What the browser can do by itself: each annotation is a range of a CSS highlight, on the same elements. */
import '@/components/reader/painting/highlights.css'
import '@/components/reader/reader.css'
import { ratingHighlight } from '@/components/reader/painting/highlight-names'
import { longTextLength } from '@/components/reader/long-text'
import { renderText } from '@/components/reader/document/render-text'
import type { ReaderAnnotation, TextRange } from '@/components/reader/types'
import type { TextIndex } from '@/lib/domain/text/text-index'
import { startDriver } from './driver'

interface Place {
  node: Text
  start: number
}

let places: Place[] = []
let before: readonly ReaderAnnotation[] = []
const ids = new Map<AbstractRange, string>()

/** All text nodes with the offset of their first character, in order. */
function findPlaces(root: Element, index: TextIndex): Place[] {
  return [...root.querySelectorAll('[data-text]')].flatMap((block, number) => {
    const found: Place[] = []
    let start = index.blocks[number]?.start ?? 0
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      found.push({ node, start })
      start += node.length
    }
    return found
  })
}

function placeOf(offset: number): Place | undefined {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.start ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return places[low - 1]
}

function rangeOf({ start, end }: TextRange): Range | null {
  const from = placeOf(start)
  const to = placeOf(end - 1)
  if (from === undefined || to === undefined) return null
  const range = document.createRange()
  range.setStart(from.node, Math.min(from.node.length, start - from.start))
  range.setEnd(to.node, Math.min(to.node.length, end - to.start))
  return range
}

function add(mark: ReaderAnnotation) {
  const range = rangeOf(mark)
  if (range === null) return
  const name = ratingHighlight(mark.rating, 'own', 1)
  let highlight = CSS.highlights.get(name)
  if (highlight === undefined) {
    highlight = new Highlight()
    CSS.highlights.set(name, highlight)
  }
  highlight.add(range)
  ids.set(range, mark.id)
}

declare global {
  // The CSS Custom Highlight API: in Chromium, but not yet in TypeScript's types.
  interface HighlightRegistry {
    highlightsFromPoint(x: number, y: number): { ranges: AbstractRange[] }[]
  }
}

startDriver({
  open(content, index) {
    const holder = document.getElementById('holder')
    if (holder === null) return
    const long = index.text.length > longTextLength ? ' data-long' : ''
    holder.innerHTML = `<div class="reader"><div class="reader-text"${long}>${renderText({ content, index, folded: [] })}</div></div>`
    places = findPlaces(holder, index)
  },
  show(annotations) {
    for (const mark of annotations.slice(before.length)) add(mark)
    before = annotations
  },
  hit(x, y) {
    const hits = CSS.highlights.highlightsFromPoint(x, y)
    return hits.flatMap((hit) => hit.ranges.map((range) => ids.get(range) ?? ''))
  },
})
