'use client'

import { useState, useEffect } from 'react'
import { TextArea, TextField } from '@/components/ui/controls/field'
import { Dialog } from '@/components/ui/overlays/dialog'
import { countInWords } from '@/components/ui/text/wording'
import type { BulkAssignments, AssignmentView } from '@/lib/domain/assignments/schema'
import { Button } from '@/components/ui/controls/button'
import { useWorkspaceZone } from '@/components/shell/frame/workspace-zone'
import { DueDay, dayOf, endOfDay } from '@/components/assignments/due-day'
import { LocalTime } from '@/components/ui/text/local-time'
import type { CallResult } from '@/lib/client/api/call'
import { getAssignment } from '@/lib/client/api/review-sessions'
import { GiveQuestion } from './give-question'
import type { Board, Held, Question } from '../matrix/board'

export interface QuestionDialogProps {
  board: Board
  question: Question | null
  busy: boolean
  onClose: () => void
  onChange: (input: BulkAssignments) => void
}

/** Names assignments in a few words: “The tide wall” of Mina, or "3 assignments". */
function workInWords(held: readonly Held[]): string {
  const [only] = held
  return held.length === 1 && only !== undefined
    ? `“${only.document.title}” of ${only.reviewer.member.name}`
    : countInWords(held.length, 'assignment')
}

function titleOf(question: Question): string {
  switch (question.kind) {
    case 'assign':
      return `Assign “${question.document.title}”`
    case 'reassign':
      return `Give ${workInWords(question.held)} to another reviewer`
    case 'extend':
      return `Due date of ${workInWords(question.held)}`
    case 'return':
      return `Return ${workInWords(question.held)}`
    case 'withdraw':
      return `Take back ${workInWords(question.held)}`
    case 'why':
      return `Why ${question.held.reviewer.member.name} has “${question.held.document.title}”`
  }
}

/** Asks for what a change of assignments needs, or shows why an assignment was made. */
export function QuestionDialog({ board, question: asked, busy, onClose, onChange }: QuestionDialogProps) {
  const shared = { busy, onClose }
  const body = (question: Question) => {
    switch (question.kind) {
      case 'assign':
        return (
          <GiveQuestion
            {...shared}
            board={board}
            documents={[question.document]}
            confirm="Assign"
            onGive={({ memberId }) => {
              onChange({ action: 'assign', pairs: [{ documentId: question.document.id, memberId }], dueAt: null })
            }}
          />
        )
      case 'reassign':
        return (
          <GiveQuestion
            {...shared}
            board={board}
            documents={question.held.map(({ document }) => document)}
            confirm="Give it to them"
            withComment={board.matrix.state !== 'draft'}
            {...(question.to === undefined ? {} : { preferred: question.to })}
            onGive={(to) => {
              onChange({ action: 'reassign', ids: question.held.map(({ cell }) => cell.assignmentId), ...to })
            }}
          />
        )
      case 'extend':
        return <ExtendQuestion {...shared} held={question.held} onChange={onChange} />
      case 'return':
      case 'withdraw':
        return <CommentQuestion {...shared} action={question.kind} held={question.held} onChange={onChange} />
      case 'why':
        return <WhyAnswer assignmentId={question.held.cell.assignmentId} />
    }
  }
  // The dialog stays mounted when no question is open: otherwise the focus would not return to where it was.
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      closeOutside={asked?.kind === 'why'}
      size="small"
      title={asked === null ? '' : titleOf(asked)}
    >
      {asked !== null && body(asked)}
    </Dialog>
  )
}

