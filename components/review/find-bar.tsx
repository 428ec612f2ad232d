'use client'

import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { TextRange } from '@/lib/domain/anchoring/text-range'
import { findAllFolded, foldText } from '@/lib/domain/text/fold'
import type { TextReaderHandle } from '@/components/reader/types'
import { registerShortcuts } from '@/components/shell/shortcuts'
import { controlClasses } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { CloseIcon } from './icons'

/** More hits than this are not told apart. */
const mostHits = 2000
const folding = { case: true, marks: true }
const none: readonly TextRange[] = []

/** A search in the text of the document. */
export interface Find {
  isOpen: boolean
  words: string
  hits: readonly TextRange[]
  /** Index of the hit that is looked at. */
  at: number
  search: (words: string) => void
  step: (by: 1 | -1) => void
  /** Ends the search; the hit that is looked at becomes the selection, so that it can be rated. */
  close: () => void
}

/** The search in a text, with the key that opens it. Quotation marks, dashes, accents and capitals are as good as each other. */
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

/** The field of the search, above the text. */
export function FindBar({ find }: { find: Find }) {
  const field = useRef<HTMLInputElement | null>(null)
  const hold = useCallback((element: HTMLInputElement | null) => {
    field.current = element
    element?.focus()
    element?.select()
  }, [])
  const count = find.hits.length
  const state =
    find.words.trim() === ''
      ? ''
      : count === 0
        ? 'Not found'
        : `${String(find.at + 1)} of ${String(count)}${count === mostHits ? ' or more' : ''}`
  return (
    <search
      className="flex items-center gap-1.5 border-b border-line bg-surface px-3 py-1.5 min-[60rem]:px-6 print:hidden"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') find.close()
        else if (event.key === 'Enter' && event.target === field.current) find.step(event.shiftKey ? -1 : 1)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <input
        ref={hold}
        type="text"
        dir="auto"
        aria-label="Find in the document"
        placeholder="Find in the document"
        autoComplete="off"
        data-own-escape
        className={`${controlClasses} h-8 max-w-72 min-w-0 flex-1`}
        value={find.words}
        onChange={(event) => {
          find.search(event.target.value)
        }}
      />
      <span role="status" className="min-w-24 px-1 text-sm text-ink-2 tabular-nums">
        {state}
      </span>
      <IconButton
        label="Previous place (Shift Enter)"
        size="small"
        icon={<ChevronUp aria-hidden="true" />}
        disabled={count === 0}
        onClick={() => {
          find.step(-1)
        }}
      />
      <IconButton
        label="Next place (Enter)"
        size="small"
        icon={<ChevronDown aria-hidden="true" />}
        disabled={count === 0}
        onClick={() => {
          find.step(1)
        }}
      />
      <IconButton label="Close the search (Escape)" size="small" icon={<CloseIcon />} onClick={find.close} />
    </search>
  )
}
