/** Draws pieces of text without touching the page's elements, through the browser's CSS highlights. */
import { applyFolds, type Fold } from './folds'
import { highlightNames } from './highlight-names'
import type { DrawnPiece } from './mark-pieces'
import type { Layer, Surface } from './surface'
import type { TextDom } from './text-dom'

/** Whether this browser draws CSS highlights. */
export function canHighlight(): boolean {
  return (
    typeof CSS !== 'undefined' &&
    'highlights' in CSS &&
    typeof Highlight === 'function' &&
    typeof StaticRange === 'function'
  )
}

// Highlights belong to the whole page: readers that stand side by side share them and take back only what they added.
let surfaces = 0

function findHighlight(name: string): Highlight {
  const known = CSS.highlights.get(name)
  if (known !== undefined) return known
  const made = new Highlight()
  made.priority = highlightNames.indexOf(name)
  CSS.highlights.set(name, made)
  return made
}

export class HighlightSurface implements Surface {
  private readonly dom: TextDom
  private readonly layers = new Map<Layer, Map<string, StaticRange[]>>()

  constructor(dom: TextDom) {
    this.dom = dom
    surfaces += 1
  }

  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void {
    const before = this.layers.get(layer)
    const after = new Map<string, StaticRange[]>()
    for (const { name, start, end } of pieces) {
      let ranges = after.get(name)
      if (ranges === undefined) {
        ranges = []
        after.set(name, ranges)
      }
      const list = ranges
      this.dom.eachNodeRange(start, end, (range) => list.push(range))
    }
    this.layers.set(layer, after)
    for (const [name, ranges] of before ?? []) this.takeBack(name, ranges)
    for (const [name, ranges] of after) {
      const highlight = findHighlight(name)
      for (const range of ranges) highlight.add(range)
    }
  }

  setFolds(folds: readonly Fold[], open: ReadonlySet<string>): void {
    applyFolds({ root: this.dom.root, tops: this.dom.topElements(), folds, open })
  }

  destroy(): void {
    for (const layer of this.layers.values()) for (const [name, ranges] of layer) this.takeBack(name, ranges)
    this.layers.clear()
    surfaces -= 1
  }

  private takeBack(name: string, ranges: readonly StaticRange[]): void {
    const highlight = findHighlight(name)
    if (surfaces === 1) highlight.clear()
    else for (const range of ranges) highlight.delete(range)
  }
}
