'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { TextArea } from '@/components/ui/controls/text-area'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { Held } from '../matrix/board'

/** The words that go with returning work, which are needed, or with taking it back, which need not be. */
export function CommentQuestion({
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
            ? 'The reviewer reads this and can change their marks again. What was rated blind stays on record.'
            : 'The work done stays, locked, and does not count. It can be given back.'
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
