'use client'

import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
  type RefObject,
} from 'react'
import { untilLoaded } from '@/lib/client/lazy-part'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import { canHighlight, CssPainter, type MakePainter } from './painting/painter'
import { ReaderEngine, type EngineEvents } from './engine'
import './painting/highlights.css'
import { longTextLength } from './long-text'
import './reader.css'
import { renderText } from './document/render-text'
import type { TextPlaces } from './text-places'
import type { TextReaderHandle, TextReaderProps } from './types'

const none: never[] = []

const reviewHint =
  'Arrow down and up go from sentence to sentence. Shift with arrow right and left makes the span longer and shorter. Enter opens the annotation of the sentence.'

const paintWithCss: MakePainter = (places) => new CssPainter(places)

/**
 * The text of a document for reading, marking and walking through. The server renders it as HTML, so that it can be read before any script has run.
 * In the browser, a Tiptap editor adopts the same elements and writes nothing.
 */
export function TextReader({ ref, ...props }: TextReaderProps & { ref?: Ref<TextReaderHandle> | undefined }) {
  // Another document needs another editor.
  const identity = useIdentity(props.content)
  return <Reader key={identity} {...props} handle={ref} />
}

/** A number that changes whenever the object is another one. */
function useIdentity(value: object): number {
  const [seen, setSeen] = useState({ value, number: 0 })
  if (seen.value === value) return seen.number
  setSeen({ value, number: seen.number + 1 })
  return seen.number + 1
}

function Reader({ handle, ...props }: TextReaderProps & { handle: Ref<TextReaderHandle> | undefined }) {
  const { content, language } = props
  const isWalked = props.sentences.length > 0
  const frame = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const outline = useRef<SVGPathElement>(null)
  const live = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const [foldedAtFirst] = useState(props.folded)
  const hint = useId()
  const index = useMemo(() => buildTextIndex(content), [content])
  // Only the server writes HTML. The browser finds it on the page, or lets the editor draw on an empty page.
  const [html] = useState(() => ({
    __html: typeof window === 'undefined' ? renderText({ content, index, folded: foldedAtFirst }) : '',
  }))

  useLayoutEffect(() => {
    latest.current = props
  })
  const say = useCallback((words: string) => {
    if (live.current !== null) live.current.textContent = words
  }, [])
  const engine = useEngine({ content, index, folded: foldedAtFirst, language, latest, frame, text, outline, say })
  usePassedOn(engine, props)
  useEffect(() => {
    if (engine === null) return
    if (latest.current.takesFocus === true && isNothingFocused()) text.current?.focus({ preventScroll: true })
    latest.current.onReady?.()
  }, [engine])
  useSaidPlace({ sentence: props.currentSentence, words: index.text, latest, say })

  useImperativeHandle(
    handle,
    (): TextReaderHandle => ({
      extentOf: (range) => engine?.extentOf(range) ?? null,
      scrollTo: (range) => engine?.scrollTo(range),
      scrollToOffset: (offset) => engine?.scrollToOffset(offset),
      selectRange: (range) => engine?.selectRange(range),
      clearSelection: () => engine?.clearSelection(),
      annotationsAt: (x, y) => engine?.annotationsAt(x, y) ?? [],
      focus: () => text.current?.focus({ preventScroll: true }),
    }),
    [engine],
  )

  return (
    <div className="reader" ref={frame} data-ready={engine === null ? undefined : ''}>
      <div
        className="reader-text ProseMirror"
        ref={text}
        role="document"
        contentEditable={false}
        data-long={index.text.length > longTextLength ? '' : undefined}
        aria-label={props.label ?? 'Text of the document'}
        aria-describedby={isWalked ? hint : undefined}
        tabIndex={isWalked ? 0 : undefined}
        lang={language}
        translate="no"
        dangerouslySetInnerHTML={html}
        suppressHydrationWarning
      />
      <svg className="reader-outline" aria-hidden="true" focusable="false">
        <path ref={outline} />
      </svg>
      {isWalked && (
        <p className="reader-hidden" id={hint}>
          {props.hint ?? reviewHint}
        </p>
      )}
      <div className="reader-hidden" role="status" lang={language} ref={live} />
    </div>
  )
}

/** The editor's elements on the page and its input. */
interface EngineGround {
  content: TextReaderProps['content']
  index: TextIndex
  folded: TextReaderProps['folded']
  language: string
  latest: RefObject<TextReaderProps>
  frame: RefObject<HTMLDivElement | null>
  text: RefObject<HTMLDivElement | null>
  outline: RefObject<SVGPathElement | null>
  /** Announces words to screen readers. */
  say: (words: string) => void
}

