import type { ReactNode } from 'react'

/** A page with one message: what happened, and how to continue. */
export function Notice({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto grid min-h-[70dvh] max-w-lg content-center gap-3 px-6 py-16">
      <h1 className="font-serif text-2xl font-semibold tracking-[-0.015em]">{title}</h1>
      <div className="grid gap-2 text-md text-ink-2">{children}</div>
      {actions !== undefined && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
