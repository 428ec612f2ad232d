'use client'

import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { CardActions } from '@/components/annotations/card/card-actions'
import { useController, useReview } from '@/components/annotations/review-context'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { ReviewerChip } from '@/components/annotations/card/reviewer-chip'
import { ratingNames } from '@/lib/domain/annotations/words'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { QuotedWords } from '@/components/text/quoted-words'
import { BottomSheet } from '../screen/bottom-sheet'
import { focusCard } from '../cards/card-focus'
import { PanelHeader } from '../screen/panel-header'
import { ReviewCard } from '../cards/review-card'
import { NothingMarked } from '../cards/placeholders'

/** The height of every row in CSS pixels: equal, so that ten thousand rows need no measuring. */
const rowHeight = 76

const overscan = 6

interface AnnotationRowsProps {
  placeOf: (range: { start: number; end: number }) => string
  /** Called when a row is opened by key or pointer. */
  onOpened: (id: string) => void
}

interface RowProps {
  annotation: AnnotationView
  index: number
  isCurrent: boolean
  isOpen: boolean
  place: string
  own: boolean
  onOpen: () => void
}

interface PanelProps {
  actions: CardActions
  placeOf: (range: { start: number; end: number }) => string
}

/** The list in place of margin cards: short rows, with the open annotation under them. */
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

/** On small screens, shows the open annotation in a sheet above the dock, or the list of all. */
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

/** The annotations as a list of short rows. One Tab stop; the arrow keys move, Enter opens. */
function AnnotationRows({ placeOf, onOpened }: AnnotationRowsProps) {
  const controller = useController()
  const annotations = useReview((_, derived) => derived.visible)
  const activeId = useReview((state) => state.view.activeId)
  const frame = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const [scroll, setScroll] = useState({ top: 0, height: 800 })
  const activeIndex = annotations.findIndex(({ id }) => id === activeId)
  const [cursor, setCursor] = useState(Math.max(0, activeIndex))
  const at = Math.min(cursor, Math.max(0, annotations.length - 1))

  const first = Math.max(0, Math.floor(scroll.top / rowHeight) - overscan)
  const last = Math.min(annotations.length, Math.ceil((scroll.top + scroll.height) / rowHeight) + overscan)

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      setScroll({ top: element.scrollTop, height: element.clientHeight })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [])

  useEffect(() => {
    const element = frame.current
    if (element === null || activeIndex < 0) return
    revealRow(element, activeIndex)
  }, [activeIndex])

  useEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    frame.current?.querySelector<HTMLElement>(`[data-row="${String(at)}"]`)?.focus({ preventScroll: true })
  }, [at, first])

  const handleKey = (event: KeyboardEvent) => {
    const target = rowOfKey(event.key, {
      at,
      page: Math.max(1, Math.floor(scroll.height / rowHeight) - 1),
      count: annotations.length,
    })
    if (target === undefined || frame.current === null) return
    event.preventDefault()
    const next = Math.max(0, Math.min(annotations.length - 1, target))
    wantsFocus.current = true
    revealRow(frame.current, next)
    setCursor(next)
  }

  if (annotations.length === 0) return <NothingMarked />
  return (
    <div
      ref={frame}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
      onScroll={(event) => {
        setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }}
    >
      <ol
        aria-label="Annotations"
        className="relative"
        style={{ height: annotations.length * rowHeight }}
        onKeyDown={handleKey}
      >
        {annotations.slice(first, last).map((annotation, offset) => {
          const index = first + offset
          return (
            <li
              key={annotation.id}
              aria-setsize={annotations.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0"
              style={{ top: index * rowHeight, height: rowHeight }}
            >
              <Row
                annotation={annotation}
                index={index}
                isCurrent={index === at}
                isOpen={annotation.id === activeId}
                place={placeOf(annotation)}
                own={annotation.author.id === controller.me.id}
                onOpen={() => {
                  setCursor(index)
                  controller.open(annotation.id)
                  onOpened(annotation.id)
                }}
              />
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function Row({ annotation, index, isCurrent, isOpen, place, own, onOpen }: RowProps) {
  return (
    <button
      type="button"
      data-row={index}
      data-rating={annotation.rating}
      tabIndex={isCurrent ? 0 : -1}
      aria-current={isOpen || undefined}
      className={classNames(
        'grid h-full w-full content-center gap-1 border-b border-line px-3 text-start focus-visible:-outline-offset-2',
        isOpen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      onClick={onOpen}
    >
      <span className="flex items-center gap-2">
        <Tag rating={annotation.rating} className="shrink-0">
          {ratingNames[annotation.rating]}
        </Tag>
        {annotation.missing !== null && (
          <span className="text-xs font-medium whitespace-nowrap text-unsourced">needs evidence</span>
        )}
        <span className="ms-auto flex min-w-0 items-center gap-2">
          {!own && <ReviewerChip name={annotation.author.name} own={false} />}
          <span className="tabular shrink-0 text-xs whitespace-nowrap text-ink-3">{place}</span>
        </span>
      </span>
      <span dir="auto" className="truncate font-serif text-md text-ink-2 italic">
        <QuotedWords words={annotation.exact} script={annotation.script} />
      </span>
    </button>
  )
}

/** The index of the row that a key leads to, which may lie beyond the list; undefined for other keys. */
function rowOfKey(key: string, { at, page, count }: { at: number; page: number; count: number }): number | undefined {
  return {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[key]
}

function revealRow(frame: HTMLElement, index: number): void {
  const top = index * rowHeight
  if (top < frame.scrollTop) frame.scrollTop = top
  else if (top + rowHeight > frame.scrollTop + frame.clientHeight)
    frame.scrollTop = top + rowHeight - frame.clientHeight
}
