'use client'

import { startTransition, useEffect, useState, useSyncExternalStore, type RefObject } from 'react'
import { rowHeight } from './matrix-row'

/** Rows drawn beyond what is in view, and how many rows one scrolls before others are drawn. */
const beyond = 6

const step = 4

/** Rows that the server draws. */
const firstRows = 14

/** Pixels of a rem when nobody chose other letters. */
const usualRem = 16

function subscribeToNothing(): () => void {
  return () => undefined
}

/** The height of a row, in pixels. */
export function useRowHeight(): number {
  const rem = useSyncExternalStore(
    subscribeToNothing,
    () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || usualRem,
    () => usualRem,
  )
  return rem * rowHeight
}

/**
 * Which rows of a list of equal heights (in px) to draw while its box scrolls: those in view and some around, as indices `[first, end)`.
 */
export function useRowWindow(
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
      // In pieces: rows of twenty reviewers at once would hold up the scrolling they are for.
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
  // A filter may leave fewer rows than the box was scrolled to.
  return { first: Math.min(range.first, Math.max(0, end - 1)), end }
}
