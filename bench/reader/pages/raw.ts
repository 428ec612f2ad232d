/** What the browser alone can do: every annotation a range of a CSS highlight, on the same elements. */
import '@/components/reader/highlights.css'
import '@/components/reader/reader.css'
import { ratingHighlight } from '@/components/reader/highlight-names'
import { renderText } from '@/components/reader/render-text'
import { TextDom } from '@/components/reader/text-dom'
import type { ReaderAnnotation } from '@/components/reader/types'
import { startDriver } from './driver'

let dom: TextDom | null = null
let before: readonly ReaderAnnotation[] = []
const ids = new Map<AbstractRange, string>()

function add(mark: ReaderAnnotation) {
  const range = dom?.rangeOf(mark)
  if (!range) return
  const name = ratingHighlight(mark.rating, 'own', 1)
  let highlight = CSS.highlights.get(name)
  if (highlight === undefined) {
    highlight = new Highlight()
    CSS.highlights.set(name, highlight)
  }
  highlight.add(range)
  ids.set(range, mark.id)
}

startDriver({
  open(content, index) {
    const holder = document.getElementById('holder')
    if (holder === null) return
    holder.innerHTML = `<div class="reader"><div class="reader-text">${renderText({ content, index, folded: [] })}</div></div>`
    const text = holder.querySelector<HTMLElement>('.reader-text')
    if (text !== null) dom = new TextDom(text, index)
  },
  show(annotations) {
    for (const mark of annotations.slice(before.length)) add(mark)
    before = annotations
  },
  hit(x, y) {
    const found: unknown = Reflect.apply(
      Reflect.get(CSS.highlights, 'highlightsFromPoint') as (...args: number[]) => unknown,
      CSS.highlights,
      [x, y],
    )
    const hits = Array.isArray(found) ? (found as { ranges: AbstractRange[] }[]) : []
    return hits.flatMap((hit) => hit.ranges.map((range) => ids.get(range) ?? ''))
  },
})
