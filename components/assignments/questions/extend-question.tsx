'use client'

import { useState } from 'react'
import { dayOf, endOfDay } from '../due-date'
import { useWorkspaceZone } from '@/components/shell/frame/workspace-zone'
import { Button } from '@/components/ui/controls/button'
import { TextField } from '@/components/ui/controls/text-field'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import type { Held } from '../matrix/board'

/** Another due date for some work. */
export function ExtendQuestion({
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
