'use client'

import { useLayoutEffect, useRef, useSyncExternalStore, type RefObject } from 'react'
import { ratings } from '@/lib/domain/annotations/rating'
import { ratingKeys } from '@/components/annotations/card/rating-buttons'
import type { TextReaderHandle } from '@/components/reader/types'
import { ratingNames } from '@/lib/domain/annotations/words'
import { pagesInWords, type PagesOf } from '@/lib/domain/text/pages'
import { useDiscussedText } from '@/components/threads/discussion/discussed-text'
import { useDiscussion } from '@/components/threads/discussion/discussion-context'
import { Kbd } from '@/components/ui/text/kbd'
import { copyLink } from '../links/use-address'
import type { LayoutSignals } from '../screen/use-screen-parts'
import { useController, useReview } from '@/components/annotations/review-context'

export interface SelectionToolbarProps {
  reader: RefObject<TextReaderHandle | null>
  scroller: RefObject<HTMLElement | null>
  signals: LayoutSignals
  pagesOf: PagesOf
}

const plain =
  'flex min-h-8 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink'

/** The ratings beside selected words, for the mouse. Shown below the selection, or above it at the end of the screen. */
export function SelectionToolbar({ reader, scroller, signals, pagesOf }: SelectionToolbarProps) {
  const controller = useController()
  const selection = useReview((state) => (state.view.editing === 'span' ? null : state.view.selection))
  const version = useSyncExternalStore(
    signals.subscribe,
    () => signals.getSnapshot().version,
    () => 0,
  )
  const comment = useDiscussion()?.comment ?? null
  const isDiscussed = useDiscussedText().lit !== null
  const bar = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const frame = scroller.current
    const element = bar.current
    const extent = selection === null ? null : (reader.current?.extentOf(selection) ?? null)
    if (frame === null || element === null || extent === null) return
    const { offsetHeight: height, offsetWidth: width } = element
    const words = document.getSelection()
    const isSelected = words !== null && words.rangeCount > 0
    const left = isSelected ? words.getRangeAt(0).getBoundingClientRect().left - frame.getBoundingClientRect().left : 40
    const fitsBelow = extent.bottom + 10 + height < frame.scrollTop + frame.clientHeight
    const top = fitsBelow ? extent.bottom + 8 : Math.max(frame.scrollTop + 8, extent.top - height - 8)
    element.style.top = `${String(top)}px`
    element.style.left = `${String(Math.max(12, Math.min(left, frame.clientWidth - width - 12)))}px`
  }, [selection, isDiscussed, version, reader, scroller])

  // Hidden while the selection is being commented on.
  if (selection === null || isDiscussed || !controller.mayAnnotate) return null
  const pages = pagesOf(selection)
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="What to do with the selected words"
      className="absolute z-20 flex items-center gap-0.5 rounded-lg border border-line-strong bg-surface p-1 shadow-float max-[60rem]:hidden print:hidden"
      // A press must not clear the selection before it is rated.
      onPointerDown={(event) => {
        event.preventDefault()
      }}
    >
      {ratings.map((rating) => (
        <button
          key={rating}
          type="button"
          data-rating={rating}
          className="flex min-h-8 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-ink hover:bg-rating-soft hover:text-rating"
          onClick={() => {
            controller.rate(rating)
          }}
        >
          <span aria-hidden="true" className="rating-line flex" />
          {ratingNames[rating]}
          <Kbd>{ratingKeys[rating]}</Kbd>
        </button>
      ))}
      <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
      <button
        type="button"
        className={plain}
        onClick={() => {
          controller.decideNoClaim()
          controller.clearSelection()
        }}
      >
        No claim
        <Kbd>0</Kbd>
      </button>
      {comment !== null && (
        <button type="button" className={plain} onClick={comment}>
          Comment
          <Kbd>C</Kbd>
        </button>
      )}
      <button
        type="button"
        className={plain}
        onClick={() => {
          void copyLink(controller)
        }}
      >
        Copy link
        <Kbd>Y</Kbd>
      </button>
      {pages !== null && <span className="px-2 text-sm whitespace-nowrap text-ink-3">{pagesInWords(pages)}</span>}
    </div>
  )
}
