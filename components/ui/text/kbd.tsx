import type { ReactNode } from 'react'

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid min-w-5 place-items-center rounded-sm border border-b-2 border-line-strong bg-surface px-1 py-px font-sans text-2xs font-semibold text-ink-2">
      {children}
    </kbd>
  )
}
