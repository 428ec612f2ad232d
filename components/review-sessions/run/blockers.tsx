'use client'

import { useState } from 'react'
import { heldOf, type Board, type Held, type Question } from '@/components/assignments/matrix/board'
import { useAssignmentDeeds } from '@/components/assignments/matrix/cell-deeds'
import { QuestionDialog } from '@/components/assignments/questions/question-dialog'
import { Button, LinkButton } from '@/components/ui/controls/button'
import { isFinished } from '@/lib/domain/assignments/states'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { Blocker } from '@/lib/domain/assignments/blockers'

/** How many are shown before the rest is unfolded. */
const shownFirst = 3

/** The unfinished assignments that a blocker is about. */
function blockedBy({ matrix }: Board, { memberIds, documentIds }: Blocker): Held[] {
  const members = new Set(memberIds)
  const documents = new Set(documentIds)
  const ids = matrix.documents
    .filter(({ id }) => documents.has(id))
    .flatMap(({ cells }) => cells.filter(({ memberId, state }) => members.has(memberId) && !isFinished(state)))
    .map(({ assignmentId }) => assignmentId)
  return heldOf(matrix, new Set(ids))
}

/** The session's blockers, the most pressing first, each with its remedies. */
export function Blockers({
  board,
  onDistribute,
  onMembers,
}: {
  board: Board
  onDistribute: () => void
  onMembers: () => void
}) {
  const { blockers, sessionId } = board.matrix
  const [isOpen, setOpen] = useState(false)
  const { isBusy, question, ask, change } = useAssignmentDeeds(sessionId)
  if (blockers.length === 0) return null
  const shown = isOpen ? blockers : blockers.slice(0, shownFirst)
  return (
    <section
      aria-labelledby="blockers"
      className="mb-5 grid gap-2 rounded-lg border border-s-[3px] border-line border-s-unsourced bg-surface px-4 py-3 shadow-card"
    >
      <h2 id="blockers" className="text-sm font-semibold text-ink-2">
        What holds us up
      </h2>
      <ul className="grid gap-2">
        {shown.map((blocker) => (
          <li
            key={`${blocker.kind} ${blocker.memberIds.join(' ')}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5"
          >
            <span dir="auto" className="min-w-0">
              {blocker.message}
            </span>
            {board.leads && (
              <Actions
                board={board}
                blocker={blocker}
                busy={isBusy}
                onChange={change}
                onAsk={ask}
                onDistribute={onDistribute}
                onMembers={onMembers}
              />
            )}
          </li>
        ))}
      </ul>
      {blockers.length > shownFirst && (
        <Button
          size="small"
          variant="quiet"
          className="justify-self-start"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {isOpen ? 'Show fewer' : `Show ${String(blockers.length - shownFirst)} more`}
        </Button>
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
    </section>
  )
}

function Actions({
  board,
  blocker,
  busy,
  onChange,
  onAsk,
  onDistribute,
  onMembers,
}: {
  board: Board
  blocker: Blocker
  busy: boolean
  onChange: (input: BulkAssignments) => void
  onAsk: (question: Question) => void
  onDistribute: () => void
  onMembers: () => void
}) {
  const held = blockedBy(board, blocker)
  const ids = held.map(({ cell }) => cell.assignmentId)
  const name = held[0]?.reviewer.member.name ?? ''
  const isOwn = held[0]?.cell.memberId === board.memberId
  const remind = !isOwn && ids.length > 0 && (
    <Button
      size="small"
      busy={busy}
      onClick={() => {
        onChange({ action: 'remind', ids })
      }}
    >
      Remind {name}
    </Button>
  )
  const reassign = ids.length > 0 && (
    <Button
      size="small"
      aria-label={`Reassign the work of ${name}`}
      onClick={() => {
        onAsk({ kind: 'reassign', held })
      }}
    >
      Reassign …
    </Button>
  )
  switch (blocker.kind) {
    case 'overdue':
      return (
        <span className="flex flex-wrap gap-2">
          {remind}
          {reassign}
          <Button
            size="small"
            aria-label={`Release the late work of ${name}`}
            busy={busy}
            onClick={() => {
              onChange({ action: 'release', ids })
            }}
          >
            Release
          </Button>
        </span>
      )
    case 'left-team':
      return <span className="flex flex-wrap gap-2">{reassign}</span>
    case 'not-started':
    case 'returned':
      return (
        <span className="flex flex-wrap gap-2">
          {remind}
          {reassign}
        </span>
      )
    case 'unassigned':
      return (
        <Button size="small" onClick={onDistribute}>
          Distribute …
        </Button>
      )
    case 'no-adjudicator':
      return (
        <Button size="small" onClick={onMembers}>
          Members …
        </Button>
      )
    case 'open-claims':
      return (
        <LinkButton size="small" href={`/review-sessions/${board.matrix.sessionId}/adjudication`}>
          Open adjudication
        </LinkButton>
      )
  }
}
