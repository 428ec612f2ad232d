'use client'

import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/controls/link'
import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { firstSteps, hiddenStepsCookie, type FirstStep } from '@/lib/domain/members/first-steps'

const year = 365 * 24 * 60 * 60

const steps: Record<FirstStep, { title: string; about: string; href: string }> = {
  import: {
    title: 'Import a document',
    about: 'Paste a text, or choose files. You see what was recognised before it is stored.',
    href: '/documents/import',
  },
  invite: {
    title: 'Invite your team',
    about: 'Two reviewers who read the same text show how far judgements agree.',
    href: '/settings/members',
  },
  session: {
    title: 'Start a review session',
    about: 'Choose documents and reviewers, and whether they read blind.',
    href: '/review-sessions',
  },
  report: {
    title: 'Close it and read the report',
    about: 'The source’s page leads to its reliability report.',
    href: '/sources',
  },
}

/** The steps from an empty workspace to a first report, with those done checked; the list can be hidden in this browser. */
export function FirstSteps({ workspaceId, done }: { workspaceId: string; done: readonly FirstStep[] }) {
  const [isHidden, setIsHidden] = useState(false)
  if (isHidden) return null
  const next = firstSteps.find((step) => !done.includes(step))
  return (
    <section
      aria-labelledby="first-steps"
      className="mb-8 rounded-lg border border-line bg-surface px-5 py-4 shadow-card"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="first-steps" className="font-serif text-lg font-semibold">
          First steps <span className="tabular text-base font-normal text-ink-3">{done.length} of 4</span>
        </h2>
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            document.cookie = `${hiddenStepsCookie}=${workspaceId}; path=/; max-age=${String(year)}; samesite=lax`
            setIsHidden(true)
          }}
        >
          Hide
        </Button>
      </div>
      <ol className="mt-3 grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
        {firstSteps.map((step, index) => {
          const { title, about, href } = steps[step]
          const isDone = done.includes(step)
          return (
            <li key={step} className="flex gap-3" aria-current={step === next ? 'step' : undefined}>
              <span
                aria-hidden="true"
                className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full border text-sm ${
                  isDone
                    ? 'border-sourced text-sourced'
                    : step === next
                      ? 'border-accent font-semibold text-accent'
                      : 'border-line-strong text-ink-3'
                }`}
              >
                {isDone ? <Icon name="check" className="size-3.5" /> : index + 1}
              </span>
              <div className="min-w-0">
                <Link
                  href={href}
                  className={`hover:underline ${step === next ? 'font-semibold text-accent' : isDone ? 'text-ink-2' : 'font-medium'}`}
                >
                  {title}
                  {isDone && <span className="sr-only"> (done)</span>}
                </Link>
                {!isDone && <p className="text-sm text-ink-3">{about}</p>}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
