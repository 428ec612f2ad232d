'use client'

import { useEffect, useEffectEvent, useRef, useState, type PointerEvent, type RefObject } from 'react'
import { classNames } from '@/components/ui/class-names'
import { countInWords } from '@/components/ui/text/wording'
import type { MatrixReviewer } from '@/lib/domain/assignments/matrix'
import { heldOf, isMovable, obstacleToGiving, type Board, type Held } from './board'

/** How far the pointer moves before a press becomes a drag, in px. */
const threshold = 5

/** How near the edge of the grid dragging starts to scroll it, and how far it scrolls per frame, in px. */
const edge = 48
const pace = 14

/** The distance between the pointer and the label, in px. */
const gap = 14

/** The dragged assignments, and the reviewer under the pointer. */
interface CellDrag {
  ids: ReadonlySet<string>
  /** Where the press began, in px of the window. */
  from: Point
  held: readonly Held[]
  /** The reviewer under the pointer, when they do not have the document already; otherwise null. */
  over: { reviewer: MatrixReviewer; column: number; obstacle: string | null } | null
}

/** A point in the window, in px. */
interface Point {
  x: number
  y: number
}

interface Press extends Point {
  ids: ReadonlySet<string>
}

/** The position of the label as a CSS `translate`: right of the pointer, or left of it when there is no room. */
function besideMouse({ x, y }: Point, width: number): string {
  const left = x + gap + width > window.innerWidth ? Math.max(0, x - gap - width) : x + gap
  return `${String(left)}px ${String(y + gap)}px`
}

/** The index of the reviewer's column under a point of the grid; null outside the columns. */
function columnAt(grid: HTMLElement, x: number, y: number): number | null {
  const cell = grid.ownerDocument.elementFromPoint(x, y)?.closest('[aria-colindex]')
  if (cell == null || !grid.contains(cell)) return null
  return Number(cell.getAttribute('aria-colindex')) - 2
}

/** Scrolls the grid while the pointer is near its sides; on the start side, near the end of the column of documents. */
function scrollAtEdge(grid: HTMLElement, x: number): void {
  const box = grid.getBoundingClientRect()
  const titles = grid.querySelector('[role="columnheader"]')?.getBoundingClientRect().width ?? 0
  const isRtl = getComputedStyle(grid).direction === 'rtl'
  const [left, right] = isRtl ? [box.left, box.right - titles] : [box.left + titles, box.right]
  if (x < left + edge) grid.scrollLeft -= pace
  else if (x > right - edge) grid.scrollLeft += pace
}

/**
 * Drags assignments to another reviewer with the mouse: the whole selection, or else one cell. Documents stay the same, so only the column under the
 * pointer counts.
 * Escape cancels. On touch screens a drag scrolls, and the menu does the same work.
 */
export function useCellDrag(
  grid: RefObject<HTMLElement | null>,
  {
    board,
    reviewers,
    selected,
    onDrop,
  }: {
    board: Board
    reviewers: readonly MatrixReviewer[]
    selected: ReadonlySet<string>
    onDrop: (held: readonly Held[], reviewer: MatrixReviewer) => void
  },
) {
  const [press, setPress] = useState<Press | null>(null)
  const [isDragging, setDragging] = useState(false)
  const [column, setColumn] = useState<number | null>(null)
  const label = useRef<HTMLDivElement>(null)
  const held = press === null ? [] : heldOf(board.matrix, press.ids)
  const reviewer = column === null ? undefined : reviewers[column]
  const over =
    !isDragging ||
    column === null ||
    reviewer === undefined ||
    held.some(({ cell }) => cell.memberId === reviewer.member.id)
      ? null
      : { reviewer, column, obstacle: obstacleToGiving(board, held, reviewer) }

  const drop = useEffectEvent(() => {
    if (over !== null && over.obstacle === null && held.length > 0) onDrop(held, over.reviewer)
  })

  useEffect(() => {
    if (press === null) return
    const box = grid.current
    if (box === null) return
    return followMouse(box, press, {
      onStart: () => {
        setDragging(true)
      },
      onMove: (at) => {
        label.current?.style.setProperty('translate', besideMouse(at, label.current.offsetWidth))
        setColumn(columnAt(box, at.x, at.y))
      },
      onDrop: () => {
        drop()
      },
      onEnd: () => {
        setPress(null)
        setDragging(false)
        setColumn(null)
      },
    })
  }, [press, grid])

  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    const id =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('[data-assignment]')?.dataset['assignment']
        : undefined
    if (id === undefined) return
    const ids = selected.has(id) ? selected : new Set([id])
    const all = heldOf(board.matrix, ids)
    const movable = all.filter(({ cell }) => isMovable(board, cell))
    if (!movable.some(({ cell }) => cell.assignmentId === id)) return
    setPress({ ids: new Set(movable.map(({ cell }) => cell.assignmentId)), x: event.clientX, y: event.clientY })
  }

  const drag: CellDrag | null = isDragging && press !== null ? { ids: press.ids, from: press, held, over } : null
  return { drag, label, onPointerDown }
}

