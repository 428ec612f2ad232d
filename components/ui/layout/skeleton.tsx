import type { ReactNode } from 'react'
import { classNames } from '../class-names'

/** A grey bar where text will stand. Give it the size of what it stands for. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={classNames('block h-4 animate-breathe rounded-sm bg-hover', className)} />
}

/** Wraps skeletons and says once, to screen readers, that the page is on its way. */
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
