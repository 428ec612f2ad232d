'use client'

import { createContext, useContext } from 'react'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { DiscussionTarget } from './discussion-target'

/** What the parts of the reader know of its discussions. `counts`: open comments by annotation. */
export interface Discussion {
  total: number
  counts: ReadonlyMap<string, number>
  open: (target: DiscussionTarget) => void
  /** Opens a comment on the selected words, else on the current sentence; null for who may not write. */
  comment: (() => void) | null
  /** Shows words that a thread is about in the text. */
  showPassage: (passage: TextRange) => void
}

export const DiscussionContext = createContext<Discussion | null>(null)

/** The discussions of the document this component stands in; null outside of the reader. */
export function useDiscussion(): Discussion | null {
  return useContext(DiscussionContext)
}
