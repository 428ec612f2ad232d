'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button, type ButtonVariant } from '@/components/ui/controls/button'
import { Dialog } from '@/components/ui/overlays/dialog'
import { TextField, Select } from '@/components/ui/controls/field'
import { callApi } from '@/lib/client/api/call'
import type { SessionView } from '@/lib/domain/review-sessions/schema'

/** A session or template that a new session can start from. */
export interface Model {
  id: string
  name: string
  isTemplate: boolean
}

/** Asks for the name of a new session and its starting point, makes the session and opens its plan. */
export function NewSessionButton({
  models,
  variant,
}: {
  models: readonly Model[]
  variant?: ButtonVariant | undefined
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant={variant}
        onClick={() => {
          setOpen(true)
        }}
      >
        New session
      </Button>
      <Dialog
        open={open}
        onClose={() => {
          setOpen(false)
        }}
        closeOutside={false}
        title="New review session"
        size="small"
      >
        <NewSessionForm
          models={models}
          onCancel={() => {
            setOpen(false)
          }}
        />
      </Dialog>
    </>
  )
}

function NewSessionForm({ models, onCancel }: { models: readonly Model[]; onCancel: () => void }) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [modelId, setModelId] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const make = async () => {
    if (name.trim() === '') {
      setProblem('Give the session a name.')
      return
    }
    setBusy(true)
    const answer = await callApi<SessionView>(
      modelId === ''
        ? { method: 'POST', path: '/api/v1/review-sessions', body: { name: name.trim() } }
        : { method: 'POST', path: `/api/v1/review-sessions/${modelId}/copy`, body: { name: name.trim() } },
    )
    setBusy(false)
    if (answer.ok) router.push(`/review-sessions/${answer.value.id}`)
    else setProblem(answer.message)
  }

  const options = [
    { value: '', label: 'A blank plan' },
    ...models.map((model) => ({
      value: model.id,
      label: model.isTemplate ? `Template: ${model.name}` : `Copy of: ${model.name}`,
    })),
  ]
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void make()
      }}
    >
      <TextField
        label="Name"
        autoComplete="off"
        maxLength={300}
        value={name}
        error={problem}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setProblem(null)
        }}
      />
      {models.length > 0 && (
        <Select
          label="Start from"
          options={options}
          value={modelId}
          onChange={(event) => {
            setModelId(event.currentTarget.value)
          }}
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Make the plan
        </Button>
      </div>
    </form>
  )
}
