'use client'

import { CommentQuestion } from './comment-question'
import { ExtendQuestion } from './extend-question'
import { GiveQuestion } from './give-question'
import { WhyAnswer } from './why-answer'
import { Dialog } from '@/components/ui/overlays/dialog'
import { countInWords } from '@/components/ui/text/wording'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { Board, Held, Question } from '../matrix/board'

export interface QuestionDialogProps {
  board: Board
  question: Question | null
  busy: boolean
  onClose: () => void
  onChange: (input: BulkAssignments) => void
}

/** Work in a few words: “The tide wall” of Mina, or "3 assignments". */
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
      return `Give ${workInWords(question.held)} to somebody else`
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

/** Asks what a change of assignments needs to know, or answers why one was made. */
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
  // The dialog stays while nothing is asked: only so does the focus go back to where it was.
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
