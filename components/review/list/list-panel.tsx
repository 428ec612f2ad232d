'use client'

import type { CardActions } from '@/components/annotations/card/card-actions'
import { AnnotationRows } from './annotation-rows'
import { BottomSheet } from '../screen/bottom-sheet'
import { focusCard } from '../cards/card-focus'
import { PanelHeader } from '../screen/panel-header'
import { useController, useReview } from '@/components/annotations/review-context'
import { ReviewCard } from '../cards/review-card'

interface PanelProps {
  actions: CardActions
  placeOf: (range: { start: number; end: number }) => string
}

/** The list instead of margin cards: short rows, and the open annotation under them. */
export function ListPanel({ actions, placeOf }: PanelProps) {
  const controller = useController()
  const activeId = useReview((state) => state.view.activeId)
  const active = controller.annotation(activeId)
  return (
    <div className="-mx-4 flex min-h-0 flex-1 flex-col">
      <FindField />
      <AnnotationRows placeOf={placeOf} onOpened={focusCard} />
      {active !== null && (
        <div className="max-h-[65%] shrink-0 overflow-y-auto overscroll-contain border-t border-line-strong bg-sunken p-3">
          <ReviewCard key={active.id} id={active.id} actions={actions} place={placeOf(active)} />
        </div>
      )}
    </div>
  )
}

/** Small screens: the open annotation in a sheet above the dock, or the list of all. */
export function Sheets({
  actions,
  placeOf,
  isListOpen,
  onList,
}: PanelProps & { isListOpen: boolean; onList: (isOpen: boolean) => void }) {
  const controller = useController()
  const activeId = useReview((state) => state.view.activeId)
  const active = controller.annotation(activeId)
  if (isListOpen) {
    return (
      <BottomSheet
        label="Annotations"
        tall
        onClose={() => {
          onList(false)
        }}
      >
        <PanelHeader canSwitchLayout={false} />
        <FindField />
        <AnnotationRows
          placeOf={placeOf}
          onOpened={(id) => {
            onList(false)
            focusCard(id)
          }}
        />
      </BottomSheet>
    )
  }
  if (active === null) return null
  return (
    <BottomSheet
      label="Annotation"
      onClose={() => {
        controller.open(null)
      }}
    >
      <ReviewCard key={active.id} id={active.id} actions={actions} place={placeOf(active)} />
    </BottomSheet>
  )
}

/** Narrows the list to annotations with these words in their note, their passage or their tags. */
function FindField() {
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
