'use client'

import { useId, useRef, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import type { Csl } from '@/lib/domain/references/schema'
import {
  cslOfValues,
  emptyReference,
  errorsOfFields,
  problemsOf,
  referenceTypeNames,
  valuesOfReference,
  type ReferenceErrors,
  type ReferenceValues,
} from './reference-values'

/** What the form hands out when it is sent. */
export interface ReferenceDraft {
  csl: Csl
  snapshotText: string | null
}

/** What became of sending: null when it was stored, else what is wrong. */
export type ReferenceRefusal = { message: string; fields: readonly { path: string; message: string }[] } | null

export interface ReferenceFormProps {
  /** The reference to change; leave it out to make one. */
  initial?: { csl: Csl; snapshotText: string | null } | undefined
  /** Values to begin a new reference with, such as a title taken from the selection. */
  prefill?: Partial<ReferenceValues> | undefined
  submitLabel: string
  /** Stores the draft. Called only with values that pass the form's own rules. */
  onSubmit: (draft: ReferenceDraft) => Promise<ReferenceRefusal>
  onCancel?: (() => void) | undefined
  /** One column, and the rarer fields folded: for a panel. */
  compact?: boolean | undefined
  autoFocus?: boolean | undefined
}

const types = Object.entries(referenceTypeNames).map(([value, label]) => ({ value, label }))

/** The form of a reference, for its own page and for the panel beside a text. */
export function ReferenceForm({
  initial,
  prefill,
  submitLabel,
  onSubmit,
  onCancel,
  compact = false,
  autoFocus = false,
}: ReferenceFormProps) {
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState<ReferenceValues>(() => ({
    ...(initial === undefined ? emptyReference : valuesOfReference(initial)),
    ...prefill,
  }))
  const [errors, setErrors] = useState<ReferenceErrors>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const field = (name: keyof ReferenceValues) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
      setErrors((before) => ({ ...before, [name]: undefined }))
    },
  })

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
      snapshotText: values.snapshotText === '' ? null : values.snapshotText,
    })
    setBusy(false)
    if (answer === null) return
    const byField = errorsOfFields(answer.fields)
    showErrors(byField)
    if (Object.keys(byField).length === 0) setRefusal(answer.message)
  }

  const rarer = (
    <>
      <TextField
        label="Part of"
        hint="The journal, paper, site or book it stands in."
        optional
        {...field('container')}
      />
      <TextField label="Pages" optional dir="ltr" {...field('page')} />
    </>
  )
  const folded = (summary: string, open: boolean, children: ReactNode) => (
    <details open={open} className="group">
      <summary className="w-fit rounded-sm text-sm font-medium text-accent">{summary}</summary>
      <div className="mt-3 grid gap-4">{children}</div>
    </details>
  )
  const snapshot = (
    <TextArea
      label="Text of the reference"
      hint="Paste the passage or the whole text. Quotes are looked up in it, and it stays when the original changes or goes."
      optional
      rows={compact ? 4 : 8}
      className="font-serif"
      {...field('snapshotText')}
    />
  )

  return (
    <form
      ref={form}
      noValidate
      aria-labelledby={`${id}-send`}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        // A form inside the page's own form must not send that one too.
        event.stopPropagation()
        if (!busy) void send()
      }}
    >
      <div className={compact ? 'grid gap-4' : 'grid gap-4 md:grid-cols-[12rem_minmax(0,1fr)]'}>
        <Select label="Type" options={types} {...field('type')} />
        <TextField label="Title" autoFocus={autoFocus} autoComplete="off" {...field('title')} />
      </div>
      <TextArea
        label="Authors"
        hint="One on each line: Family, Given for a person; an organisation as it is called."
        optional
        rows={2}
        className="min-h-14"
        {...field('authors')}
      />
      <div className={compact ? 'grid gap-4' : 'grid gap-4 md:grid-cols-2'}>
        <TextField label="Publisher" optional autoComplete="off" {...field('publisher')} />
        <TextField
          label="Date"
          hint="2025, 2025-03 or 2025-03-14"
          optional
          inputMode="numeric"
          dir="ltr"
          autoComplete="off"
          {...field('issued')}
        />
        <TextField
          label="Web address"
          optional
          type="url"
          inputMode="url"
          dir="ltr"
          autoComplete="off"
          {...field('url')}
        />
        <TextField label="DOI" optional dir="ltr" autoComplete="off" {...field('doi')} />
        {!compact && rarer}
      </div>
      {compact && folded('More fields', values.container !== '' || values.page !== '', rarer)}
      {compact ? folded('Text of the reference', values.snapshotText !== '', snapshot) : snapshot}
      {refusal !== null && (
        <p role="alert" className="rounded-md border border-danger px-3 py-2 text-danger">
          {refusal}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button id={`${id}-send`} type="submit" variant="primary" busy={busy}>
          {submitLabel}
        </Button>
        {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  )
}
