'use client'

import { useCallback, useRef, useState } from 'react'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { untilLoaded } from '@/lib/client/lazy-part'
import type { CitationMarker } from '@/lib/domain/citation-markers/citation-markers'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { DocumentContent } from '@/lib/domain/text/model'
import { blockAtOffset, type TextIndex } from '@/lib/domain/text/text-index'

/** The part of the text whose citation markers are shown. Their entries are read once the panel opens. */
export interface CitedHere {
  range: TextRange | null
  /** Shows the markers of the open annotation, else of the current sentence; says so when there is neither. */
  open: () => void
  /** Shows the numbered marker at an offset; false when there is none. */
  pressAt: (offset: number) => boolean
  /**
   * Shows the link, or the citation by author and year, around an offset, if there is one. These are also words of their sentence, so a mark on them
   * comes first: only a press on the open mark leads to the citation.
   */
  pressWords: (offset: number, annotationIds: readonly string[]) => void
  close: () => void
}

/** The citation markers that the person has asked for. */
export function useCitedHere(controller: ReviewController, index: TextIndex, content: DocumentContent): CitedHere {
  const [range, setRange] = useState<TextRange | null>(null)
  const known = useRef<{ content: DocumentContent; markers: readonly CitationMarker[] } | null>(null)
  const presses = useRef(0)
  const open = useCallback(() => {
    const { sentence } = controller.getState().view
    const at = controller.active() ?? sentence
    if (at === null) {
      controller.answer('Go to a sentence first: press the down arrow.')
      return
    }
    // A mark often ends before the marker of its sentence.
    const around = controller.text.sentences.filter(({ start, end }) => start < at.end && at.start < end)
    setRange({
      start: Math.min(at.start, around[0]?.start ?? at.start),
      end: Math.max(at.end, around.at(-1)?.end ?? at.end),
    })
  }, [controller])
  const pressAt = useCallback(
    (offset: number) => {
      const marker = blockAtOffset(index, offset)?.quiet.find(
        ({ kind, start, end }) => kind === 'citation' && start <= offset && offset < end,
      )
      if (marker === undefined) return false
      setRange({ start: marker.start, end: marker.end })
      return true
    },
    [index],
  )
  const pressWords = useCallback(
    (offset: number, annotationIds: readonly string[]) => {
      presses.current += 1
      const press = presses.current
      const { activeId } = controller.getState().view
      if (annotationIds.length > 0 && (activeId === null || !annotationIds.includes(activeId))) return
      void untilLoaded(() => import('@/lib/domain/citation-markers/citation-markers')).then(
        ({ markersAt, readCitationMarkers }) => {
          // Another press came while it was loaded.
          if (press !== presses.current) return
          if (known.current?.content !== content)
            known.current = { content, markers: readCitationMarkers(content).markers }
          const [marker] = markersAt(known.current.markers, { start: offset, end: offset })
          if (marker !== undefined) setRange({ start: marker.start, end: marker.end })
        },
      )
    },
    [controller, content],
  )
  const close = useCallback(() => {
    setRange(null)
    controller.focusText()
  }, [controller])
  return { range, open, pressAt, pressWords, close }
}
