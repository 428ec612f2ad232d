'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { Button, LinkButton } from '@/components/ui/controls/button'
import type { ReferenceView, ReferenceSummary } from '@/lib/domain/references/schema'
import { Link } from '@/components/ui/controls/link'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { RadioGroup } from '@/components/ui/controls/choices'
import { showToast } from '@/components/ui/overlays/toast-store'
import { numberInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import type { TwinReason, Twins } from '@/lib/domain/references/merge'

/** The actions on a reference. */
export function ReferenceActions({
  reference,
}: {
  reference: Pick<ReferenceView, 'id' | 'title' | 'version' | 'may'>
}) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    await deleteWithUndo({
      path: `/api/v1/references/${reference.id}`,
      version: reference.version,
      name: reference.title,
      after: (state) => {
        router.push(state === 'deleted' ? '/references' : `/references/${reference.id}`)
        router.refresh()
      },
    })
    setBusy(false)
  }
  return (
    <>
      {reference.may.delete && (
        <Button variant="quiet" busy={busy} onClick={() => void remove()}>
          Delete
        </Button>
      )}
      {reference.may.update && <LinkButton href={`/references/${reference.id}/edit`}>Edit</LinkButton>}
    </>
  )
}

const reasons: Record<TwinReason, string> = {
  doi: 'the same DOI',
  address: 'the same address',
  'title-and-date': 'the same title and date',
}

/** Pairs of references that seem to be the same work, folded away, each with a button to merge it. */
export function ReferenceTwins({ twins }: { twins: readonly Twins<ReferenceSummary>[] }) {
  const [asked, setAsked] = useState<readonly [ReferenceView, ReferenceView] | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const ask = async ({ one, other }: Twins<ReferenceSummary>) => {
    setBusy(`${one.id} ${other.id}`)
    const [first, second] = await Promise.all([read(one.id), read(other.id)])
    setBusy(null)
    if (first.ok && second.ok) setAsked([first.value, second.value])
    else showToast(first.ok ? (second.ok ? '' : second.message) : first.message)
  }
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-3">
      <summary className="w-fit rounded-sm font-medium text-accent">
        {twins.length === 1 ? 'One reference seems' : `${numberInWords(twins.length)} references seem`} to have a
        duplicate
      </summary>
      <ul className="mt-3 divide-y divide-line border-t border-line">
        {twins.map((pair) => {
          const { one, other, because } = pair
          const key = `${one.id} ${other.id}`
          return (
            <li key={key} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-2.5">
              <div className="grid min-w-0 flex-1 basis-64 gap-0.5 [overflow-wrap:anywhere]">
                <Named reference={one} />
                <Named reference={other} />
                <span className="text-sm text-ink-3">They have {reasons[because]}.</span>
              </div>
              <Button size="small" busy={busy === key} onClick={() => void ask(pair)}>
                Merge…
              </Button>
            </li>
          )
        })}
      </ul>
      {asked !== null && (
        <MergeDialog
          pair={asked}
          onClose={() => {
            setAsked(null)
          }}
        />
      )}
    </details>
  )
}

function read(id: string) {
  return callApi<ReferenceView>({ method: 'GET', path: `/api/v1/references/${id}` })
}

function Named({ reference }: { reference: ReferenceSummary }) {
  return (
    <Link
      href={`/references/${reference.id}`}
      dir="auto"
      className="w-fit max-w-full font-serif text-md hover:underline"
    >
      {reference.title}
    </Link>
  )
}

function MergeDialog({ pair, onClose }: { pair: readonly [ReferenceView, ReferenceView]; onClose: () => void }) {
  const router = useRouter()
  const [first, second] = pair
  const [stays, setStays] = useState(second.citationCount > first.citationCount ? second.id : first.id)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [kept, gone] = stays === first.id ? [first, second] : [second, first]
  const merge = async () => {
    setBusy(true)
    const result = await callApi<ReferenceView>({
      method: 'POST',
      path: `/api/v1/references/${kept.id}/merge`,
      body: { otherId: gone.id, otherVersion: gone.version },
      ifMatch: kept.version,
    })
    setBusy(false)
    if (!result.ok) {
      setRefusal(result.message)
      return
    }
    const undo = async () => {
      const answer = await callApi<ReferenceView>({ method: 'POST', path: `/api/v1/references/${gone.id}/unmerge` })
      if (answer.ok) {
        showToast(`“${gone.title}” is a reference of its own again.`)
        router.refresh()
      } else showToast(answer.message, { tone: 'problem' })
    }
    showToast(`Merged into “${kept.title}”.`, { action: { label: 'Undo', run: () => void undo() }, duration: 20_000 })
    onClose()
    router.refresh()
  }
  return (
    <AlertDialog
      open
      title="Merge two references"
      description="Every citation of the one becomes a citation of the other. Fields that the one that stays lacks are taken over, and so is the kept text. Undo is offered afterwards; it works until one of the two is changed."
      confirmLabel="Merge"
      busy={busy}
      onConfirm={() => void merge()}
      onCancel={onClose}
    >
      <RadioGroup
        legend="Which one stays"
        name="stays"
        value={stays}
        onChange={setStays}
        options={pair.map(({ id, title, url, doi, citationCount, hasSnapshot }) => ({
          value: id,
          label: title,
          hint: [
            doi === '' ? url : doi,
            `cited ${numberInWords(citationCount)} ${citationCount === 1 ? 'time' : 'times'}`,
            hasSnapshot ? 'text kept' : '',
          ]
            .filter((part) => part !== '')
            .join(' · '),
        }))}
      />
      {refusal !== null && (
        <p role="alert" className="mt-3 text-danger">
          {refusal}
        </p>
      )}
    </AlertDialog>
  )
}
