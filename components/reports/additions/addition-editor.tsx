'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import type { AdditionView } from '@/lib/domain/frozen-reports/schema'
import { dayIn } from '@/lib/domain/time/due-day'
import { Button } from '@/components/ui/controls/button'
import { TextField, TextArea, Select } from '@/components/ui/controls/field'
import { Refusal } from '@/components/ui/controls/refusal'
import { Dialog } from '@/components/ui/overlays/dialog'

/** A claim that a reply or a correction can be about. */
export interface NotedClaim {
  id: string
  exact: string
}

/** A draft to begin with: a reply, which most often came on the day on which it is noted. */
function newDraft() {
  const day = dayIn(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone)
  return { kind: 'reply', claimId: '', day, url: '', text: '' }
}
type Draft = ReturnType<typeof newDraft>

function shorten(words: string): string {
  return words.length > 70 ? `${words.slice(0, 69)}…` : words
}

/** Lets a lead note a reply or a correction of the publisher, and withdraw one that was noted by mistake. */
export function AdditionEditor({
  reportId,
  claims,
  additions,
}: {
  reportId: string
  claims: readonly NotedClaim[]
  additions: readonly AdditionView[]
}) {
  const router = useRouter()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<{ message: string; fields: ReadonlyMap<string, string> } | null>(null)
  const [busy, setBusy] = useState(false)
  const call = async (request: Parameters<typeof callApi>[0]) => {
    setBusy(true)
    const answer = await callApi<unknown>(request)
    setBusy(false)
    if (answer.ok) {
      setProblem(null)
      router.refresh()
      return true
    }
    setProblem({
      message: answer.message,
      fields: new Map(answer.fields.map(({ path, message }) => [path, message])),
    })
    return false
  }
  const save = async ({ claimId, ...rest }: Draft) => {
    const body = { ...rest, claimId: claimId === '' ? null : claimId }
    if (await call({ method: 'POST', path: `/api/v1/reports/${reportId}/additions`, body })) setDraft(null)
  }
  return (
    <div className="mt-4 grid justify-items-start gap-3 print:hidden">
      <Button
        size="small"
        onClick={() => {
          setProblem(null)
          setDraft(newDraft())
        }}
      >
        Note a reply or a correction
      </Button>
      {additions.length > 0 && (
        <details className="text-sm text-ink-2">
          <summary>Take back what was noted by mistake</summary>
          <ul className="mt-2 grid gap-1.5">
            {additions.map(({ id, text }) => (
              <li key={id} className="flex flex-wrap items-center gap-2">
                <Button
                  size="small"
                  variant="quiet"
                  busy={busy}
                  onClick={() => void call({ method: 'DELETE', path: `/api/v1/reports/${reportId}/additions/${id}` })}
                >
                  Take back
                </Button>
                <bdi>{shorten(text)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Refusal>{draft === null && problem !== null ? problem.message : null}</Refusal>
      <Dialog
        open={draft !== null}
        title="Note a reply or a correction"
        description="It is shown beside the report with its date. The frozen report itself stays as it is."
        closeOutside={false}
        onClose={() => {
          setDraft(null)
        }}
        footer={
          draft !== null && (
            <>
              <Button
                onClick={() => {
                  setDraft(null)
                }}
              >
                Cancel
              </Button>
              <Button variant="primary" busy={busy} onClick={() => void save(draft)}>
                Note it
              </Button>
            </>
          )
        }
      >
        {draft !== null && <AdditionFields draft={draft} claims={claims} problem={problem} onChange={setDraft} />}
      </Dialog>
    </div>
  )
}

function AdditionFields({
  draft,
  claims,
  problem,
  onChange,
}: {
  draft: Draft
  claims: readonly NotedClaim[]
  problem: { message: string; fields: ReadonlyMap<string, string> } | null
  onChange: (draft: Draft) => void
}) {
  const set = (field: keyof Draft) => (event: { currentTarget: { value: string } }) => {
    onChange({ ...draft, [field]: event.currentTarget.value })
  }
  const errorOf = (field: keyof Draft) => problem?.fields.get(field)
  return (
    <>
      <Select
        label="What it is"
        value={draft.kind}
        onChange={set('kind')}
        options={[
          { value: 'reply', label: 'A reply of the publisher' },
          { value: 'correction', label: 'A correction that the publisher made' },
        ]}
      />
      <Select
        label="What it is about"
        value={draft.claimId}
        onChange={set('claimId')}
        error={errorOf('claimId')}
        options={[
          { value: '', label: 'The report as a whole' },
          ...claims.map(({ id, exact }) => ({ value: id, label: shorten(exact) })),
        ]}
      />
      <TextField label="Day" type="date" value={draft.day} onChange={set('day')} error={errorOf('day')} />
      <TextField label="Address" optional value={draft.url} onChange={set('url')} error={errorOf('url')} dir="ltr" />
      <TextArea label="In words" value={draft.text} onChange={set('text')} error={errorOf('text')} />
      <Refusal>{problem?.fields.size === 0 ? problem.message : null}</Refusal>
    </>
  )
}
