import type { ReactNode } from 'react'
import { classNames } from '../class-names'
import { Button, LinkButton } from '../controls/button'

export interface EmptyStateProps {
  title: string
  /** Why the list is empty and what to do about it. */
  children?: ReactNode
  icon?: ReactNode
  actions?: ReactNode
  className?: string | undefined
}

/** Takes the place of an empty list, and offers the first step. */
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

interface ShowMoreProps {
  /** The number shown, and the total if it is known. */
  shown: number
  total?: number | undefined
  /** Loads more by a link … */
  href?: string | undefined
  /** … or by a callback. */
  onMore?: (() => void) | undefined
  busy?: boolean | undefined
  label?: string | undefined
}

/** The foot of a long list: how much of it is shown, and a link or button for more. */
export function ShowMore({ shown, total, href, onMore, busy, label = 'Show more' }: ShowMoreProps) {
  return (
    <div className="mt-4 flex flex-wrap items-center justify-center gap-3 text-ink-3 print:hidden">
      <span className="tabular">
        {total === undefined ? `${String(shown)} shown` : `${String(shown)} of ${String(total)} shown`}
      </span>
      {href !== undefined && (
        <LinkButton size="small" href={href}>
          {label}
        </LinkButton>
      )}
      {onMore !== undefined && (
        <Button size="small" busy={busy} onClick={onMore}>
          {label}
        </Button>
      )}
    </div>
  )
}

/** The actions on the selected rows of a list, at the foot of the screen. `selected` says how many of which things. */
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
