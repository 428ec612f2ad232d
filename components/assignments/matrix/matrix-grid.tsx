'use client'

import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
  startTransition,
  useSyncExternalStore,
} from 'react'
import { Menu, type MenuTrigger } from '@/components/ui/overlays/menu'
import { classNames } from '@/components/ui/class-names'
import type { MatrixDocument, MatrixReviewer } from '@/lib/domain/assignments/matrix'
import { type Board, type Held, placeOf } from './board'
import { type CellDeeds, cellMenu } from './cell-deeds'
import { DragLabel, useCellDrag } from './cell-drag'
import { columnsOf, MatrixHead } from './matrix-head'
import { figureColumns, MatrixRow, rowHeight } from './matrix-row'

const nothingDragged: ReadonlySet<string> = new Set()

interface Position {
  row: number
  column: number
}

/** The position that a key moves to; null for keys that do not move. */
function moved(event: KeyboardEvent, { row, column }: Position, last: Position): Position | null {
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
  const far = event.ctrlKey || event.metaKey
  const to = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + forward },
    ArrowLeft: { row, column: column - forward },
    PageDown: { row: row + 8, column },
    PageUp: { row: row - 8, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? last.row : row, column: last.column },
  }[event.key]
  if (to === undefined) return null
  return {
    row: Math.max(0, Math.min(to.row, last.row)),
    column: Math.max(0, Math.min(to.column, last.column)),
  }
}

export interface MatrixGridProps {
  board: Board
  documents: readonly MatrixDocument[]
  reviewers: readonly MatrixReviewer[]
  selected: ReadonlySet<string>
  deeds: CellDeeds
  /** Selects or deselects all assignments of a document. */
  onSelectRow: (documentId: string) => void
  /** Gives the dragged assignments to the reviewer they were dropped on. */
  onGive: (held: readonly Held[], reviewer: MatrixReviewer) => void
}

/**
 * The grid of documents × reviewers, scrolling in its own box. Only rows in view are drawn; the head and the first column stay in place. One tab
 * stop: arrow keys move, Enter opens a cell's menu, X or the space bar selects. The mouse can also drag work to another reviewer.
 */
export function MatrixGrid({ board, documents, reviewers, selected, deeds, onSelectRow, onGive }: MatrixGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRowHeight()
  const isPlan = board.matrix.state === 'draft'
  const figures = useMemo(() => figureColumns(board.matrix.state), [board.matrix.state])
  const last = { row: Math.max(0, documents.length - 1), column: reviewers.length + figures.length }
  const {
    at: { row, column },
    onFocus,
    go,
  } = useActiveCell(scroller, last)
  const columns = useMemo(() => columnsOf(reviewers.length, figures.length), [reviewers.length, figures.length])

  const { drag, label, onPointerDown } = useCellDrag(scroller, { board, reviewers, selected, onDrop: onGive })
  const { first, end } = useRowWindow(scroller, { count: documents.length, height })
  const dropColumn = drag?.over?.column ?? null
  const drawn = Array.from({ length: end - first }, (_, at) => first + at)
  // The focused row stays drawn, so that scrolling does not lose the focus.
  if (row < first) drawn.unshift(row)
  else if (row >= end && row < documents.length) drawn.push(row)

  const document = documents[row]
  const reviewer = reviewers[column - 1]
  const items =
    document === undefined || reviewer === undefined ? [] : cellMenu(board, placeOf(document, reviewer), deeds)

  const handlers = gridHandlers({ board, deeds, at: { row, column }, last, go, onSelectRow })
  const grid = (trigger: MenuTrigger) => (
    <div
      ref={scroller}
      role="grid"
      aria-label="Documents and reviewers"
      aria-rowcount={documents.length + 1}
      aria-colcount={reviewers.length + figures.length + 1}
      aria-multiselectable={board.leads}
      className={classNames(
        'relative max-h-[max(24rem,calc(100dvh-9rem))] overflow-auto rounded-lg border border-line bg-surface shadow-card [scroll-padding:3rem_0.5rem_0.5rem_15.5rem]',
        drag !== null && 'select-none [&_*]:cursor-grabbing!',
      )}
      onPointerDown={onPointerDown}
      onFocus={onFocus}
      {...handlers}
    >
      <div style={{ minWidth: columns.least }}>
        <MatrixHead reviewers={reviewers} figures={figures} isPlan={isPlan} columns={columns.template} />
        <div role="rowgroup" className="relative" style={{ height: documents.length * height }}>
          {drawn.map((index) => {
            const shown = documents[index]
            if (shown === undefined) return null
            return (
              <MatrixRow
                key={shown.id}
                board={board}
                document={shown}
                index={index}
                reviewers={reviewers}
                columns={columns.template}
                top={index * height}
                activeColumn={index === row ? column : null}
                selected={selected}
                trigger={index === row && items.length > 0 ? trigger : null}
                dragged={drag?.ids ?? nothingDragged}
                dropColumn={drag?.held.some((held) => held.document.id === shown.id) === true ? dropColumn : null}
                dropFits={drag?.over?.obstacle === null}
              />
            )
          })}
        </div>
      </div>
    </div>
  )

  return (
    <>
      <Menu
        label={reviewer === undefined ? 'Cell' : `${reviewer.member.name}, “${document?.title ?? ''}”`}
        items={items}
        trigger={grid}
      />
      <DragLabel drag={drag} label={label} />
    </>
  )
}

