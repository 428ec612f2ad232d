import type { Fold } from './folds'
import type { DrawnPiece } from './mark-pieces'

/** Independent sets of pieces: changing one leaves the others as they are. */
export type Layer = 'marks' | 'decided' | 'sentence' | 'active' | 'pending'

/** What shows the text: draws pieces and folds parts away. CSS highlights where the browser has them, Tiptap's decorations elsewhere. */
export interface Surface {
  /** Draws exactly these pieces in a layer. A piece that was there before, as the same object, costs next to nothing. */
  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void
  /** Hides the folds whose key is not in `open`, each under its bar. */
  setFolds(folds: readonly Fold[], open: ReadonlySet<string>): void
  destroy(): void
}
