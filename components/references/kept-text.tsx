'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { PassageReader } from '@/components/reader/passage-reader'

export interface KeptTextProps {
  /** The kept text of a reference. */
  text: string
  language: string
  /** The ranges that citations quote. */
  quotes: readonly { start: number; end: number }[]
}

/** The fragment of a quote on the page of its reference. */
const quoteFragment = /^#quote-(\d+)$/

/** The kept text of a reference with the quoted words highlighted. A link to `#quote-` and an offset leads to the words there. */
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

/**
 * The quoted parts of a text, by start: overlapping and touching quotes become one part, and ranges that are empty or outside the text are ignored.
 * Offsets and `length` are UTF-16 code units.
 */
export function joinQuotes(
  length: number,
  quotes: readonly { start: number; end: number }[],
): { start: number; end: number }[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...quotes].sort((a, b) => a.start - b.start)) {
    if (start < 0 || end > length || start >= end) continue
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}
