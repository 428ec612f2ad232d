'use client'

import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { placeBeside } from './use-anchored'

const delay = 350

/**
 * A line of help on hover and focus. It never holds what is not also said elsewhere: touch does not show it. Spread the props on the thing.
 */
export function Tooltip({
  text,
  children,
}: {
  text: ReactNode
  children: (props: { 'aria-describedby': string }) => ReactNode
}) {
  const id = useId()
  const wrapper = useRef<HTMLSpanElement>(null)
  const bubble = useRef<HTMLSpanElement>(null)
  const [shown, setShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const element = bubble.current
    const anchor = wrapper.current?.firstElementChild
    if (!shown || element === null || anchor === null || anchor === undefined) return
    element.showPopover()
    const at = placeBeside({
      anchor: anchor.getBoundingClientRect(),
      box: { width: element.offsetWidth, height: element.offsetHeight },
      viewport: { width: document.documentElement.clientWidth, height: window.innerHeight },
      side: 'above',
      align: 'start',
    })
    element.style.top = `${at.top}px`
    element.style.left = `${at.left}px`
    const hideOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setShown(false)
    }
    document.addEventListener('keydown', hideOnEscape)
    return () => {
      document.removeEventListener('keydown', hideOnEscape)
      element.hidePopover()
    }
  }, [shown])

  const show = (wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setShown(true)
    }, wait)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setShown(false)
  }

  return (
    <span
      ref={wrapper}
      className="contents"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') show(delay)
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) show(0)
      }}
      onBlur={hide}
    >
      {children({ 'aria-describedby': id })}
      <span
        ref={bubble}
        id={id}
        role="tooltip"
        popover="manual"
        className="pointer-events-none fixed m-0 max-w-72 rounded-sm border-0 bg-ink px-2 py-1 text-xs font-medium text-paper shadow-float"
      >
        {text}
      </span>
    </span>
  )
}
