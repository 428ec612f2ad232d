'use client'

import { useMemo, type RefObject } from 'react'
import type { TextReaderHandle } from '@/components/reader/types'
import { rowHeight } from '@/components/annotations/card/closed-card'
import type { CardActions } from '@/components/annotations/card/card-actions'
import type { LayoutSignals } from '../screen/use-screen-parts'
import { moveBetweenCards } from './card-focus'
import { useController, useReview } from '@/components/annotations/review-context'
import { ReviewCard } from './review-card'
import { guessHeight, useCardPlaces } from './use-card-places'

export interface MarginCardsProps {
  reader: RefObject<TextReaderHandle | null>
  scroller: RefObject<HTMLElement | null>
  signals: LayoutSignals
  actions: CardActions
  placeOf: (range: { start: number; end: number }) => string
  /** The height of the header above the cards, in pixels. */
  minTop: number
}

/** The cards beside their spans. Only cards near the view are rendered; each has its position among all of them. */
export function MarginCards({ reader, scroller, signals, actions, placeOf, minTop }: MarginCardsProps) {
  const controller = useController()
  const annotations = useReview((_, derived) => derived.visible)
  const activeId = useReview((state) => state.view.activeId)
  const { places, measure } = useCardPlaces({
    annotations,
    activeId,
    reader,
    scroller,
    signals,
    minTop,
    guessHeight,
    rowHeight,
  })
  const positions = useMemo(() => new Map(annotations.map(({ id }, index) => [id, index + 1])), [annotations])
  return (
    <ol
      aria-label="Annotations"
      className="relative"
      style={{ height: places.bottom + 48 }}
      onKeyDown={moveBetweenCards}
    >
      {places.cards.map(({ id, top, crowdedOut }) => {
        const annotation = controller.annotation(id)
        if (annotation === null) return null
        return (
          <li
            key={id}
            ref={measure(id)}
            aria-setsize={annotations.length}
            aria-posinset={positions.get(id)}
            className="absolute inset-x-0"
            style={{ top }}
          >
            <ReviewCard id={id} actions={actions} place={placeOf(annotation)} />
            {crowdedOut.length > 0 && (
              <button
                type="button"
                aria-label={`${String(crowdedOut.length)} more here, in the list`}
                title={`${String(crowdedOut.length)} more here, in the list`}
                className="tabular absolute -end-2 -bottom-1.5 z-10 rounded-full border border-line bg-paper px-1 text-2xs font-semibold text-accent hover:bg-hover"
                onClick={() => {
                  controller.setLayout('list')
                  controller.open(crowdedOut[0] ?? null)
                }}
              >
                +{crowdedOut.length}
              </button>
            )}
          </li>
        )
      })}
    </ol>
  )
}
