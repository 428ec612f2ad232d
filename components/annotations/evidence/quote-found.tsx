'use client'

import { useDeferredValue, useMemo } from 'react'
import { quoteFinder } from '@/lib/domain/references/locate-quote'
import { differencesInWords } from '@/lib/domain/references/quote-check'

/** How many characters before and after the quote are shown. */
const around = 60

/** Says at once whether a quote stands in the kept text, with the words around it, and in what it is set differently there. */
export function QuoteFound({ text, quote, near }: { text: string; quote: string; near: number | null }) {
  const find = useMemo(() => quoteFinder(text), [text])
  const wanted = useDeferredValue(quote)
  const place = useMemo(() => find(wanted, near), [find, wanted, near])
  if (wanted.trim() === '') return null
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
      </p>
      <p dir="auto" className="line-clamp-3 font-serif text-ink-3 [overflow-wrap:anywhere]">
        {start > around && '…'}
        {text.slice(Math.max(0, start - around), start)}
        <mark className="bg-accent-soft text-ink">{text.slice(start, end)}</mark>
        {text.slice(end, end + around)}
        {end + around < text.length && '…'}
      </p>
    </div>
  )
}
