'use client'

import { useMemo, useState, useSyncExternalStore } from 'react'
import { useRun } from '@/components/shell/use-run'
import { ActionBar } from '@/components/ui/layout/list-parts'
import { countInWords } from '@/components/ui/text/wording'
import { changeAssignments } from '@/lib/client/api/review-sessions'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { MatrixReviewer, MatrixDocument } from '@/lib/domain/assignments/matrix'
import { Button } from '@/components/ui/controls/button'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { type Board, type Held, heldOf, isMovable, type Question } from './board'
import type { CellDeeds } from './cell-menu'
import { MatrixCards } from './matrix-cards'
import { MatrixFilterBar, useMatrixFilter } from './matrix-filter'
import { MatrixGrid } from './matrix-grid'
import { QuestionDialog } from '../questions/question-dialog'

/** What was done, in words. */
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

/** Changes of assignments, with what each asks first. */
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

/** Documents × reviewers with everything that is done there: filters, menus, selection, questions. Cards on small screens. */
export function MatrixBoard({ board }: { board: Board }) {
  const { matrix, leads, memberId } = board
  const { isBusy, question, ask, change } = useAssignmentDeeds(matrix.sessionId)
  const narrowed = useMatrixFilter(matrix)
  const { documents, reviewers } = narrowed
  const { selected, select, selectRow, clear } = useSelection(documents, reviewers)
  const isWide = useWide()
  const held = useMemo(() => heldOf(matrix, selected), [matrix, selected])
  const deeds: CellDeeds = { change, ask, isSelected: (id) => selected.has(id), select }

  const give = (given: readonly Held[], { member }: MatrixReviewer) => {
    const ids = given.map(({ cell }) => cell.assignmentId)
    // A plan changes in peace; once the session is active both are told, and one may say why.
    if (matrix.state === 'draft') change({ action: 'reassign', ids, memberId: member.id, comment: '' })
    else ask({ kind: 'reassign', held: given, to: member.id })
  }

  const parts = { board, documents, reviewers, selected, deeds }
  const canDrag = reviewers.length > 1 && documents.some(({ cells }) => cells.some((cell) => isMovable(board, cell)))
  return (
    <div>
      {matrix.documents.length > 1 && <MatrixFilterBar matrix={matrix} narrowed={narrowed} canDrag={canDrag} />}
      {documents.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-6 py-10 text-center text-ink-2">
          {matrix.documents.length === 0 ? 'The session has no documents.' : 'No document is like that.'}
        </p>
      ) : (
        <>
          {isWide !== false && (
            <div className="max-md:hidden">
              <MatrixGrid {...parts} onSelectRow={selectRow} onGive={give} />
            </div>
          )}
          {isWide !== true && (
            <div className="md:hidden">
              <MatrixCards {...parts} isFirst={isWide === null} />
            </div>
          )}
        </>
      )}
      {leads && (
        <BulkBar
          held={held}
          state={matrix.state}
          memberId={memberId}
          busy={isBusy}
          onChange={change}
          onAsk={ask}
          onClear={clear}
        />
      )}
      <QuestionDialog
        board={board}
        question={question}
        busy={isBusy}
        onClose={() => {
          ask(null)
        }}
        onChange={change}
      />
    </div>
  )
}

/** The assignments that are selected, by id, and how to change that. */
function useSelection(documents: readonly MatrixDocument[], reviewers: readonly MatrixReviewer[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const select = (id: string) => {
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }
  const selectRow = (documentId: string) => {
    const cells = documents.find(({ id }) => id === documentId)?.cells ?? []
    const shown = cells.filter((cell) => reviewers.some(({ member }) => member.id === cell.memberId))
    setSelected((before) => {
      const isWhole = shown.every(({ assignmentId }) => before.has(assignmentId))
      const after = new Set(before)
      for (const { assignmentId } of shown) {
        if (isWhole) after.delete(assignmentId)
        else after.add(assignmentId)
      }
      return after
    })
  }
  const clear = () => {
    setSelected(new Set())
  }
  return { selected, select, selectRow, clear }
}

/** From here on the matrix has room; the same as the `md` of the styles. */
const query = '(width >= 45rem)'

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', listener)
  return () => {
    list.removeEventListener('change', listener)
  }
}

/** Whether the screen has room for a wide table; null while nobody knows, on the server. */
function useWide(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(query).matches,
    () => null,
  )
}

/** What can be done to all that is selected. A deed is for those whose state allows it, and its button says how many. */
function BulkBar({
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