/** The editor on the text; null until it is built. */
function useEngine(ground: EngineGround): ReaderEngine | null {
  const { content, index, folded, language, latest, frame, text, outline, say } = ground
  const [engine, setEngine] = useState<ReaderEngine | null>(null)
  const makePainter = usePainter()
  useLayoutEffect(() => {
    const parts = { frame: frame.current, root: text.current, outline: outline.current }
    if (parts.frame === null || parts.root === null || parts.outline === null || makePainter === null) return
    const { frame: around, root, outline: path } = parts
    let made: ReaderEngine | null = null
    const build = () => {
      made = new ReaderEngine({
        frame: around,
        root,
        attributes: { role: 'document' },
        outline: path,
        content,
        index,
        folded,
        language,
        makePainter,
        events: passOn(latest, say),
      })
      if (made.mounting === 'replaced') latest.current.onReplaced?.()
      setEngine(made)
    }
    // A server-rendered text can be read already. Its editor is built in a task of its own, so that no task is long.
    const isWritten = root.hasChildNodes()
    const timer = isWritten ? window.setTimeout(build) : 0
    if (!isWritten) build()
    return () => {
      window.clearTimeout(timer)
      made?.destroy()
      setEngine(null)
    }
  }, [content, index, folded, language, latest, frame, text, outline, say, makePainter])
  return engine
}

/** Passes the drawn parts on to the editor, each when it changes. */
function usePassedOn(engine: ReaderEngine | null, props: TextReaderProps): void {
  const { annotations, folded, decided, sentences, currentSentence } = props
  const { activeAnnotationId, commented, commentedNow, found, foundNow } = props
  const canMoveSpans = props.onMoveSpan !== undefined
  useLayoutEffect(() => {
    engine?.setFolds(folded)
  }, [engine, folded])
  useLayoutEffect(() => {
    engine?.setMarks(annotations)
  }, [engine, annotations])
  useLayoutEffect(() => {
    engine?.setDecided(decided ?? [])
  }, [engine, decided])
  useLayoutEffect(() => {
    engine?.setSentences(sentences, currentSentence)
  }, [engine, sentences, currentSentence])
  useLayoutEffect(() => {
    engine?.setCommented(commented ?? none, commentedNow ?? null)
  }, [engine, commented, commentedNow])
  useLayoutEffect(() => {
    engine?.setFound(found ?? none, foundNow ?? null)
  }, [engine, found, foundNow])
  useLayoutEffect(() => {
    engine?.setActive(activeAnnotationId, canMoveSpans)
  }, [engine, activeAnnotationId, canMoveSpans])
}

/** Announces the current sentence to screen readers. */
function useSaidPlace({
  sentence,
  words,
  latest,
  say,
}: {
  sentence: TextReaderProps['currentSentence']
  words: string
  latest: RefObject<TextReaderProps>
  say: (words: string) => void
}): void {
  // Announced only when the place changes. A new decision on the same sentence is announced by the code that made it.
  useLayoutEffect(() => {
    const range = sentence === null ? undefined : latest.current.sentences[sentence]
    if (sentence === null || range === undefined) return
    const place =
      latest.current.describeSentence?.(sentence) ??
      `Sentence ${String(sentence + 1)} of ${String(latest.current.sentences.length)}.`
    say(`${place} ${words.slice(range.start, range.end)}`)
  }, [sentence, words, latest, say])
}

/** The painter of the marks; null while it is loading, which only browsers without CSS highlights wait for. */
function usePainter(): MakePainter | null {
  const [makePainter, setMakePainter] = useState<MakePainter | null>(() => (canHighlight() ? paintWithCss : null))
  useEffect(() => {
    if (makePainter !== null) return
    void untilLoaded(() => import('./painting/decoration-painter')).then(({ DecorationPainter }) => {
      setMakePainter(() => (places: TextPlaces) => new DecorationPainter(places))
    })
  }, [makePainter])
  return makePainter
}

/** Answers the engine's events with the current properties. */
function passOn(latest: RefObject<TextReaderProps>, announce: (words: string) => void): EngineEvents {
  return {
    onSelect: (range) => {
      latest.current.onSelect(range)
    },
    onActivate: (ids) => {
      latest.current.onActivate(ids)
    },
    onPressWords: (offset, ids) => latest.current.onPressWords?.(offset, ids) === true,
    onSentenceChange: (sentence) => {
      latest.current.onSentenceChange(sentence)
    },
    onMoveSpan: (id, range) => latest.current.onMoveSpan?.(id, range),
    onLayout: () => latest.current.onLayout?.(),
    watchesViewport: () => latest.current.onViewport !== undefined,
    onViewport: (visible) => latest.current.onViewport?.(visible),
    announce,
  }
}

function isNothingFocused(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
