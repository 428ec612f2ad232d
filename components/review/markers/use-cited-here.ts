'use client'

import { useCallback, useState } from 'react'
import type { ReviewController } from '@/lib/client/annotations/controller'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { blockAtOffset, type TextIndex } from '@/lib/domain/text/text-index'

/** The part of the text whose citation markers are looked at. What they stand for is read once it is shown. */
export interface CitedHere {
  range: TextRange | null
  /** Looks at the markers of the open annotation, else of the current sentence; says so when there is neither. */
  open: () => void
  /** Looks at the marker at an offset; false when there is none. */
  pressAt: (offset: number) => boolean
  close: () => void
}

/** Which citation markers the person has asked about. */
export function useCitedHere(controller: ReviewController, index: TextIndex): CitedHere {
  const [range, setRange] = useState<TextRange | null>(null)
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
  const close = useCallback(() => {
    setRange(null)
    controller.focusText()
  }, [controller])
  return { range, open, pressAt, close }
}
