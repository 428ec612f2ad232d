'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import { Button } from '@/components/ui/controls/button'
import { Refusal } from '@/components/ui/controls/refusal'
import { AlertDialog } from '@/components/ui/overlays/dialog'

/**
 * Freezes the report that is on the screen as its next version, after asking. `canFreeze` is false while no closed session stands behind it: then it says what
 * is missing.
 */
export function FreezeButton({
  sourceId,
  inputSha256,
  next,
  canFreeze,
}: {
  sourceId: string
  inputSha256: string
  next: number
  canFreeze: boolean
}) {
  const router = useRouter()
  const [step, setStep] = useState<'closed' | 'asking' | 'working'>('closed')
  const [problem, setProblem] = useState<string | null>(null)
  const freeze = async () => {
    setStep('working')
    const answer = await callApi<{ id: string }>({
      method: 'POST',
      path: `/api/v1/sources/${sourceId}/reports`,
      body: { inputSha256 },
    })
    if (answer.ok) {
      router.push(`/reports/${answer.value.id}`)
      return
    }
    setStep('asking')
    setProblem(answer.message)
  }
  return (
    <>
      <Button
        size="small"
        variant="primary"
        onClick={() => {
          setProblem(null)
          setStep('asking')
        }}
      >
        Freeze as version {next}
      </Button>
      <AlertDialog
        open={step !== 'closed'}
        tone="plain"
        title={canFreeze ? `Freeze as version ${String(next)}?` : 'This report cannot be frozen yet'}
        description={
          canFreeze
            ? 'Its figures, claims and evidence are kept as they are now, for good. What changes afterwards goes into the next version. A frozen report can be published, and anyone can recompute it.'
            : 'A report is frozen from a closed review session, and none has reviewed a document of this source. Close one first; until then this is a live preview.'
        }
        confirmLabel={canFreeze ? 'Freeze' : 'Understood'}
        busy={step === 'working'}
        onConfirm={() => {
          if (canFreeze) void freeze()
          else setStep('closed')
        }}
        onCancel={() => {
          setStep('closed')
        }}
      >
        <Refusal>{problem}</Refusal>
      </AlertDialog>
    </>
  )
}
