import { judgeCertainty, type Certainty } from '@/lib/domain/reports/reading/certainty'
import type { ReportView } from '@/lib/domain/reports/schema'

const steps = [1, 2, 3] as const

/** Three steps that rise, filled as far as one may rely on the report. */
export function CertaintySign({ step }: Pick<Certainty, 'step'>) {
  return (
    <span
      role="img"
      aria-label={`Step ${String(step)} of 3`}
      className="inline-flex items-end gap-1 [print-color-adjust:exact]"
    >
      {steps.map((each) => (
        <i
          key={each}
          className={`w-3 rounded-xs border border-ink ${each <= step ? 'bg-ink' : ''} ${['h-2', 'h-3.5', 'h-5'][each - 1] ?? ''}`}
        />
      ))}
    </span>
  )
}

/** How far one may rely on a report: a three-step sign, then each reason once, what limits it first. */
export function CertaintyBox({ report }: { report: ReportView }) {
  const { step, says, points, alpha } = judgeCertainty(report)
  if (step === 0 && points.length === 0) return null
  return (
    <section
      aria-labelledby="certainty"
      className="mt-11 rounded-lg bg-sunken px-5 py-4 print:mt-5 print:break-inside-avoid print:border print:border-line print:px-4 print:py-3"
    >
      <h2 id="certainty" className="font-serif text-xl font-semibold">
        How sure is this?
      </h2>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
        <CertaintySign step={step} />
        {says}
      </p>
      {alpha !== null && <p className="tabular mt-1 text-sm text-ink-3">{alpha}.</p>}
      <ul className="mt-3 grid max-w-[44rem] gap-1.5 text-ink-2 print:text-sm">
        {points.map(({ says: words, limits }) => (
          <li key={words} className="flex gap-2.5 [overflow-wrap:anywhere]" dir="auto">
            <span aria-hidden className="w-3 shrink-0 text-center font-semibold text-ink">
              {limits ? '–' : '+'}
            </span>
            <span className="sr-only">{limits ? 'Limits it:' : 'Supports it:'}</span>
            <span className="min-w-0">{words}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
