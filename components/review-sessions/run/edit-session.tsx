'use client'

import { useState } from 'react'
import { useWorkspaceZone } from '@/components/shell/frame/workspace-zone'
import { Button } from '@/components/ui/controls/button'
import { Dialog } from '@/components/ui/overlays/dialog'
import { TextField, TextArea } from '@/components/ui/controls/field'
import { patchSession } from '@/lib/client/api/review-sessions'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { dayOf, endOfDay } from '@/components/assignments/due-day'
import { GuidelinesField } from '../plan/guidelines-field'
import { mergePlans, patchOf, planOf, type Clash } from '../plan/plan'
import { PlanClashes } from '../plan/plan-saving'
import { useRun } from '@/components/shell/use-run'

/** Changes the editable fields of an active session: name, question, guidelines, due date. */
export function EditSession({ open, onClose, session }: { open: boolean; onClose: () => void; session: SessionView }) {
  return (
    <Dialog open={open} onClose={onClose} closeOutside={false} title="About the session">
      <EditForm session={session} onClose={onClose} />
    </Dialog>
  )
}

function EditForm({ session: shown, onClose }: { session: SessionView; onClose: () => void }) {
  const { busy, run } = useRun()
  const timeZone = useWorkspaceZone()
  const [session, setSession] = useState(shown)
  const [plan, setPlan] = useState(() => planOf(shown))
  const [clashes, setClashes] = useState<readonly Clash[]>([])
  const save = async () => {
    const patch = patchOf(session, plan)
    if (patch === null) {
      onClose()
      return
    }
    const answer = await run(
      'save',
      () => patchSession({ id: session.id, version: session.version }, patch),
      () => 'Saved.',
    )
    if (answer.ok) onClose()
    else if (answer.code === 'version-mismatch') {
      const theirs = answer.current as SessionView
      const merged = mergePlans({ base: planOf(session), mine: plan, theirs: planOf(theirs) })
      setSession(theirs)
      setPlan(merged.plan)
      setClashes(merged.clashes)
    }
  }
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (busy === null && plan.name.trim() !== '' && clashes.length === 0) void save()
      }}
    >
      <PlanClashes
        clashes={clashes}
        onSettle={(choice) => {
          if (choice === 'theirs')
            setPlan({ ...plan, ...Object.fromEntries(clashes.map(({ key, theirs }) => [key, theirs])) })
          setClashes([])
        }}
      />
      <TextField
        label="Name"
        maxLength={300}
        autoComplete="off"
        value={plan.name}
        error={plan.name.trim() === '' ? 'Give the session a name.' : null}
        onChange={(event) => {
          setPlan({ ...plan, name: event.currentTarget.value })
        }}
      />
      <TextArea
        label="Question"
        optional
        rows={2}
        maxLength={2_000}
        value={plan.question}
        onChange={(event) => {
          setPlan({ ...plan, question: event.currentTarget.value })
        }}
      />
      <TextField
        label="Due date"
        optional
        type="date"
        dir="ltr"
        className="max-w-44"
        hint={`Until the end of that day in ${timeZone}. Work with a date of its own keeps it.`}
        value={dayOf(plan.dueAt, timeZone)}
        onChange={(event) => {
          setPlan({ ...plan, dueAt: endOfDay(event.currentTarget.value, timeZone) })
        }}
      />
      <GuidelinesField
        value={plan.guidelines}
        onChange={(guidelines) => {
          setPlan({ ...plan, guidelines })
        }}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy !== null} disabled={clashes.length > 0}>
          Save
        </Button>
      </div>
    </form>
  )
}
