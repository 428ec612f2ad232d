import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { Bar } from '@/components/ui/layout/bar'
import { TransitionDialog } from '@/components/review-sessions/run/transition-dialog'
import { Button } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import type { AdjudicationData } from './page-data'
import type { Adjudication } from './use-adjudication'

function decidedWords({ session, leads }: AdjudicationData): string {
  if (session.state === 'closed') return 'The session is closed: these verdicts stand.'
  return leads ? 'Every claim is decided.' : 'Every claim is decided. The lead can close the session.'
}

/** What is settled here, how far it is, and what can be done with all of it. */
export function AdjudicationHead({
  data,
  adjudication,
  children,
}: {
  data: AdjudicationData
  adjudication: Adjudication
  children: ReactNode
}) {
  const { counts } = adjudication.queue
  const { saving } = adjudication
  const saved = { idle: '', saving: 'Saving…', saved: 'All saved', failed: 'Not saved' }[saving.kind]
  return (
    <header className="mb-6 grid gap-2">
      <p className="text-sm text-ink-3">
        <Link href={`/review-sessions/${data.session.id}`} className="hover:text-ink hover:underline">
          {data.session.name}
        </Link>
      </p>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="font-serif text-2xl font-semibold tracking-[-0.015em]">Adjudication</h1>
        <div className="flex flex-wrap gap-2">{children}</div>
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        {counts.claims > 0 && (
          <>
            <span data-progress className="tabular">
              {counts.decided} of {counts.claims} {counts.claims === 1 ? 'claim' : 'claims'} decided
            </span>
            <Bar share={counts.decided / counts.claims} />
          </>
        )}
        <span role="status" data-save className={saving.kind === 'failed' ? 'font-medium text-danger' : 'text-ink-3'}>
          {saved}
        </span>
      </p>
      {counts.claims > 0 && counts.decided === counts.claims && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-2">
          <p>{decidedWords(data)}</p>
          {data.session.state === 'adjudication' && data.leads && <CloseSession sessionId={data.session.id} />}
        </div>
      )}
    </header>
  )
}

/** Closes the session from its adjudication, for leads. What stands in the way is asked for when it is pressed: verdicts come in all the time. */
function CloseSession({ sessionId }: { sessionId: string }) {
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
