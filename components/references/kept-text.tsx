'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { PassageReader } from '@/components/reader/passage-reader'
import { joinQuotes } from './join-quotes'

export interface KeptTextProps {
  /** The text kept of a reference. */
  text: string
  language: string
  /** Where citations quote it. */
  quotes: readonly { start: number; end: number }[]
}

/** The address of a quote on the page of its reference. */
const quoteFragment = /^#quote-(\d+)$/

/** The text kept of a reference with the quoted words lit. A link to `#quote-` and an offset leads to the words there. */
export function KeptText({ text, language, quotes }: KeptTextProps) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const lit = useMemo(() => joinQuotes(text.length, quotes), [text, quotes])

  useEffect(() => {
    const follow = () => {
      const offset = quoteFragment.exec(window.location.hash)?.[1]
      if (offset === undefined || Number(offset) >= text.length) return
      box.current?.scrollIntoView({ block: 'nearest' })
      setAt(Number(offset))
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => {
      window.removeEventListener('hashchange', follow)
    }
  }, [text])

  return (
    <div
      ref={box}
      tabIndex={0}
      role="region"
      aria-label="The kept text, to scroll through"
      className="max-h-[70dvh] max-w-measure overflow-y-auto rounded-lg border border-line bg-surface px-5 py-4 print:max-h-none"
    >
      <PassageReader content={text} language={language} label="The kept text" lit={lit} at={at} />
    </div>
  )
}
