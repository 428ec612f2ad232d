'use client'

import { useController, useReview } from '@/components/annotations/review-context'

/** Narrows the list to annotations with these words in their note, their passage or their tags. */
export function FindField() {
  const controller = useController()
  const filters = useReview((state) => state.view.filters)
  return (
    <input
      type="search"
      aria-label="Find in notes, passages and tags"
      placeholder="Find in notes, passages and tags"
      dir="auto"
      maxLength={200}
      value={filters.text}
      className="mx-3 my-2 min-h-8 shrink-0 rounded-md border border-field bg-surface px-2.5 text-sm placeholder:text-ink-3"
      onChange={(event) => {
        controller.setFilters({ ...filters, text: event.currentTarget.value })
      }}
    />
  )
}
