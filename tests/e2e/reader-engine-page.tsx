/** The reader alone on a page, driven by `window.reader`: bundled and opened by reader-engine.spec.ts. */
import { useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { Minimap } from '@/components/reader/minimap'
import { TextReader } from '@/components/reader/text-reader'
import type { FoldedRange, ReaderAnnotation, TextRange, TextReaderHandle } from '@/components/reader/types'
import type { DocumentContent } from '@/lib/domain/text/model'
import { buildTextIndex } from '@/lib/domain/text/text-index'

export interface PageState {
  content: DocumentContent
  language: string
  sentences: TextRange[]
  annotations: ReaderAnnotation[]
  folded: FoldedRange[]
  decided: TextRange[]
  activeAnnotationId: string | null
  currentSentence: number | null
  found: TextRange[]
  commented: TextRange[]
  commentedNow: TextRange | null
  /** Whether the page keeps presses on words from opening the annotations there. */
  takesPresses: boolean
}

const empty: PageState = {
  content: { type: 'doc', content: [] },
  language: 'en',
  sentences: [],
  annotations: [],
  folded: [],
  decided: [],
  activeAnnotationId: null,
  currentSentence: null,
  found: [],
  commented: [],
  commentedNow: null,
  takesPresses: false,
}

export interface PageDriver {
  set(change: Partial<PageState>): void
  handle(): TextReaderHandle | null
  text(): string
  events: {
    select: (TextRange | null)[]
    press: [number, string[]][]
    activate: string[][]
    move: [string, TextRange][]
    layouts: number
  }
}

declare global {
  interface Window {
    reader: PageDriver
  }
}

function ReaderPage() {
  const [state, setState] = useState(empty)
  const [visible, setVisible] = useState<TextRange>({ start: 0, end: 0 })
  const handle = useRef<TextReaderHandle>(null)
  const events = useRef<PageDriver['events']>({ select: [], press: [], activate: [], move: [], layouts: 0 })
  const length = buildTextIndex(state.content).text.length
  window.reader = {
    set: (change) => {
      flushSync(() => {
        setState((before) => ({ ...before, ...change }))
      })
    },
    handle: () => handle.current,
    text: () => buildTextIndex(state.content).text,
    events: events.current,
  }
  return (
    <div className="columns">
      <Minimap
        annotations={state.annotations}
        length={length}
        visible={visible}
        onSeek={(offset) => handle.current?.scrollToOffset(offset)}
      />
      <main className="scroller" id="scroller">
        <article>
          <TextReader
            {...state}
            ref={handle}
            onSelect={(range) => {
              events.current.select.push(range)
            }}
            onPressWords={(offset, ids) => {
              events.current.press.push([offset, ids])
              return state.takesPresses
            }}
            onActivate={(ids) => {
              events.current.activate.push(ids)
            }}
            onSentenceChange={(index) => {
              setState((before) => ({ ...before, currentSentence: index }))
            }}
            onMoveSpan={(id, range) => {
              events.current.move.push([id, range])
            }}
            onLayout={() => {
              events.current.layouts += 1
            }}
            onViewport={setVisible}
          />
        </article>
        <textarea aria-label="Note" />
        <p id="beside">Words that are no part of the text.</p>
      </main>
    </div>
  )
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<ReaderPage />)
