'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import type { PublicationView } from '@/lib/domain/frozen-reports/schema'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { CopyWords } from '@/components/ui/controls/copy-words'
import { Refusal } from '@/components/ui/controls/refusal'
import { TextArea } from '@/components/ui/controls/field'
import { Dialog, AlertDialog } from '@/components/ui/overlays/dialog'
import { LocalTime } from '@/components/ui/text/local-time'

/**
 * Freezes the shown report as its next version, after a confirmation. `canFreeze` is false when the report rests on no closed session; then the
 * dialog says what is missing.
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

interface PanelProps {
  reportId: string
  /** The latest first; each with its full address. */
  publications: readonly (PublicationView & { address: string })[]
}

/** A lead's actions on the link of a frozen report: make one, copy it, withdraw it with a reason. Opened from the masthead. */
export function PublicationPanel({ reportId, publications }: PanelProps) {
  const [isOpen, setOpen] = useState(false)
  const open = publications.find(({ withdrawnAt }) => withdrawnAt === null)
  return (
    <>
      <Button
        size="small"
        variant={open === undefined ? 'primary' : undefined}
        onClick={() => {
          setOpen(true)
        }}
      >
        {open === undefined ? 'Publish' : 'Published'}
      </Button>
      <Dialog
        open={isOpen}
        title={open === undefined ? 'Publish this report' : 'This report is published'}
        onClose={() => {
          setOpen(false)
        }}
        closeOutside={false}
      >
        {open === undefined ? (
          <PublishForm reportId={reportId} />
        ) : (
          <OpenPublication reportId={reportId} publication={open} />
        )}
        <Withdrawn publications={publications} />
      </Dialog>
    </>
  )
}

function useAction() {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const run = async (path: string, body: unknown) => {
    setBusy(true)
    const answer = await callApi<unknown>({ method: 'POST', path: `/api/v1${path}`, body })
    setBusy(false)
    setProblem(answer.ok ? null : answer.message)
    if (answer.ok) router.refresh()
  }
  return { busy, problem, run }
}

function PublishForm({ reportId }: { reportId: string }) {
  const { busy, problem, run } = useAction()
  const [indexed, setIndexed] = useState(false)
  return (
    <>
      <p className="text-ink-2">
        Anyone who has the link can read the report without signing in, with all its claims, evidence, replies and
        corrections, and can download what it was computed from. Reviewers appear as letters, unless they agreed to be
        named.
      </p>
      <Checkbox
        label="Let search engines list it"
        hint="Otherwise only those who have the link find it."
        checked={indexed}
        onChange={(event) => {
          setIndexed(event.currentTarget.checked)
        }}
      />
      <Refusal>{problem}</Refusal>
      <div>
        <Button
          variant="primary"
          busy={busy}
          onClick={() => void run(`/reports/${reportId}/publications`, { indexed })}
        >
          Make a public link
        </Button>
      </div>
    </>
  )
}

function OpenPublication({
  reportId,
  publication,
}: {
  reportId: string
  publication: PublicationView & { address: string }
}) {
  const { busy, problem, run } = useAction()
  const [reason, setReason] = useState('')
  const { id, address, createdAt, indexed } = publication
  return (
    <>
      <p className="text-ink-2">
        Since <LocalTime instant={createdAt} />.{' '}
        {indexed ? 'Search engines may list it.' : 'Search engines are asked not to list it.'}
      </p>
      <p dir="ltr" className="rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all select-all">
        {address}
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyWords words={address} label="Copy the link" />
        <a href={address} className="self-center text-accent underline-offset-2 hover:underline">
          Open it
        </a>
      </div>
      <details>
        <summary className="w-fit rounded-sm text-ink-2">Withdraw this report</summary>
        <div className="mt-3 grid gap-4">
          <TextArea
            label="Withdraw it, because"
            hint="Everyone who follows the link reads this reason. The frozen report stays for members."
            rows={2}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value)
            }}
          />
          <Refusal>{problem}</Refusal>
          <div>
            <Button
              variant="danger"
              busy={busy}
              onClick={() => void run(`/reports/${reportId}/publications/${id}/withdrawal`, { reason })}
            >
              Withdraw
            </Button>
          </div>
        </div>
      </details>
    </>
  )
}

function Withdrawn({ publications }: { publications: PanelProps['publications'] }) {
  const withdrawn = publications.flatMap(({ id, withdrawnAt, reason }) =>
    withdrawnAt === null ? [] : [{ id, withdrawnAt, reason }],
  )
  if (withdrawn.length === 0) return null
  return (
    <ul className="grid gap-1 border-t border-line pt-3 text-sm text-ink-2">
      {withdrawn.map(({ id, withdrawnAt, reason }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          Withdrawn on <LocalTime instant={withdrawnAt} />: <bdi>{reason}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** Lets a reviewer choose whether a frozen report gives their name or a letter. */
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
