'use client'

import { createContext, useContext } from 'react'
import type { ReaderAnnotation, TextRange } from '@/components/reader/types'
import type { Layer, Outcome } from './layer'

/** The verdict layer of a document's page, and its actions. */
export interface VerdictLayer {
  outcome: Outcome
  /** The source of the document. Its report lists what was settled. */
  sourceId: string
  layer: Layer
  /** The claims as the reader paints them. */
  painted: readonly ReaderAnnotation[]
  /** The claim whose card is open. */
  activeId: string | null
  show: (layer: Layer) => void
  open: (id: string | null) => void
  /** Opens the claim at the press, or the next one there when the topmost is open already. When opened by key, its card gets the focus. */
  activate: (ids: readonly string[], byKey: boolean) => void
  /** Goes to the claim after (1) or before (-1) the open one, or the place in the text. */
  step: (by: 1 | -1) => void
  /** Describes the claims in a part of the text to screen readers; null when there is none. */
  describe: (range: TextRange) => string | null
}

export const LayerContext = createContext<VerdictLayer | null>(null)

/** The verdict layer of the page, shown or not; null where there are no verdicts that the person may see. */
export function useVerdictLayer(): VerdictLayer | null {
  return useContext(LayerContext)
}

/** The verdict layer while it is shown; null otherwise. */
export function useShownVerdicts(): VerdictLayer | null {
  const layer = useVerdictLayer()
  return layer?.layer === 'verdicts' ? layer : null
}
