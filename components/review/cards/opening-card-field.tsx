'use client'

import { useReview } from '@/components/annotations/review-context'
import type { CardActions } from '@/components/annotations/card/card-actions'
import { OpeningField } from '@/components/ui/controls/opening-field'

/** Stands for the open card while it is on its way: where a field of it was asked for, what is typed is not lost. */
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
