'use client'

import { useState } from 'react'
import { TransitionDialog } from '@/components/review-sessions/run/transition-dialog'
import { Button } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import type { SessionView } from '@/lib/domain/review-sessions/schema'

/** Closes the session from its adjudication, for leads. What stands in the way is asked for when it is pressed: verdicts come in all the time. */
export function CloseSession({ sessionId }: { sessionId: string }) {
  const [session, setSession] = useState<SessionView | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    setBusy(true)
    const answer = await callApi<SessionView>({ method: 'GET', path: `/api/v1/review-sessions/${sessionId}` })
    setBusy(false)
    if (answer.ok) setSession(answer.value)
    else showToast(answer.message, { tone: 'problem' })
  }
  return (
    <>
      <Button variant="primary" busy={busy} onClick={() => void ask()}>
        Close the session …
      </Button>
      {session !== null && (
        <TransitionDialog
          session={session}
          name="close"
          onClose={() => {
            setSession(null)
          }}
        />
      )}
    </>
  )
}
