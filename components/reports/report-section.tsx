import type { ReactNode } from 'react'

/** A section of a report with its heading. */
export function ReportSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mt-11 mb-4 font-serif text-xl font-semibold print:mt-5 print:mb-2">
        {title}
      </h2>
      {children}
    </section>
  )
}
