import type { ReactNode } from 'react'
import { classNames } from '../class-names'

export interface EmptyStateProps {
  title: string
  /** Why there is nothing here and what to do about it. */
  children?: ReactNode
  icon?: ReactNode
  actions?: ReactNode
  className?: string | undefined
}

/** Stands where a list would be, and leads to the first step. */
export function EmptyState({ title, children, icon, actions, className }: EmptyStateProps) {
  return (
    <div
      className={classNames(
        'grid justify-items-center gap-3 rounded-lg border border-dashed border-line-strong px-6 py-14 text-center',
        className,
      )}
    >
      {icon !== undefined && (
        <span className="grid size-11 place-items-center rounded-full bg-sunken text-ink-3 [&_svg]:size-5">{icon}</span>
      )}
      <h2 className="font-serif text-xl font-semibold text-ink">{title}</h2>
      {children !== undefined && <div className="max-w-md text-balance text-ink-2">{children}</div>}
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