/** Asks for a message: required when work is returned, optional when it is taken back. */
function CommentQuestion({
  action,
  held,
  busy,
  onClose,
  onChange,
}: {
  action: 'return' | 'withdraw'
  held: readonly Held[]
  busy: boolean
  onClose: () => void
  onChange: (input: BulkAssignments) => void
}) {
  const [comment, setComment] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const isReturn = action === 'return'
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const ids = held.map(({ cell }) => cell.assignmentId)
        if (isReturn && comment.trim() === '') setProblem('Say what should change, so that the reviewer knows.')
        else if (!busy) onChange({ action, ids, comment: comment.trim() })
      }}
    >
      <TextArea
        label={isReturn ? 'What should change' : 'Why'}
        optional={!isReturn}
        rows={3}
        maxLength={5_000}
        error={problem}
        hint={
          isReturn
            ? 'The reviewer reads this and can change their marks again. Blind ratings stay on record.'
            : 'The work done is kept, locked, and does not count. It can be given back.'
        }
        value={comment}
        onChange={(event) => {
          setComment(event.currentTarget.value)
          setProblem(null)
        }}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {isReturn ? 'Return' : 'Take back'}
        </Button>
      </div>
    </form>
  )
}

/** Asks for another due date. */
function ExtendQuestion({
  held,
  busy,
  onClose,
  onChange,
}: {
  held: readonly Held[]
  busy: boolean
  onClose: () => void
  onChange: (input: BulkAssignments) => void
}) {
  const timeZone = useWorkspaceZone()
  const [day, setDay] = useState(dayOf(held[0]?.cell.dueAt ?? null, timeZone))
  const [problem, setProblem] = useState<string | null>(null)
  const ids = held.map(({ cell }) => cell.assignmentId)
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const dueAt = endOfDay(day, timeZone)
        if (dueAt === null) setProblem('Choose a day.')
        else if (!busy) onChange({ action: 'extend', ids, dueAt })
      }}
    >
      <TextField
        label="Due"
        type="date"
        dir="ltr"
        hint={`Until the end of that day in ${timeZone}. The reviewer is told.`}
        value={day}
        error={problem}
        onChange={(event) => {
          setDay(event.currentTarget.value)
          setProblem(null)
        }}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          variant="quiet"
          onClick={() => {
            if (!busy) onChange({ action: 'extend', ids, dueAt: null })
          }}
        >
          As the session
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Set the date
        </Button>
      </div>
    </form>
  )
}

function Dates({ assignment }: { assignment: AssignmentView }) {
  const dates: [string, string | null][] = [
    ['Assigned', assignment.createdAt],
    ['Started', assignment.startedAt],
    ['Submitted', assignment.submittedAt],
    ['Returned', assignment.returnedAt],
    ['Accepted', assignment.acceptedAt],
    ['Taken back', assignment.withdrawnAt],
    ['Reminded', assignment.remindedAt],
  ]
  return (
    <ul className="flex flex-wrap gap-x-4 text-sm text-ink-3">
      {dates.map(
        ([name, at]) =>
          at !== null && (
            <li key={name}>
              {name} <LocalTime instant={at} />
            </li>
          ),
      )}
      {assignment.dueAt !== null && (
        <li>
          Due <DueDay dueAt={assignment.dueAt} />
        </li>
      )}
    </ul>
  )
}

/** Shows why a reviewer has a document, and the history of the assignment. */
function WhyAnswer({ assignmentId }: { assignmentId: string }) {
  const [answer, setAnswer] = useState<CallResult<AssignmentView> | null>(null)
  useEffect(() => {
    let isCurrent = true
    void getAssignment(assignmentId).then((found) => {
      if (isCurrent) setAnswer(found)
    })
    return () => {
      isCurrent = false
    }
  }, [assignmentId])
  if (answer === null) return <p role="status">Looking …</p>
  if (!answer.ok) return <p role="alert">{answer.message}</p>
  const { why, comment } = answer.value
  return (
    <div className="grid gap-3">
      {why.length === 0 ? (
        <p>It was assigned by hand.</p>
      ) : (
        <ul className="grid list-disc gap-1 ps-4">
          {why.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {comment !== '' && (
        <p className="grid gap-0.5 rounded-md bg-sunken px-3 py-2">
          <span className="text-sm text-ink-3">The last comment</span>
          <span dir="auto" className="whitespace-pre-wrap">
            {comment}
          </span>
        </p>
      )}
      <Dates assignment={answer.value} />
    </div>
  )
}
