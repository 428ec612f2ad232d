'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentContent } from '@/lib/domain/text/model'
import { TextReader } from './text-reader'
import type { TextRange, TextReaderHandle } from './types'

const none: never[] = []
const nothing = () => undefined

export interface PassagePickerProps {
  content: DocumentContent
  /** A BCP 47 tag; empty when it is not known. */
  language: string
  label: string
  /** What its keys do, for assistive technology. */
  hint: string
  /** The sentences that the arrow keys stop at, by start. */
  sentences: readonly TextRange[]
  /** The picked range. It is highlighted, and brought into view when it changes. */
  picked: TextRange | null
  /** The offset at which the text opens; by default the picked range or the beginning. */
  openAt?: number
  takesFocus?: boolean
  /** The height and the inner spacing of its box. */
  className: string
  onPick: (range: TextRange) => void
}

/**
 * A text in the reader for picking words: by pointer, or with the arrow keys from sentence to sentence, Shift with them to change the words, and
 * Enter to take the sentence.
 */
export function PassagePicker({
  content,
  language,
  label,
  hint,
  sentences,
  picked,
  openAt,
  takesFocus,
  className,
  onPick,
}: PassagePickerProps) {
  const reader = useRef<TextReaderHandle>(null)
  const [sentence, setSentence] = useState<number | null>(null)
  const lit = useMemo(() => (picked === null ? none : [picked]), [picked])
  useEffect(() => {
    if (picked !== null) reader.current?.scrollTo(picked)
  }, [picked])
  return (
    <div
      data-own-keys
      className={`overflow-y-auto overscroll-contain rounded-md border border-field bg-surface ${className}`}
      onKeyDown={(event) => {
        const range = sentence === null ? undefined : sentences[sentence]
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || range === undefined) return
        if (event.nativeEvent.isComposing || document.getSelection()?.isCollapsed === false) return
        event.preventDefault()
        onPick({ start: range.start, end: range.end })
      }}
      onBlur={() => {
        setSentence(null)
      }}
    >
      <TextReader
        ref={reader}
        content={content}
        language={language}
        label={label}
        hint={hint}
        sentences={sentences}
        annotations={none}
        folded={none}
        found={lit}
        activeAnnotationId={null}
        currentSentence={sentence}
        takesFocus={takesFocus}
        onReady={() => {
          if (openAt !== undefined) reader.current?.scrollTo({ start: openAt, end: openAt + 1 })
        }}
        onSelect={(range) => {
          if (range !== null) onPick(range)
        }}
        onActivate={nothing}
        onSentenceChange={setSentence}
      />
    </div>
  )
}
