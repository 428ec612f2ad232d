'use client'

import { useOutcome } from '@/components/adjudication/outcomes-context'
import { AnnotationCard } from '@/components/annotations/annotation-card'
import type { CardActions } from '@/components/annotations/card-actions'
import { useController, useReview } from './review-context'

/** The card of one annotation, tied to the review. It renders again only when something of its own changes. */
export function ReviewCard({ id, actions, place }: { id: string; actions: CardActions; place: string }) {
  const { me } = useController()
  const annotation = useReview((state) => state.review.data.annotations.get(id) ?? null)
  const isOpen = useReview((state) => state.view.activeId === id)
  const editing = useReview((state) => (state.view.activeId === id ? state.view.editing : null))
  const isUnsaved = useReview((state) => state.review.unsaved.has(id))
  const problem = useReview((state) => state.review.problems.get(id) ?? null)
  const hasSelection = useReview((state) => state.view.activeId === id && state.view.selection !== null)
  const showAuthor = useReview((_, derived) => derived.hasSeveralAuthors)
  const outcome = useOutcome(id)
  if (annotation === null) return null
  const own = annotation.author.id === me.id
  return (
    <AnnotationCard
      {...{ annotation, own, isOpen, editing, place, showAuthor, isUnsaved, problem, hasSelection, outcome, actions }}
    />
  )
}
