'use client'

import { Suspense, useMemo } from 'react'
import { useOutcome } from '@/components/adjudication/verdict/outcomes-context'
import { ClosedCard } from '@/components/annotations/card/closed-card'
import type { CardActions } from '@/components/annotations/card/card-actions'
import { DiscussButton } from '@/components/threads/discussion/discuss-buttons'
import { useDiscussion } from '@/components/threads/discussion/discussion-context'
import { lazyPart } from '@/lib/client/lazy-part'
import { useController, useReview } from '@/components/annotations/review-context'
import { OpeningCardField } from './placeholders'

const OpenCard = lazyPart(() => import('@/components/annotations/card/open-card').then(({ OpenCard }) => OpenCard))
const OutcomeLine = lazyPart(() =>
  import('@/components/adjudication/verdict/outcome-line').then(({ OutcomeLine }) => OutcomeLine),
)

/** The card of one annotation, connected to the review. It renders again only when something of its own changes. */
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
  const comments = useDiscussion()?.counts.get(id) ?? 0
  const rating = annotation?.rating ?? null
  // The elements are memoised, so that an open card need not render again.
  const outcomeLine = useMemo(
    () =>
      outcome !== null &&
      rating !== null && (
        <Suspense>
          <OutcomeLine outcome={outcome} own={rating} isOpen />
        </Suspense>
      ),
    [outcome, rating],
  )
  const discussion = useMemo(
    () =>
      annotation !== null && (
        <DiscussButton
          annotationId={id}
          exact={annotation.exact}
          script={annotation.script}
          always
          disabled={isUnsaved}
        />
      ),
    [annotation, id, isUnsaved],
  )
  if (annotation === null) return null
  const own = annotation.author.id === me.id
  const closed = (
    <ClosedCard
      annotation={annotation}
      own={own}
      place={place}
      showAuthor={showAuthor}
      problem={problem}
      comments={comments}
      actions={actions}
      isDecided={outcome !== null}
    />
  )
  if (!isOpen) return closed
  return (
    <Suspense
      fallback={
        <div className="grid gap-2">
          {closed}
          <OpeningCardField actions={actions} />
        </div>
      }
    >
      <OpenCard
        annotation={annotation}
        own={own}
        editing={editing}
        place={place}
        showAuthor={showAuthor}
        isUnsaved={isUnsaved}
        problem={problem}
        hasSelection={hasSelection}
        discussion={discussion}
        actions={actions}
        outcome={outcomeLine}
      />
    </Suspense>
  )
}
