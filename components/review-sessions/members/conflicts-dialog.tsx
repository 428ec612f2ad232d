'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Dialog } from '@/components/ui/overlays/dialog'
import { TextField, Select } from '@/components/ui/controls/field'
import { countInWords } from '@/components/ui/text/wording'
import { declareConflict, withdrawConflict } from '@/lib/client/api/review-sessions'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { useRun } from '@/components/shell/use-run'
import { useSources } from '@/components/sources/use-sources'

export interface ConflictsDialogProps {
  open: boolean
  onClose: () => void
  member: { id: string; name: string } | null
  conflicts: readonly ConflictView[]
  documents: readonly { id: string; title: string }[]
}

/** A member's conflicts of interest: the sources and documents that they are never assigned. */
export function ConflictsDialog({ open, member, ...rest }: ConflictsDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={rest.onClose}
      closeOutside={false}
      title={`Conflicts of interest of ${member?.name ?? ''}`}
      description="What is declared here is never assigned to them, in this session or any other."
    >
      <Declarations member={member} {...rest} />
    </Dialog>
  )
}

function Declarations({ onClose, member, conflicts, documents }: Omit<ConflictsDialogProps, 'open'>) {
  const { busy, run } = useRun()
  const { sources, hint } = useSources()
  const [about, setAbout] = useState('')
  const [reason, setReason] = useState('')
  const options = [
    { value: '', label: 'Choose a source or a document' },
    ...sources.map(({ id, name }) => ({ value: `source ${id}`, label: `Everything of ${name}` })),
    ...documents.map(({ id, title }) => ({ value: `document ${id}`, label: `“${title}”` })),
  ]
  const declare = async () => {
    if (member === null) return
    const [kind, id = ''] = about.split(' ')
    const answer = await run('declare', () =>
      declareConflict({
        memberId: member.id,
        reason: reason.trim(),
        ...(kind === 'source' ? { sourceId: id } : { documentId: id }),
      }),
    )
    if (!answer.ok) return
    setAbout('')
    setReason('')
  }
  return (
    <>
      {conflicts.length > 0 && (
        <ul aria-label="Declared" className="grid">
          {conflicts.map(({ id, source, document, reason: why, standing, may }) => (
            <li key={id} className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
              <div className="min-w-0 flex-1">
                <p dir="auto">{source === null ? `“${document?.title ?? ''}”` : `Everything of ${source.name}`}</p>
                <p dir="auto" className="text-sm text-ink-3">
                  {why}
                </p>
                {standing > 0 && (
                  <p className="text-sm text-danger">
                    {countInWords(standing, 'assignment goes', 'assignments go')} against it: give{' '}
                    {standing === 1 ? 'it' : 'them'} to another reviewer.
                  </p>
                )}
              </div>
              {may.withdraw && (
                <Button
                  size="small"
                  variant="quiet"
                  busy={busy === id}
                  onClick={() => void run(id, () => withdrawConflict(id))}
                >
                  Take back
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (about !== '' && busy === null) void declare()
        }}
      >
        <Select
          label="Conflict with"
          hint={hint}
          options={options}
          value={about}
          onChange={(event) => {
            setAbout(event.currentTarget.value)
          }}
        />
        <TextField
          label="Reason"
          optional
          maxLength={1_000}
          autoComplete="off"
          hint="Leads read it."
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value)
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Done</Button>
          <Button type="submit" variant="primary" busy={busy === 'declare'} disabled={about === ''}>
            Declare
          </Button>
        </div>
      </form>
    </>
  )
}
