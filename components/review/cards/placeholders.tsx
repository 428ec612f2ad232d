'use client'

import { useController, useReview } from '@/components/annotations/review-context'
import type { CardActions } from '@/components/annotations/card/card-actions'
import { OpeningField } from '@/components/ui/controls/opening-field'

/** Shown when there are no annotations: says how to begin, or that the filters hide them all. */
export function NothingMarked() {
  const controller = useController()
  const total = useReview((_, derived) => derived.ordered.length)
  const begin = controller.mayAnnotate
    ? 'Nothing is marked yet. Select some words, or walk through the sentences with the arrow keys, and rate what is stated as fact.'
    : 'Nobody has marked anything in this document yet.'
  return (
    <p className="px-3 py-8 text-center text-pretty text-ink-3 print:hidden">
      {total === 0 ? begin : 'The filter hides every annotation.'}
    </p>
  )
}

/** Takes typed words while the open card is loading, when one of its fields was asked for. Nothing typed is lost. */
export function OpeningCardField({ actions }: { actions: CardActions }) {
  const id = useReview(({ view }) =>
    view.editing === 'note' || view.editing === 'evidence' || view.editing === 'tags' ? view.activeId : null,
  )
  if (id === null) return null
  return (
    <OpeningField
      onClose={() => {
        actions.startEditing(id, null)
        actions.backToCard(id)
      }}
    />
  )
}
