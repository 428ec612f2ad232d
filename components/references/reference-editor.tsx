'use client'

import { useRouter } from 'next/navigation'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import type { KeptFile } from '@/lib/domain/references/kept-file'
import type { Csl, ReferenceView } from '@/lib/domain/references/schema'
import { newId } from '@/lib/client/new-id'
import { useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Refusal } from '@/components/ui/controls/refusal'
import { ReferenceFields } from './reference-fields'
import {
  cslOfValues,
  emptyReference,
  errorsOfFields,
  keptTextOf,
  problemsOf,
  type ReferenceErrors,
  type ReferenceValues,
  valuesOfReference,
} from './reference-values'

/** The reference form on a page of its own: makes a new reference, or changes the given one. */
export function ReferenceEditor({
  reference,
}: {
  reference?: Pick<ReferenceView, 'id' | 'csl' | 'snapshotText' | 'snapshotFile' | 'version'> | undefined
}) {
  const router = useRouter()
  return (
    <ReferenceForm
      initial={reference}
      autoFocus={reference === undefined}
      submitLabel={reference === undefined ? 'Add to the library' : 'Save'}
      onCancel={() => {
        router.back()
      }}
      onSubmit={async (draft) => {
        const answer = await callApi<ReferenceView>(
          reference === undefined
            ? { method: 'POST', path: '/api/v1/references', body: { id: newId(), ...draft } }
            : { method: 'PATCH', path: `/api/v1/references/${reference.id}`, body: draft, ifMatch: reference.version },
        )
        if (!answer.ok) {
          return answer.code === 'version-mismatch'
            ? {
                message:
                  'Another member changed this reference in the meantime. Copy what you wrote, reload the page and edit again.',
                fields: [],
              }
            : answer
        }
        showToast(reference === undefined ? 'Added to the library.' : 'Saved.')
        router.push(`/references/${answer.value.id}`)
        router.refresh()
        return null
      }}
    />
  )
}

/** The value of the form when it is submitted. */
interface ReferenceDraft {
  csl: Csl
  snapshotText: string | null
  snapshotFile: KeptFile | null
}

/** The result of submitting: null when it was stored, otherwise the problems. */
type ReferenceRefusal = { message: string; fields: readonly { path: string; message: string }[] } | null

interface ReferenceFormProps {
  /** The reference to change; left out to make one. */
  initial?: ReferenceDraft | undefined
  submitLabel: string
  /** Stores the draft. Called only with values that pass the form's own checks. */
  onSubmit: (draft: ReferenceDraft) => Promise<ReferenceRefusal>
  onCancel?: (() => void) | undefined
  autoFocus?: boolean | undefined
}

/** The reference form on a page of its own. */
function ReferenceForm({ initial, submitLabel, onSubmit, onCancel, autoFocus = false }: ReferenceFormProps) {
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState<ReferenceValues>(() =>
    initial === undefined ? emptyReference : valuesOfReference(initial),
  )
  const [errors, setErrors] = useState<ReferenceErrors>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const showErrors = (found: ReferenceErrors) => {
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }

  const send = async () => {
    const found = problemsOf(values)
    setRefusal(null)
    showErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const answer = await onSubmit({
      csl: cslOfValues(values, initial?.csl),
      ...keptTextOf(values),
    })
    setBusy(false)
    if (answer === null) return
    const byField = errorsOfFields(answer.fields)
    showErrors(byField)
    if (Object.keys(byField).length === 0) setRefusal(answer.message)
  }

  return (
    <form
      ref={form}
      noValidate
      aria-labelledby={`${id}-send`}
      className="grid gap-4"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
        event.preventDefault()
        if (!busy) void send()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        // The form can be inside another one, which must not be submitted too.
        event.stopPropagation()
        if (!busy) void send()
      }}
    >
      <ReferenceFields
        values={values}
        errors={errors}
        autoFocus={autoFocus}
        onChange={(part) => {
          setValues((before) => ({ ...before, ...part }))
          setErrors((before) => ({
            ...before,
            ...Object.fromEntries(Object.keys(part).map((name) => [name, undefined])),
          }))
        }}
      />
      <Refusal>{refusal}</Refusal>
      <div className="flex flex-wrap gap-2">
        <Button id={`${id}-send`} type="submit" variant="primary" busy={busy}>
          {submitLabel}
        </Button>
        {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  )
}
