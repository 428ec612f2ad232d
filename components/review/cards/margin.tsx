'use client'

import { Suspense, useEffect } from 'react'
import { useReview } from '@/components/annotations/review-context'
import { lazyPart } from '@/lib/client/lazy-part'
import { NothingMarked } from '../list/nothing-marked'
import type { MarginCardsProps } from './margin-cards'
import { OpeningCardField } from './opening-card-field'

const loadCards = () => import('./margin-cards').then(({ MarginCards }) => MarginCards)
const Cards = lazyPart(loadCards)

export interface MarginProps extends MarginCardsProps {
  /** The cards are asked for when the reader is there: nobody needs them for reading and for the first mark. */
  isReaderHere: boolean
}

/** The margin beside the text: its cards, or how to begin. */
export function Margin({ isReaderHere, ...props }: MarginProps) {
  const isEmpty = useReview((_, derived) => derived.visible.length === 0)
  useEffect(() => {
    if (isReaderHere) loadCards().catch(() => undefined)
  }, [isReaderHere])
  const opening = (
    <div style={{ paddingTop: props.minTop }}>
      <OpeningCardField actions={props.actions} />
    </div>
  )
  if (isEmpty) {
    return (
      <div style={{ paddingTop: props.minTop }}>
        <NothingMarked />
      </div>
    )
  }
  if (!isReaderHere) return opening
  return (
    <Suspense fallback={opening}>
      <Cards {...props} />
    </Suspense>
  )
}
