import type { AnyExtension } from '@tiptap/core'
import type { DrawnPiece } from './marks'
import type { TextPlaces } from '../text-places'

/** Independent sets of pieces: changing one leaves the others as they are. */
export type Layer =
  'marks' | 'decided' | 'commented' | 'commentedNow' | 'found' | 'foundNow' | 'sentence' | 'active' | 'pending'

/** Draws pieces of text: as CSS highlights where the browser has them, as ProseMirror decorations elsewhere. */
export interface Painter {
  /** What the editor needs for it, if anything. */
  readonly extension?: AnyExtension
  /** Draws exactly these pieces in a layer. A piece that was there before, as the same object, costs next to nothing. */
  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void
  destroy(): void
}

export type MakePainter = (places: TextPlaces) => Painter
