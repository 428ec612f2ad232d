import type { ReactNode } from 'react'
import { classNames } from '../class-names'

/** A grey bar in place of text that is loading; give it the size of the text. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={classNames('block h-4 animate-breathe rounded-sm bg-hover', className)} />
}

/** Wraps skeletons and tells screen readers once that the page is loading. */
export function Loading({
  label = 'Loading',
  className,
  children,
}: {
  label?: string | undefined
  className?: string | undefined
  children: ReactNode
}) {
  return (
    <div role="status" className={classNames('noscript:hidden', className)}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  )
}

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3', 'w-1/3', 'w-3/5']

/** A skeleton of a page with a heading and a list of rows. */
export function ListSkeleton({ label }: { label: string }) {
  return (
    <Loading label={label} className="page-column">
      <Skeleton className="mb-8 h-8 w-52" />
      <Skeleton className="mb-4 h-9 w-72 rounded-md" />
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {widths.map((width, at) => (
          <div key={at} className="grid gap-2 px-3.5 py-3.5">
            <Skeleton className={width} />
            <Skeleton className="h-3 w-40" />
          </div>
        ))}
      </div>
    </Loading>
  )
}
