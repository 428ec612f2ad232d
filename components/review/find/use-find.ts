'use client'

import { useEffect, useMemo, useState, type RefObject } from 'react'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { findAllFolded, foldText } from '@/lib/domain/text/fold'
import type { TextReaderHandle } from '@/components/reader/types'
import { registerShortcuts } from '@/components/shell/keys/shortcuts'

/** The most hits that a search finds. */
export const mostHits = 2000
const folding = { case: true, marks: true }
const none: readonly TextRange[] = []

/** A search in the text of the document. */
export interface Find {
  isOpen: boolean
  words: string
  hits: readonly TextRange[]
  /** Index of the current hit. */
  at: number
  search: (words: string) => void
  step: (by: 1 | -1) => void
  /** Ends the search. The current hit becomes the selection, so that it can be rated. */
  close: () => void
}

/** Searches the text, and registers the key that opens the search. Kinds of quotation marks and dashes, accents and case make no difference. */
export function useFind(text: string, reader: RefObject<TextReaderHandle | null>): Find {
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const folded = useMemo(() => (isOpen ? foldText(text, folding) : null), [isOpen, text])
  const hits = useMemo(
    () => (folded === null ? none : findAllFolded(folded, words, { ...folding, most: mostHits })),
    [folded, words],
  )

  useEffect(
    () =>
      registerShortcuts({
        title: 'Find',
        shortcuts: [
          {
            keys: '/',
            label: 'Find in the document',
            run: () => {
              setOpen(true)
            },
          },
        ],
      }),
    [],
  )

  const now = hits[at]
  useEffect(() => {
    if (now !== undefined) reader.current?.scrollTo(now)
  }, [now, reader])

  return {
    isOpen,
    words,
    hits,
    at,
    search: (next) => {
      setWords(next)
      setAt(0)
    },
    step: (by) => {
      if (hits.length > 0) setAt((at + by + hits.length) % hits.length)
    },
    close: () => {
      setOpen(false)
      reader.current?.focus()
      if (now !== undefined) reader.current?.selectRange(now)
    },
  }
}
