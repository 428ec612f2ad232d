'use client'

import { Button } from '@/components/ui/controls/button'
import { countInWords } from '@/components/ui/text/wording'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Held, Question } from './board'

/** What can be done to all that is selected. A deed is for those whose state allows it, and its button says how many. */
export function BulkBar({
  held,
  state,
  memberId,
  busy,
  onChange,
  onAsk,
  onClear,
}: {
  held: readonly Held[]
  state: SessionState
  memberId: string
  busy: boolean
  onChange: (input: BulkAssignments) => void
  onAsk: (question: Question) => void
  onClear: () => void
}) {
  if (held.length === 0) return null
  const inStates = (...states: Held['cell']['state'][]) => held.filter(({ cell }) => states.includes(cell.state))
  const open = inStates('assigned', 'started', 'returned')
  const notOwn = (some: readonly Held[]) => some.filter(({ cell }) => cell.memberId !== memberId)
  const ids = (some: readonly Held[]) => some.map(({ cell }) => cell.assignmentId)
  const button = (label: string, some: readonly Held[], act: () => void) =>
    some.length > 0 && (
      <Button key={label} size="small" busy={busy} onClick={act}>
        {label}
        {some.length < held.length && ` (${String(some.length)})`}
      </Button>
    )
  const simple = (label: string, action: 'remind' | 'accept' | 'remove' | 'release', some: readonly Held[]) =>
    button(label, some, () => {
      onChange({ action, ids: ids(some) })
    })
  const asking = (label: string, kind: 'extend' | 'return' | 'withdraw' | 'reassign', some: readonly Held[]) =>
    button(label, some, () => {
      onAsk({ kind, held: some })
    })
  return (
    <div
      role="region"
      aria-label="Selected assignments"
      className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3.5 py-2.5 shadow-float print:hidden"
    >
      <span role="status" className="tabular me-1 font-medium">
        {countInWords(held.length, 'assignment')} selected
      </span>
      {state === 'draft' && (
        <>
          {asking('Give to another reviewer …', 'reassign', held)}
          {simple('Take out of the plan', 'remove', held)}
        </>
      )}
      {state === 'active' && (
        <>
          {simple('Remind', 'remind', notOwn(open))}
          {asking('Due date …', 'extend', open)}
          {asking('Give to another reviewer …', 'reassign', open)}
          {simple('Accept', 'accept', notOwn(inStates('submitted')))}
          {asking('Return …', 'return', inStates('submitted', 'accepted'))}
          {simple(
            'Release late work',
            'release',
            open.filter(({ cell }) => cell.overdue),
          )}
          {asking('Take back …', 'withdraw', inStates('assigned', 'started', 'returned', 'submitted'))}
        </>
      )}
      {state === 'adjudication' && simple('Accept', 'accept', notOwn(inStates('submitted')))}
      <Button size="small" variant="quiet" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
