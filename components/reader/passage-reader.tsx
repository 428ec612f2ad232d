'use client'

import { useEffect, useMemo, useRef } from 'react'
import { contentOfText } from '@/lib/domain/text/plain-content'
import type { DocumentContent } from '@/lib/domain/text/model'
import { TextReader } from './text-reader'
import type { FoldedRange, TextRange, TextReaderHandle } from './types'

export interface PassageReaderProps {
  /** A structured document, or plain text, which becomes paragraphs. */
  content: DocumentContent | string
  /** A BCP 47 tag; left out when it is not known. */
  language?: string | undefined
  label: string
  /** The highlighted ranges of the text, by start. */
  lit?: readonly TextRange[] | undefined
  folded?: readonly FoldedRange[] | undefined
  /** The range that is brought into view when it changes; null for none. */
  at?: number | null | undefined
}

const none: never[] = []
const nothing = () => undefined

/** The reader for a text that is only read: it has no marks and no sentences, and only folded parts can be pressed. */
export function PassageReader({
  content,
  language = '',
  label,
  lit = none,
  folded = none,
  at = null,
}: PassageReaderProps) {
  const reader = useRef<TextReaderHandle>(null)
  const document = useMemo(() => (typeof content === 'string' ? contentOfText(content) : content), [content])

  useEffect(() => {
    if (at !== null) reader.current?.scrollTo({ start: at, end: at + 1 })
  }, [at])

  return (
    <TextReader
      ref={reader}
      content={document}
      language={language}
      label={label}
      sentences={none}
      annotations={none}
      folded={folded}
      found={lit}
      activeAnnotationId={null}
      currentSentence={null}
      onSelect={nothing}
      onActivate={nothing}
      onSentenceChange={nothing}
    />
  )
}
