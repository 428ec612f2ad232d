'use client'

import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/controls/button'
import { Icon } from '@/components/ui/icon'

export interface BottomSheetProps {
  label: string
  onClose: () => void
  /** Whether the sheet takes as much of the screen as it may, for lists. */
  tall?: boolean | undefined
  /** Whether it is shown on wide screens, too. */
  atAnyWidth?: boolean | undefined
  children: ReactNode
}

/** A sheet above the dock: the side panel of small screens. It is not modal, so the text stays readable and selectable. */
export function BottomSheet({ label, onClose, tall = false, atAnyWidth = false, children }: BottomSheetProps) {
  return (
    <section
      aria-label={label}
      className={`absolute inset-x-0 bottom-0 z-20 flex flex-col rounded-t-lg border-t border-line-strong bg-paper shadow-float print:hidden ${atAnyWidth ? '' : 'min-[60rem]:hidden'} ${tall ? 'h-[85%]' : 'max-h-[62%]'}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="relative flex h-7 shrink-0 items-center justify-center">
        <span aria-hidden="true" className="h-1 w-9 rounded-full bg-line-strong" />
        <IconButton
          label={`Close ${label.toLowerCase()}`}
          size="small"
          icon={<Icon name="close" />}
          className="absolute end-1.5 top-1"
          onClick={onClose}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain px-2.5 pb-2.5">{children}</div>
    </section>
  )
}
