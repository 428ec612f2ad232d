/** Draws pieces of text without touching the page's elements. Most browsers use CSS highlights; `decoration-painter.ts` is for those without. */
import { untilLoaded } from '@/lib/client/lazy-part'
import { foundHighlight, highlightNames } from './highlight-names'
import type { DrawnPiece } from './marks'
import type { TextPlaces } from '../text-places'
import type { AnyExtension } from '@tiptap/core'

/** Independent sets of pieces: changing one leaves the others as they are. */
export type Layer =
  'marks' | 'decided' | 'commented' | 'commentedNow' | 'found' | 'foundNow' | 'sentence' | 'active' | 'pending'

/** Draws pieces of text: as CSS highlights where the browser has them, as ProseMirror decorations elsewhere. */
export interface Painter {
  /** The editor extension that the painter needs, if any. */
  readonly extension?: AnyExtension
  /** Draws exactly these pieces in a layer. A piece drawn before, as the same object, costs next to nothing. */
  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void
  destroy(): void
}

export type MakePainter = (places: TextPlaces) => Painter

/** Whether this browser draws CSS highlights. */
export function canHighlight(): boolean {
  return (
    typeof CSS !== 'undefined' &&
    'highlights' in CSS &&
    typeof Highlight === 'function' &&
    typeof StaticRange === 'function'
  )
}

// Highlights belong to the whole page. Readers side by side share them, and each removes only what it added.
let painters = 0

function findHighlight(name: string): Highlight {
  const known = CSS.highlights.get(name)
  if (known !== undefined) return known
  const made = new Highlight()
  made.priority = highlightNames.indexOf(name)
  CSS.highlights.set(name, made)
  return made
}

/** Whether an element inherits highlights from its parent, where no rule of its own styles them (CSS Pseudo-Elements 4, § 3.5). */
function inheritsHighlights(root: HTMLElement): boolean {
  const [block] = root.children
  if (block === undefined) return true
  const ground = (element: Element) => getComputedStyle(element, `::highlight(${foundHighlight})`).backgroundColor
  return ground(block) === ground(root)
}

export class CssPainter implements Painter {
  private readonly places: TextPlaces
  private readonly layers = new Map<Layer, Map<DrawnPiece, StaticRange[]>>()
  private checked = false

  constructor(places: TextPlaces) {
    this.places = places
    painters += 1
  }

  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void {
    if (!this.checked && pieces.length > 0) {
      this.checked = true
      if (!inheritsHighlights(this.places.root)) void untilLoaded(() => import('./wide-highlights'))
    }
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
      this.places.eachNodeRange(piece.start, piece.end, (range) => {
        ranges.push(range)
        highlight.add(range)
      })
      next.set(piece, ranges)
    }
    this.layers.set(layer, next)
  }

  destroy(): void {
    for (const layer of this.layers.values()) this.takeBack(layer, true)
    this.layers.clear()
    painters -= 1
  }

  /** `all` is true when nothing else of the layer is drawn. Each name belongs to one layer, so a highlight can then be cleared at once. */
  private takeBack(pieces: ReadonlyMap<DrawnPiece, readonly StaticRange[]>, all: boolean): void {
    for (const [{ name }, ranges] of pieces) {
      const highlight = findHighlight(name)
      if (all && painters === 1) highlight.clear()
      else for (const range of ranges) highlight.delete(range)
    }
  }
}
