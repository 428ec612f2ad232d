'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import { Button } from '@/components/ui/controls/button'

/** A reviewer's own choice whether a frozen report calls them by their name or by a letter. */
export function OwnName({ reportId, letter, named }: { reportId: string; letter: string; named: boolean }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const choose = async () => {
    setBusy(true)
    const answer = await callApi<unknown>({
      method: 'PUT',
      path: `/api/v1/reports/${reportId}/own-name`,
      body: { named: !named },
    })
    setBusy(false)
    setProblem(answer.ok ? null : answer.message)
    if (answer.ok) router.refresh()
  }
  return (
    <p className="mt-2 flex flex-wrap items-center gap-2 text-sm text-ink-2 print:hidden">
      {named ? 'The report names you.' : `You are reviewer ${letter} in this report.`}
      <Button size="small" busy={busy} onClick={() => void choose()}>
        {named ? 'Take my name out' : 'Let it name me'}
      </Button>
      {problem !== null && (
        <span role="alert" className="text-danger">
          {problem}
        </span>
      )}
    </p>
  )
}
