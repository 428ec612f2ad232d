/** The product's reader, mounted as in the product. */
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { TextReader } from '@/components/reader/text-reader'
import type { ReaderAnnotation, TextReaderHandle } from '@/components/reader/types'
import type { DocumentContent } from '@/lib/domain/text/model'
import { startDriver } from './driver'

const none: never[] = []
let show: (annotations: readonly ReaderAnnotation[]) => void = () => undefined
let hit: (x: number, y: number) => string[] = () => []

function Page({ content }: { content: DocumentContent }) {
  const [annotations, setAnnotations] = useState<readonly ReaderAnnotation[]>(none)
  const handle = useRef<TextReaderHandle>(null)
  hit = (x, y) => handle.current?.annotationsAt(x, y) ?? []
  show = (next) => {
    flushSync(() => {
      setAnnotations(next)
    })
  }
  return (
    <TextReader
      ref={handle}
      content={content}
      language="en"
      sentences={none}
      annotations={annotations}
      folded={none}
      activeAnnotationId={null}
      currentSentence={null}
      onSelect={() => undefined}
      onActivate={() => undefined}
      onSentenceChange={() => undefined}
    />
  )
}

function isBeingLaidOut(): boolean {
  const last = document.querySelector('.reader-text[data-long] > :last-child')
  return last instanceof HTMLElement && last.style.contentVisibility === ''
}

startDriver({
  async open(content) {
    const holder = document.getElementById('holder')
    if (holder !== null)
      flushSync(() => {
        createRoot(holder).render(<Page content={content} />)
      })
    // Without CSS highlights the other painter is loaded first. A long text is laid out in steps, which is part of opening it.
    while (document.querySelector('.reader[data-ready]') === null || isBeingLaidOut())
      await new Promise(requestAnimationFrame)
  },
  show: (annotations) => {
    show(annotations)
  },
  hit: (x, y) => hit(x, y),
})
