'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Select, TextField } from '@/components/ui/controls/field'
import { Refusal } from '@/components/ui/controls/refusal'
import { Dialog } from '@/components/ui/overlays/dialog'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import { type DocumentView, withdrawalSchema } from '@/lib/domain/documents/schema'
import { tagListSchema } from '@/lib/domain/tags/schema'
import { addTags } from '@/lib/domain/tags/tag'
import { DetailFields } from './detail-fields'
import { type DetailErrors, detailErrorsOf, detailProblems, detailsOf, type DetailValues } from './details'

export interface DetailsDialogProps {
  document: DocumentView
  sources: readonly { id: string; name: string }[]
  open: boolean
  onClose: () => void
  onSaved: (document: DocumentView) => void
}

/** Changes a document's details; its text never changes. */
export function DetailsDialog({ document, sources, open, onClose, onSaved }: DetailsDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} closeOutside={false} title="Details of the document">
      <DetailsForm document={document} sources={sources} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  )
}

function DetailsForm({ document, sources, onClose, onSaved }: Omit<DetailsDialogProps, 'open'>) {
  const [values, setValues] = useState<DetailValues>({ ...document, publishedOn: document.publishedOn ?? '' })
  const [tags, setTags] = useState(document.tags.join(', '))
  const [tagProblem, setTagProblem] = useState<string | null>(null)
  const [sourceId, setSourceId] = useState(document.source.id)
  const [errors, setErrors] = useState<DetailErrors>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const choices = sources.some(({ id }) => id === document.source.id) ? sources : [document.source, ...sources]

  const send = async () => {
    const found = detailProblems(values)
    setErrors(found)
    setRefusal(null)
    const names = addTags([], tags)
    const checked = tagListSchema.safeParse(names)
    setTagProblem(checked.success ? null : (checked.error.issues[0]?.message ?? 'These tags are not valid.'))
    if (Object.keys(found).length > 0 || !checked.success) return
    setBusy(true)
    const answer = await callApi<DocumentView>({
      method: 'PATCH',
      path: `/api/v1/documents/${document.id}`,
      body: { ...detailsOf(values), sourceId, tags: checked.data },
      ifMatch: document.version,
    })
    setBusy(false)
    if (answer.ok) {
      showToast('Saved.')
      onSaved(answer.value)
      return
    }
    const byField = detailErrorsOf(answer.fields)
    setErrors(byField)
    if (Object.keys(byField).length === 0) {
      setRefusal(
        answer.code === 'version-mismatch'
          ? 'Another member changed these details in the meantime. Close, look at what changed, and edit again.'
          : answer.message,
      )
    }
  }

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void send()
      }}
    >
      <DetailFields values={values} errors={errors} onChange={setValues} autoFocus />
      <Select
        label="Source"
        options={choices.map(({ id, name }) => ({ value: id, label: name }))}
        value={sourceId}
        onChange={(event) => {
          setSourceId(event.currentTarget.value)
        }}
      />
      <TextField
        label="Tags"
        optional
        hint="Separated by commas. They are shown in the list of documents and can narrow it."
        autoComplete="off"
        dir="auto"
        value={tags}
        error={tagProblem}
        onChange={(event) => {
          setTags(event.currentTarget.value)
        }}
      />
      <Refusal>{refusal}</Refusal>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  )
}

export interface WithdrawDialogProps {
  document: DocumentView
  /** The server's refusal to delete: it says which sessions assessed the document. */
  why: string
  onClose: () => void
  onWithdrawn: () => void
}

/** Withdraws a document that a closed session assessed, with a reason that reports print. */
export function WithdrawDialog({ document, why, onClose, onWithdrawn }: WithdrawDialogProps) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    const checked = withdrawalSchema.safeParse({ reason })
    if (!checked.success) {
      setProblem(checked.error.issues[0]?.message ?? 'Say why: reports print it.')
      return
    }
    setBusy(true)
    const path = `/api/v1/documents/${document.id}/withdrawal`
    const answer = await callApi({ method: 'POST', path, ifMatch: document.version, body: checked.data })
    setBusy(false)
    if (!answer.ok) {
      setProblem(answer.message)
      return
    }
    showToast(`Withdrew “${document.title}”.`)
    onWithdrawn()
  }
  return (
    <Dialog open onClose={onClose} closeOutside={false} size="small" title="Withdraw this document?" description={why}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void send()
        }}
      >
        <TextField
          label="Reason"
          hint="Reports print it with your name, the date and what had been settled."
          autoComplete="off"
          dir="auto"
          value={reason}
          error={problem}
          onChange={(event) => {
            setProblem(null)
            setReason(event.currentTarget.value)
          }}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Withdraw
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
