'use client'

import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { useAnchored, type AnchorAlign, type AnchorSide } from './use-anchored'

/** What a popover hands to the button that opens it: spread it there. */
export interface PopoverTrigger {
  popoverTarget: string
  'aria-expanded': boolean
  'aria-controls': string
}

export interface PopoverProps {
  label: string
  trigger: (props: PopoverTrigger) => ReactNode
  side?: AnchorSide | undefined
  align?: AnchorAlign | undefined
  className?: string | undefined
  /** The content, or a function that is given the way to close. */
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A small non-modal box beside a button; a press outside or Escape closes it. */
export function Popover({ label, trigger, side, align, className, children }: PopoverProps) {
  const { open, close, trigger: anchor, floating } = useAnchored({ side, align })
  return (
    <>
      {trigger(anchor)}
      <div
        {...floating}
        role="dialog"
        aria-label={label}
        className={classNames(
          'fixed m-0 max-w-[calc(100vw-1rem)] rounded-md border border-line-strong bg-surface p-3 text-ink shadow-float not-data-placed:opacity-0',
          className,
        )}
      >
        {open && (typeof children === 'function' ? children(close) : children)}
      </div>
    </>
  )
}
