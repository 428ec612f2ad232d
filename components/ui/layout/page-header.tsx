import type { ReactNode } from 'react'
import { classNames } from '../class-names'

export interface PageHeaderProps {
  title: ReactNode
  /** A link back to the list that this page belongs to. */
  back?: ReactNode
  /** A line below the title. */
  children?: ReactNode
  actions?: ReactNode
  /** Puts the actions below the line on small screens, for pages with several. */
  manyActions?: boolean
}

/** The head of a page: its title, a line about it and its actions. */
export function PageHeader({ title, back, children, actions, manyActions = false }: PageHeaderProps) {
  return (
    <header className="mb-6 grid gap-1.5">
      {back !== undefined && (
        <div className="text-sm text-ink-3 [&_a]:hover:text-ink [&_a]:hover:underline">{back}</div>
      )}
      <div
        className={classNames(
          'flex flex-wrap items-start justify-between gap-x-6 gap-y-3',
          manyActions && 'max-md:contents',
        )}
      >
        <h1
          dir="auto"
          className="min-w-0 max-w-[46rem] font-serif text-2xl font-semibold tracking-[-0.015em] text-ink [overflow-wrap:anywhere]"
        >
          {title}
        </h1>
        {actions !== undefined && (
          <div
            className={classNames(
              'flex flex-wrap items-center gap-2 print:hidden',
              manyActions && 'max-md:order-1 max-md:mt-2',
            )}
          >
            {actions}
          </div>
        )}
      </div>
      {children !== undefined && <div className="max-w-[46rem] text-ink-2">{children}</div>}
    </header>
  )
}
