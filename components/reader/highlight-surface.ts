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
  private readonly layers = new Map<Layer, Map<DrawnPiece, StaticRange[]>>()

  constructor(dom: TextDom) {
    this.dom = dom
    surfaces += 1
  }

  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void {
    const gone = this.layers.get(layer) ?? new Map<DrawnPiece, StaticRange[]>()
    const next = new Map<DrawnPiece, StaticRange[]>()
    const come: DrawnPiece[] = []
    for (const piece of pieces) {
      const ranges = gone.get(piece)
      if (ranges === undefined) come.push(piece)
      else next.set(piece, ranges)
      gone.delete(piece)
    }
    this.takeBack(gone, next.size === 0)
    for (const piece of come) {
      const highlight = findHighlight(piece.name)
      const ranges: StaticRange[] = []
      this.dom.eachNodeRange(piece.start, piece.end, (range) => {
        ranges.push(range)
        highlight.add(range)
      })
      next.set(piece, ranges)
    }
    this.layers.set(layer, next)
  }

  setFolds(folds: readonly Fold[], open: ReadonlySet<string>): void {
    applyFolds({ root: this.dom.root, tops: this.dom.topElements(), folds, open })
  }

  destroy(): void {
    for (const layer of this.layers.values()) this.takeBack(layer, true)
    this.layers.clear()
    surfaces -= 1
  }

  /** `all` says that nothing else of the layer is drawn; names are of one layer each, so that a highlight may be emptied at once. */
  private takeBack(pieces: ReadonlyMap<DrawnPiece, readonly StaticRange[]>, all: boolean): void {
    for (const [{ name }, ranges] of pieces) {
      const highlight = findHighlight(name)
      if (all && surfaces === 1) highlight.clear()
      else for (const range of ranges) highlight.delete(range)
    }
  }
}
