'use client'

import { useDeferredValue, useMemo, useEffect, useState } from 'react'
import { quoteFinder, type QuotePlace } from '@/lib/domain/references/locate-quote'
import { differencesInWords } from '@/lib/domain/text/typography'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import { pagesByStarts, pagesInWords, type PageStart } from '@/lib/domain/text/pages'
import { callApi } from '@/lib/client/api/call'

/** The most characters of a kept text that are shown for selecting a quote. */
export const mostShown = 200_000

/** The kept text of a reference; its language as a BCP 47 tag, empty when unknown; and where its pages begin. */
interface LoadedText {
  text: string
  language: string
  pages: readonly PageStart[]
}

/** Loads the kept text of a reference of the library; null while it is loading, and when there is none. */
export function useKeptText(reference: ReferenceSummary | null): LoadedText | null {
  const [loaded, setLoaded] = useState<{ id: string; kept: LoadedText | null } | null>(null)
  const id = reference?.hasSnapshot === true ? reference.id : null
  useEffect(() => {
    if (id === null) return
    let isStale = false
    void callApi<ReferenceView>({ method: 'GET', path: `/api/v1/references/${id}` }).then((result) => {
      if (isStale || !result.ok) return
      const { snapshotText: text, snapshotFile, csl } = result.value
      const about = { language: csl.language ?? '', pages: snapshotFile?.pages ?? [] }
      setLoaded({ id, kept: text === null ? null : { text, ...about } })
    })
    return () => {
      isStale = true
    }
  }, [id])
  return loaded !== null && loaded.id === id ? loaded.kept : null
}

/** The number of characters shown before and after the quote. */
const around = 60

/**
 * Finds the quote in the kept text: null when it is not there, `none` while there is no quote. The search is deferred, so that typing stays quick.
 */
export function useQuotePlace({
  text,
  quote,
  near,
}: {
  text: string
  quote: string
  near: number | null
}): QuotePlace | 'none' | null {
  const find = useMemo(() => quoteFinder(text), [text])
  const wanted = useDeferredValue(quote)
  return useMemo(() => (wanted.trim() === '' ? 'none' : find(wanted, near)), [find, wanted, near])
}

/** Makes a function that names the pages of words in a kept text, such as "p. 12"; empty where the text has no pages. Pages begin at `starts`. */
export function usePageWords(
  starts: readonly PageStart[],
): (range: Readonly<{ start: number; end: number }> | 'none' | null) => string {
  return useMemo(() => {
    const pagesOf = pagesByStarts(starts)
    return (range) => {
      const pages = range === null || range === 'none' ? null : pagesOf(range)
      return pages === null ? '' : pagesInWords(pages)
    }
  }, [starts])
}

export interface QuoteFoundProps {
  text: string
  place: QuotePlace | 'none' | null
  /** The pages of the quote in words; empty where the text has no pages. */
  onPages: string
  /** How much of the text is shown below, in UTF-16 code units. A quote highlighted there is not shown twice. */
  shownTo: number
}

/** Says whether a quote is in the kept text, and how its typography differs there. Shows the words around it unless they are shown below. */
export function QuoteFound({ text, place, onPages, shownTo }: QuoteFoundProps) {
  if (place === 'none') return null
  if (place === null) {
    return (
      <p role="status" className="text-sm font-medium text-unsourced">
        Not found in the kept text
      </p>
    )
  }
  const { start, end, differences } = place
  const words = differencesInWords(differences)
  return (
    <div className="grid min-w-0 gap-0.5 text-sm">
      <p role="status" className="font-medium text-sourced">
        {words === '' ? 'Found word for word' : `Found, ${words}`}
        {onPages !== '' && `, ${onPages}`}
      </p>
      {end > shownTo && (
        <p dir="auto" className="line-clamp-3 font-serif text-ink-3 [overflow-wrap:anywhere]">
          {start > around && '…'}
          {text.slice(Math.max(0, start - around), start)}
          <mark className="bg-accent-soft text-ink">{text.slice(start, end)}</mark>
          {text.slice(end, end + around)}
          {end + around < text.length && '…'}
        </p>
      )}
    </div>
  )
}
