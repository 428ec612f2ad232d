import type { ReactNode } from 'react'

/** What a form has to say as a whole; read out as soon as it appears. Nothing while there is nothing. */
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
