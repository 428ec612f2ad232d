import type { ReactNode } from 'react'

/** A message about the form as a whole, announced to screen readers when it appears. Renders nothing without a message. */
export function FormMessage({ tone = 'problem', children }: { tone?: 'problem' | 'plain'; children: ReactNode }) {
  if (children === undefined || children === null || children === '') return null
  return (
    <p
      role={tone === 'problem' ? 'alert' : 'status'}
      dir="auto"
      className={
        tone === 'problem'
          ? 'rounded-md border border-danger bg-contradicted-soft px-3 py-2 text-sm text-danger'
          : 'rounded-md border border-line bg-sunken px-3 py-2 text-sm text-ink-2'
      }
    >
      {children}
    </p>
  )
}