/** The grid's one tab stop: the cell that was focused last, clamped to the grid's present size. `go` moves the focus. */
function useActiveCell(scroller: RefObject<HTMLElement | null>, last: Position) {
  const [active, setActive] = useState<Position>({ row: 0, column: 1 })
  const wantsFocus = useRef(false)
  const row = Math.min(active.row, last.row)
  const column = Math.min(active.column, last.column)
  useEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-at="${String(row)}:${String(column)}"]`)
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [scroller, row, column])

  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const at = target.dataset['at']?.split(':').map(Number)
    if (at?.[0] === undefined || at[1] === undefined) return
    setActive({ row: at[0], column: at[1] })
  }
  const go = (to: Position) => {
    wantsFocus.current = true
    setActive(to)
  }
  return { at: { row, column }, onFocus, go }
}

/** Handles keys and presses anywhere in the grid: moving, selecting a cell, selecting a row. Menus of cells handle their own. */
function gridHandlers({
  board,
  deeds,
  at,
  last,
  go,
  onSelectRow,
}: Pick<MatrixGridProps, 'board' | 'deeds' | 'onSelectRow'> & {
  at: Position
  last: Position
  go: (to: Position) => void
}) {
  const toggle = (target: EventTarget): boolean => {
    const id = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-assignment]')?.dataset : undefined
    if (!board.leads || id?.['assignment'] === undefined) return false
    deeds.select(id['assignment'])
    return true
  }

  return {
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!(event.target instanceof HTMLElement) || event.target.dataset['at'] === undefined) return
      if (event.key === ' ' || (event.key === 'x' && !event.ctrlKey && !event.metaKey && !event.altKey)) {
        if (toggle(event.target) || event.key === ' ') event.preventDefault()
        return
      }
      const to = moved(event, at, last)
      if (to === null) return
      event.preventDefault()
      go(to)
    },
    onKeyUp: (event: KeyboardEvent<HTMLElement>) => {
      // Otherwise the browser would press the button when the space bar is released.
      if (event.key === ' ') event.preventDefault()
    },
    onClick: (event: MouseEvent<HTMLElement>) => {
      const documentId = event.target instanceof HTMLElement ? event.target.dataset['selectRow'] : undefined
      if (documentId !== undefined) onSelectRow(documentId)
      else if ((event.ctrlKey || event.metaKey || event.shiftKey) && toggle(event.target)) event.preventDefault()
    },
  }
}

/** Rows drawn beyond those in view, and rows to scroll before the drawn range changes. */
const beyond = 6

const step = 4

/** Rows drawn on the server. */
const firstRows = 14

/** Pixels per rem at the browser's default font size. */
const usualRem = 16

function subscribeToNothing(): () => void {
  return () => undefined
}

/** The height of a row, in pixels. */
function useRowHeight(): number {
  const rem = useSyncExternalStore(
    subscribeToNothing,
    () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || usualRem,
    () => usualRem,
  )
  return rem * rowHeight
}

/** The range of rows to draw while a list of equal row heights (in px) scrolls: those in view and some around, as indices `[first, end)`. */
function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, height }: { count: number; height: number },
): { first: number; end: number } {
  const [range, setRange] = useState({ first: 0, end: firstRows })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => {
      const top = Math.floor(element.scrollTop / height / step) * step
      const first = Math.max(0, top - beyond)
      const end = top + Math.ceil(element.clientHeight / height) + step + beyond
      // A transition, because drawing rows of twenty reviewers in one task would delay the scrolling.
      startTransition(() => {
        setRange((before) => (before.first === first && before.end === end ? before : { first, end }))
      })
    }
    element.addEventListener('scroll', look, { passive: true })
    // Looks once at the start as well.
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller, height])
  const end = Math.min(count, range.end)
  // A filter may leave fewer rows than the box had been scrolled to.
  return { first: Math.min(range.first, Math.max(0, end - 1)), end }
}
