import type { ReactNode } from 'react'

/** What can be done to the rows of a list that are selected, at the foot of the screen below it. `selected` says how many of what there are. */
export function ActionBar({ label, selected, children }: { label: string; selected: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3.5 py-2.5 shadow-float print:hidden"
    >
      <span role="status" className="tabular me-1 font-medium">
        {selected} selected
      </span>
      {children}
    </div>
  )
}
