'use client'

import { useMemo } from 'react'
import { contentOfText } from '@/lib/domain/text/plain-content'
import { PassagePicker } from '@/components/reader/passage-picker'
import type { TextRange } from '@/components/reader/types'
import { mostShown } from './kept-quote'

export interface KeptTextProps {
  text: string
  /** A BCP 47 tag; empty when it is not known. */
  language: string
  /** The present place of the quote in the text; null when it has none. */
  quoted: TextRange | null
  /** `start` in UTF-16 code units of the kept text. */
  onSelect: (quote: { words: string; start: number }) => void
}

/** The kept text, for selecting a quote. Selected words are passed on with their place. */
export function KeptText({ text, language, quoted, onSelect }: KeptTextProps) {
  const shown = text.slice(0, mostShown)
  const content = useMemo(() => contentOfText(shown), [shown])
  const sentences = useMemo(() => sentenceStops(shown, language), [shown, language])
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1">
      <p aria-hidden="true" className="text-sm font-medium">
        Kept text
      </p>
      <PassagePicker
        content={content}
        language={language}
        label="Kept text"
        hint="Arrow down and up go from sentence to sentence, and Enter takes the sentence as the quote. Shift with arrow right and left takes a word more or less."
        sentences={sentences}
        picked={quoted === null || quoted.end > shown.length ? null : quoted}
        className="max-h-40 resize-y px-4 py-2 [--reader-size:var(--text-sm)]"
        onPick={({ start, end }) => {
          onSelect({ words: shown.slice(start, end), start })
        }}
      />
      <p className="text-xs text-ink-3">
        {text.length > mostShown
          ? 'This is the beginning. The whole text is on the page of the reference. Words selected here become the quote.'
          : 'Words selected here become the quote.'}
      </p>
    </div>
  )
}

/** The length segmented at a time, in UTF-16 code units: some runtimes copy the whole input into every segment. */
const windowLength = 4_000

/**
 * The stops of the arrow keys in a kept text: the sentences of each line by UAX #29, without the white space around them, in order. They are never
 * stored, so the rules that cut documents into sentences need not be loaded. An unknown language takes the English rules.
 */
export function sentenceStops(text: string, language: string): TextRange[] {
  const segmenter = segmenterFor(language)
  const stops: TextRange[] = []
  let lineStart = 0
  for (const line of text.split('\n')) {
    for (let from = 0; from < line.length;) {
      const segments = [...segmenter.segment(line.slice(from, from + windowLength))]
      // A sentence that the window cuts off begins the next window.
      const isCut = from + windowLength < line.length && segments.length > 1
      const whole = isCut ? segments.slice(0, -1) : segments
      for (const { index, segment } of whole) {
        const start = lineStart + from + index + (segment.length - segment.trimStart().length)
        const end = start + segment.trim().length
        if (start < end) stops.push({ start, end })
      }
      from += whole.reduce((length, { segment }) => length + segment.length, 0)
    }
    lineStart += line.length + 1
  }
  return stops
}

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language === '' ? 'en' : language, { granularity: 'sentence' })
  } catch (error) {
    if (error instanceof RangeError) return new Intl.Segmenter('en', { granularity: 'sentence' })
    throw error
  }
}
