import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names'

/**
 * A table on a raised surface that scrolls sideways by itself. `caption` names it for screen readers. Positioned, so that visually hidden text
 * scrolls along instead of widening the page. `focusable` lets the keyboard scroll a table without other tab stops.
 */
export function Table({
  caption,
  focusable = false,
  className,
  children,
}: {
  caption: string
  focusable?: boolean | undefined
  className?: string | undefined
  children: ReactNode
}) {
  return (
    <div
      className={classNames('relative overflow-x-auto rounded-lg border border-line bg-surface shadow-card', className)}
      {...(focusable ? { tabIndex: 0, role: 'group', 'aria-label': caption } : {})}
    >
      <table className="w-full border-separate border-spacing-0 [&_tbody_tr:last-child>*]:border-b-0">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

/** A column head. `numeric` aligns it with the figures. */
export function HeadCell({
  numeric = false,
  className,
  ...rest
}: ComponentProps<'th'> & { numeric?: boolean | undefined }) {
  return (
    <th
      scope="col"
      className={classNames(
        'border-b border-line px-3.5 py-2.5 text-sm font-medium whitespace-nowrap text-ink-2',
        numeric ? 'text-end' : 'text-start',
        className,
      )}
      {...rest}
    />
  )
}

/** A cell. `numeric` aligns figures at the end, in digits of equal width. */
export function Cell({
  numeric = false,
  className,
  ...rest
}: ComponentProps<'td'> & { numeric?: boolean | undefined }) {
  return (
    <td
      className={classNames(
        'border-b border-line px-3.5 py-2.5 align-middle',
        numeric && 'tabular text-end whitespace-nowrap',
        className,
      )}
      {...rest}
    />
  )
}
