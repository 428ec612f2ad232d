'use client'

import { secondReadingInWords } from '@/lib/domain/review-sessions/protocol'
import type { ReactNode } from 'react'
import { DueDay } from '@/components/assignments/due-day'
import { Button } from '@/components/ui/controls/button'
import type { Clash, PlanKey } from './plan'
import type { PlanState, Saving } from './plan-keeper'

const words: Record<Saving, string> = {
  saved: 'All saved',
  waiting: 'Saving …',
  sending: 'Saving …',
  failed: 'Not saved yet; trying again',
  blocked: 'Not saved',
}

/** Says whether the plan is saved, to screen readers too. */
export function PlanSaving({ state: { saving, message, clashes } }: { state: PlanState }) {
  const isProblem = saving === 'failed' || saving === 'blocked'
  return (
    <p role="status" className={isProblem ? 'text-sm font-medium text-danger' : 'text-sm text-ink-3'}>
      {words[saving]}
      {message !== null && clashes.length === 0 && `: ${message}`}
    </p>
  )
}

const names: Record<PlanKey, string> = {
  name: 'Name',
  question: 'Question',
  guidelines: 'Guidelines',
  dueAt: 'Due date',
  reviewersPerDocument: 'Reviewers for each document',
  blind: 'Blind review',
  reveal: 'When others’ marks are shown',
  requireSentenceDecisions: 'A decision for every sentence',
  requireQuotes: 'Quotes with citations',
  requireSearchNote: 'A note on the search',
  minimumReviewers: 'Reviewers for a covered sentence',
  adjudicateOwn: 'Adjudicators settle their own',
  presence: 'Presence',
  secondReading: 'What is read twice',
}

function inWords(key: PlanKey, value: Clash['mine']): ReactNode {
  if (key === 'secondReading' && value === null) return 'all documents alike'
  if (typeof value === 'object' && value !== null) return secondReadingInWords(value)
  if (value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (key === 'dueAt') return <DueDay dueAt={String(value)} />
  if (key === 'reveal') return value === 'after_phase' ? 'when the blind phase ends' : 'after one’s own submission'
  return String(value)
}

/** The fields that another lead changed as well: both versions, and the choice between them. */
export function PlanClashes({
  clashes,
  onSettle,
}: {
  clashes: readonly Clash[]
  onSettle: (choice: 'mine' | 'theirs') => void
}) {
  if (clashes.length === 0) return null
  return (
    <div role="alert" className="grid gap-3 rounded-lg border border-danger bg-surface px-5 py-4">
      <p className="font-medium">
        Another lead changed the same field while you were writing. Choose which words stay; the other version is kept
        in the history.
      </p>
      <dl className="grid gap-3">
        {clashes.map(({ key, mine, theirs }) => (
          <div key={key} className="grid gap-1">
            <dt className="text-sm font-medium">{names[key]}</dt>
            <dd className="grid gap-2 text-sm md:grid-cols-2">
              <span className="grid content-start gap-0.5 rounded-md bg-sunken px-3 py-2">
                <span className="text-ink-3">Yours</span>
                <span dir="auto" className="max-h-60 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
                  {inWords(key, mine)}
                </span>
              </span>
              <span className="grid content-start gap-0.5 rounded-md bg-sunken px-3 py-2">
                <span className="text-ink-3">Theirs</span>
                <span dir="auto" className="max-h-60 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
                  {inWords(key, theirs)}
                </span>
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button
          onClick={() => {
            onSettle('theirs')
          }}
        >
          Take theirs
        </Button>
        <Button
          variant="primary"
          onClick={() => {
            onSettle('mine')
          }}
        >
          Keep mine
        </Button>
      </div>
    </div>
  )
}
