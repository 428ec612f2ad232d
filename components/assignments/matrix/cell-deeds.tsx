'use client'

import { useState } from 'react'
import { useRun } from '@/components/shell/use-run'
import { Button } from '@/components/ui/controls/button'
import { ActionBar } from '@/components/ui/layout/list-parts'
import type { MenuItem } from '@/components/ui/overlays/menu'
import { countInWords } from '@/components/ui/text/wording'
import { changeAssignments } from '@/lib/client/api/review-sessions'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { canTake, conflictOf, type Board, type Held, type Place, type Question } from './board'

/** The handlers of a cell's menu. */
export interface CellDeeds {
  change: (input: BulkAssignments) => void
  ask: (question: Question) => void
  select: (assignmentId: string) => void
  isSelected: (assignmentId: string) => boolean
}

/** The result of a change, in words. */
function doneInWords({ action }: BulkAssignments, changed: number): string {
  const many = countInWords(changed, 'assignment')
  switch (action) {
    case 'assign':
      return `Made ${many}.`
    case 'remove':
      return `Took ${many} out of the plan.`
    case 'withdraw':
    case 'release':
      return `Took back ${many}. The work is kept.`
    case 'reinstate':
      return `Gave back ${many}.`
    case 'extend':
      return `Changed the due date of ${many}.`
    case 'remind':
      return changed === 0 ? 'Already reminded within the last hour.' : `Sent ${countInWords(changed, 'reminder')}.`
    case 'accept':
      return `Accepted ${many}.`
    case 'return':
      return `Returned ${many}.`
    case 'reassign':
      return `Gave ${countInWords(changed, 'document')} to another reviewer.`
  }
}

/** Changes of assignments, each with the question that it asks first. */
export function useAssignmentDeeds(sessionId: string) {
  const { busy, run } = useRun()
  const [question, setQuestion] = useState<Question | null>(null)
  const change = async (input: BulkAssignments) => {
    const answer = await run(
      'change',
      () => changeAssignments(sessionId, input),
      ({ changed }) => doneInWords(input, changed),
    )
    if (answer.ok) setQuestion(null)
  }
  return {
    isBusy: busy !== null,
    question,
    ask: setQuestion,
    change: (input: BulkAssignments) => void change(input),
  }
}

function emptyCell(board: Board, place: Place, deeds: CellDeeds): MenuItem[] {
  const { document, reviewer } = place
  const { id, name } = reviewer.member
  if (canTake(board, place)) {
    return [
      {
        kind: 'action',
        label: `Assign to ${name}`,
        onSelect: () => {
          deeds.change({ action: 'assign', pairs: [{ documentId: document.id, memberId: id }], dueAt: null })
        },
      },
    ]
  }
  const conflict = conflictOf(board.conflicts, { document, memberId: id })
  return [
    {
      kind: 'heading',
      label:
        conflict === null
          ? `${name} cannot be given documents now.`
          : `Conflict of interest${conflict.reason === '' ? '' : `: ${conflict.reason}`}`,
    },
  ]
}

/** The actions that the assignment's state allows a lead. */
function deedsOf(board: Board, held: Held, deeds: CellDeeds): MenuItem[] {
  const { cell, reviewer } = held
  const ids = [cell.assignmentId]
  const act = (label: string, onSelect: () => void, tone?: 'danger'): MenuItem => ({
    kind: 'action',
    label,
    onSelect,
    ...(tone === undefined ? {} : { tone }),
  })
  const simple = (label: string, action: 'remind' | 'accept' | 'release' | 'reinstate' | 'remove') =>
    act(label, () => {
      deeds.change({ action, ids })
    })
  const asking = (label: string, kind: 'extend' | 'return' | 'withdraw' | 'reassign') =>
    act(label, () => {
      deeds.ask({ kind, held: [held] })
    })
  const { state } = board.matrix
  if (state === 'draft') {
    return [asking('Give to another reviewer …', 'reassign'), simple('Take out of the plan', 'remove')]
  }
  const isOwn = cell.memberId === board.memberId
  const accept = cell.state === 'submitted' && !isOwn ? [simple('Accept', 'accept')] : []
  if (state !== 'active') return state === 'adjudication' ? accept : []
  switch (cell.state) {
    case 'assigned':
    case 'started':
    case 'returned':
      return [
        ...(isOwn ? [] : [simple(`Remind ${reviewer.member.name}`, 'remind')]),
        asking('Change the due date …', 'extend'),
        asking('Give to another reviewer …', 'reassign'),
        cell.overdue ? simple('Release: take back, late', 'release') : asking('Take back …', 'withdraw'),
      ]
    case 'submitted':
      return [...accept, asking('Return with a comment …', 'return'), asking('Take back …', 'withdraw')]
    case 'accepted':
      return [asking('Return with a comment …', 'return')]
    case 'withdrawn':
      return reviewer.active ? [simple('Give it back', 'reinstate')] : []
  }
}

/** The actions of one cell of the matrix, for its menu. */
export function cellMenu(board: Board, place: Place, deeds: CellDeeds): MenuItem[] {
  const { document, cell } = place
  const open: MenuItem = { kind: 'link', label: 'Open the document', href: `/documents/${document.id}` }
  const { state } = board.matrix
  if (cell === null) {
    const isOpen = board.leads && (state === 'draft' || state === 'active')
    return [...(isOpen ? emptyCell(board, place, deeds) : []), open]
  }
  const held: Held = { ...place, cell }
  const why: MenuItem = {
    kind: 'action',
    label: 'Why this reviewer …',
    onSelect: () => {
      deeds.ask({ kind: 'why', held })
    },
  }
  if (!board.leads) return [open]
  const isSelected = deeds.isSelected(cell.assignmentId)
  return [
    ...deedsOf(board, held, deeds),
    { kind: 'separator' },
    open,
    why,
    {
      kind: 'action',
      label: isSelected ? 'Deselect' : 'Select',
      hint: 'X',
      onSelect: () => {
        deeds.select(cell.assignmentId)
      },
    },
  ]
}

/** The actions on all selected assignments. Each applies to the assignments whose state allows it; its button shows their number. */
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
    <ActionBar label="Selected assignments" selected={countInWords(held.length, 'assignment')}>
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
    </ActionBar>
  )
}
