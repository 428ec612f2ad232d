import { useId, type ReactNode } from 'react'
import { Card } from '@/components/ui/layout/card'

/** A section of a plan on its sheet. */
export function PlanSection({
  title,
  hint,
  actions,
  children,
}: {
  title: string
  hint?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Card className="grid grid-cols-[minmax(0,1fr)] gap-4 px-5 py-4.5 max-md:px-4">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="grid min-w-0 gap-1">
            <h2 id={id} className="font-serif text-lg font-semibold">
              {title}
            </h2>
            {hint !== undefined && <p className="max-w-[38rem] text-sm text-ink-3">{hint}</p>}
          </div>
          {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
        {children}
      </Card>
    </section>
  )
}