/**
 * Follows the pointer from a press until the button is released or Escape cancels. A press that does not move drags nothing. Near an edge of `box`,
 * the box scrolls.
 * @returns a function that stops it
 */
function followMouse(
  box: HTMLElement,
  press: Press,
  {
    onStart,
    onMove,
    onDrop,
    onEnd,
  }: { onStart: () => void; onMove: (at: Point) => void; onDrop: () => void; onEnd: () => void },
): () => void {
  const end = new AbortController()
  const { signal } = end
  let at: Point = press
  let hasMoved = false
  let frame = 0
  const roll = () => {
    const before = box.scrollLeft
    scrollAtEdge(box, at.x)
    if (box.scrollLeft !== before) onMove(at)
    frame = requestAnimationFrame(roll)
  }
  window.addEventListener(
    'pointermove',
    ({ clientX: x, clientY: y }) => {
      at = { x, y }
      if (!hasMoved) {
        if (Math.hypot(x - press.x, y - press.y) < threshold) return
        hasMoved = true
        getSelection()?.removeAllRanges()
        onStart()
        frame = requestAnimationFrame(roll)
      }
      onMove(at)
    },
    { signal },
  )
  window.addEventListener(
    'pointerup',
    () => {
      if (hasMoved) {
        // Otherwise the cell under the pointer would take the release for a click and open its menu.
        const swallow = (event: Event) => {
          event.preventDefault()
          event.stopPropagation()
        }
        window.addEventListener('click', swallow, { capture: true, once: true })
        setTimeout(() => {
          window.removeEventListener('click', swallow, { capture: true })
        })
        onDrop()
      }
      onEnd()
    },
    { signal },
  )
  window.addEventListener('pointercancel', onEnd, { signal })
  window.addEventListener('blur', onEnd, { signal })
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      onEnd()
    },
    { signal, capture: true },
  )
  return () => {
    end.abort()
    cancelAnimationFrame(frame)
  }
}

/** A label beside the pointer that says what a drop would do. */
export function DragLabel({ drag, label }: { drag: CellDrag | null; label: RefObject<HTMLDivElement | null> }) {
  if (drag === null) return null
  const [first] = drag.held
  const what =
    first !== undefined && drag.held.length === 1
      ? `“${first.document.title}”`
      : countInWords(drag.held.length, 'assignment')
  const obstacle = drag.over?.obstacle ?? null
  return (
    <div
      ref={label}
      data-drag-label
      aria-hidden="true"
      style={{ translate: besideMouse(drag.from, 0) }}
      className={classNames(
        'pointer-events-none fixed top-0 left-0 z-50 max-w-72 rounded-md border bg-surface px-3 py-1.5 text-sm shadow-float',
        obstacle === null ? 'border-accent' : 'border-danger text-danger',
      )}
    >
      <span dir="auto" className="block truncate font-medium">
        {what}
      </span>
      <span dir="auto" className="block">
        {obstacle ?? (drag.over === null ? 'Let go over another reviewer' : `to ${drag.over.reviewer.member.name}`)}
      </span>
    </div>
  )
}
