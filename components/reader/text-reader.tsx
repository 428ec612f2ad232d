'use client'

import { useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { ReaderEngine } from './engine'
import { canHighlight, HighlightSurface } from './highlight-surface'
import './highlights.css'
import './reader.css'
import { renderText } from './render-text'
import type { Surface } from './surface'
import { TextDom } from './text-dom'
import type { TextReaderHandle, TextReaderProps } from './types'

/**
 * The text of a document, to be read, marked and walked through. Written by the server and again by the browser from the
 * same words, so nothing moves when the page comes alive.
 */
export function TextReader({ ref, ...props }: TextReaderProps & { ref?: Ref<TextReaderHandle> | undefined }) {
  const { content, language, annotations, folded, decided, sentences, currentSentence, activeAnnotationId } = props
  const frame = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const outline = useRef<SVGPathElement>(null)
  const live = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const [engine, setEngine] = useState<ReaderEngine | null>(null)
  const [foldedAtFirst] = useState(folded)
  const hint = useId()
  const index = useMemo(() => buildTextIndex(content), [content])
  const html = useMemo(
    () => ({ __html: renderText({ content, index, folded: foldedAtFirst }) }),
    [content, index, foldedAtFirst],
  )

  useLayoutEffect(() => {
    latest.current = props
  })

  useLayoutEffect(() => {
    const parts = { frame: frame.current, text: text.current, outline: outline.current }
    if (parts.frame === null || parts.text === null || parts.outline === null) return
    const { frame: around, text: root, outline: path } = parts
    let made: ReaderEngine | null = null
    let gone = false
    const start = (dom: TextDom, surface: Surface) => {
      const announce = (words: string) => {
        if (live.current !== null) live.current.textContent = words
      }
      const events = {
        onSelect: (range: Parameters<TextReaderProps['onSelect']>[0]) => {
          latest.current.onSelect(range)
        },
        onActivate: (ids: string[]) => {
          latest.current.onActivate(ids)
        },
        onSentenceChange: (sentence: number) => {
          latest.current.onSentenceChange(sentence)
        },
        onLayout: () => latest.current.onLayout?.(),
        onViewport: (visible: Parameters<NonNullable<TextReaderProps['onViewport']>>[0]) =>
          latest.current.onViewport?.(visible),
        announce,
      }
      made = new ReaderEngine({ frame: around, outline: path, dom, surface, language, events })
      setEngine(made)
    }
    if (canHighlight()) {
      const dom = new TextDom(root, index)
      start(dom, new HighlightSurface(dom))
    } else {
      void import('./tiptap-surface').then(({ mountTiptap }) => {
        if (!gone) start(...mountTiptap({ holder: root, content, index }))
      })
    }
    return () => {
      gone = true
      made?.destroy()
      setEngine(null)
    }
  }, [content, index, html, language])

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
    engine?.setActive(activeAnnotationId)
  }, [engine, activeAnnotationId])

  // Said only when the place changes: a new decision on the same sentence is announced by whoever made it.
  useLayoutEffect(() => {
    const range = currentSentence === null ? undefined : latest.current.sentences[currentSentence]
    if (currentSentence === null || range === undefined || live.current === null) return
    const place =
      latest.current.describeSentence?.(currentSentence) ??
      `Sentence ${String(currentSentence + 1)} of ${String(latest.current.sentences.length)}.`
    live.current.textContent = `${place} ${index.text.slice(range.start, range.end)}`
  }, [currentSentence, index])

  useImperativeHandle(
    ref,
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
        className="reader-text"
        ref={text}
        role="document"
        aria-label={props.label ?? 'Text of the document'}
        aria-describedby={hint}
        tabIndex={0}
        lang={language}
        translate="no"
        dangerouslySetInnerHTML={html}
      />
      <svg className="reader-outline" aria-hidden="true" focusable="false">
        <path ref={outline} />
      </svg>
      <p className="reader-hidden" id={hint}>
        Arrow down and up go from sentence to sentence. Shift with arrow right and left makes the span longer and
        shorter. Enter opens the annotation of the sentence.
      </p>
      <div className="reader-hidden" role="status" lang={language} ref={live} />
    </div>
  )
}
