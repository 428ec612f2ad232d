'use client'

import { useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import { withdrawalSchema, type DocumentView } from '@/lib/domain/documents/schema'
import { Button } from '@/components/ui/controls/button'
import { TextField } from '@/components/ui/controls/field'
import { Dialog } from '@/components/ui/overlays/dialog'
import { showToast } from '@/components/ui/overlays/toast-store'

export interface WithdrawDialogProps {
  document: DocumentView
  /** The refusal that asked for this: which sessions assessed the document. */
  why: string
  onClose: () => void
  onWithdrawn: () => void
}

/** Withdraws a document that a closed session assessed, with the reason that reports print. */
export default function WithdrawDialog({ document, why, onClose, onWithdrawn }: WithdrawDialogProps) {
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
