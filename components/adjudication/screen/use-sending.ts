'use client'

import { useRef, useState } from 'react'
import { callApi, type CallResult } from '@/lib/client/api/call'
import { dismissToast, showToast } from '@/components/ui/overlays/toast-store'

/** Where saving stands, for the line that says so. */
export type Saving = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved' } | { kind: 'failed'; message: string }

/** One change of one claim. `what` follows the claim's address. */
export interface ClaimChange {
  method: 'PUT' | 'POST' | 'DELETE'
  what: string
  /** The claims that have to be there for it, where they are more than the one. */
  concerns?: readonly string[]
  body?: unknown
  ifMatch: number
}

/** Sends changes of claims, one at a time, and tells what came of them. */
export function useSending({
  asMember,
  onMissing,
}: {
  asMember: string
  onMissing: (claimIds: readonly string[]) => void
}) {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' })
  const isBusy = useRef(false)
  const toast = useRef<number | null>(null)

  /** Answers null without sending while another change is on its way. Where something is missing, `onMissing` is told what it can be. */
  const send = async <T>(
    id: string,
    { what, concerns = [id], ...change }: ClaimChange,
  ): Promise<CallResult<T> | null> => {
    if (isBusy.current) return null
    isBusy.current = true
    setSaving({ kind: 'saving' })
    const answer = await callApi<T>({ ...change, path: `/api/v1/claims/${id}${what}`, asMember })
    isBusy.current = false
    setSaving(answer.ok ? { kind: 'saved' } : { kind: 'failed', message: answer.message })
    if (!answer.ok && answer.status === 404) onMissing(concerns)
    return answer
  }

  /** As `send`, but a failure is shown in a note, and what is answered is the value alone. */
  const sendOrSay = async <T>(id: string, change: ClaimChange): Promise<T | null> => {
    const answer = await send<T>(id, change)
    if (answer?.ok === false) showToast(answer.message, { tone: 'problem' })
    return answer?.ok === true ? answer.value : null
  }

  /** Shows a note in place of the one before. */
  const say = (message: string, action?: { label: string; run: () => void }) => {
    if (toast.current !== null) dismissToast(toast.current)
    toast.current = showToast(message, action === undefined ? {} : { action })
  }

  return {
    saving,
    send,
    sendOrSay,
    say,
    settle: () => {
      setSaving({ kind: 'idle' })
    },
  }
}

/** What `useSending` gives. */
export type Sending = ReturnType<typeof useSending>
