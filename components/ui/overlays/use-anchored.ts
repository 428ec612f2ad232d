'use client'

import { useCallback, useEffect, useEffectEvent, useId, useRef, useState, type ToggleEvent } from 'react'

export type AnchorSide = 'below' | 'above'
export type AnchorAlign = 'start' | 'end'

const gap = 6
const margin = 8

/** Where a floating box goes, in CSS pixels of the viewport: beside its anchor, turned over or pushed back where it would leave the screen. */
export function placeBeside({
  anchor,
  box,
  viewport,
  side,
  align,
}: {
  anchor: { top: number; bottom: number; left: number; right: number }
  box: { width: number; height: number }
  viewport: { width: number; height: number }
  side: AnchorSide
  align: AnchorAlign
}): { top: number; left: number } {
  const below = anchor.bottom + gap
  const above = anchor.top - gap - box.height
  const fitsBelow = below + box.height <= viewport.height - margin
  const fitsAbove = above >= margin
  const goesBelow = side === 'below' ? fitsBelow || !fitsAbove : !fitsAbove && fitsBelow
  const wantedLeft = align === 'start' ? anchor.left : anchor.right - box.width
  const clamp = (value: number, most: number) => Math.max(margin, Math.min(value, most))
  return {
    top: clamp(goesBelow ? below : above, viewport.height - margin - box.height),
    left: clamp(wantedLeft, viewport.width - margin - box.width),
  }
}

/**
 * A floating box on the browser's own popover (top layer, light dismiss, Escape), placed beside the button that opens it. Spread `trigger` on
 * the button and `floating` on the box.
 */
export function useAnchored({
  side = 'below',
  align = 'start',
  onOpen,
}: {
  side?: AnchorSide | undefined
  align?: AnchorAlign | undefined
  onOpen?: ((box: HTMLElement) => void) | undefined
} = {}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  const place = useCallback(() => {
    const element = box.current
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)
    if (element === null || anchor === null) return
    // "start" is the left only where text runs that way.
    const mirrored = getComputedStyle(element).direction === 'rtl'
    const at = placeBeside({
      anchor: anchor.getBoundingClientRect(),
      box: { width: element.offsetWidth, height: element.offsetHeight },
      viewport: { width: document.documentElement.clientWidth, height: window.innerHeight },
      side,
      align: mirrored ? (align === 'start' ? 'end' : 'start') : align,
    })
    element.style.top = `${at.top}px`
    element.style.left = `${at.left}px`
    element.dataset['placed'] = ''
  }, [id, side, align])

  const opened = useEffectEvent((element: HTMLElement) => onOpen?.(element))

  useEffect(() => {
    const element = box.current
    if (!open || element === null) return
    place()
    opened(element)
    window.addEventListener('resize', place)
    window.addEventListener('scroll', place, { passive: true, capture: true })
    return () => {
      window.removeEventListener('resize', place)
      window.removeEventListener('scroll', place, { capture: true })
      delete element.dataset['placed']
    }
  }, [open, place])

  const close = useCallback(() => {
    box.current?.hidePopover()
  }, [])

  return {
    open,
    close,
    trigger: { popoverTarget: id, 'aria-expanded': open, 'aria-controls': id },
    floating: {
      ref: box,
      id,
      popover: 'auto' as const,
      onToggle: (event: ToggleEvent<HTMLDivElement>) => {
        setOpen(event.newState === 'open')
      },
    },
  }
}
