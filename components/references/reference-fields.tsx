'use client'

import { type ReactNode, useId, useState } from 'react'
import { Select, TextArea, TextField } from '@/components/ui/controls/field'
import { FileButton } from '@/components/ui/controls/file-inputs'
import { Refusal } from '@/components/ui/controls/refusal'
import { numberInWords } from '@/components/ui/text/wording'
import { postFile } from '@/lib/client/api/imports'
import { acceptedFiles } from '@/lib/domain/documents/import-formats'
import type { ReadText } from '@/lib/domain/references/kept-file'
import {
  type ReferenceErrors,
  type ReferenceField,
  referenceTypeNames,
  type ReferenceValues,
  valuesOfFile,
} from './reference-values'

const types = Object.entries(referenceTypeNames).map(([value, label]) => ({ value, label }))

export interface ReferenceFieldsProps {
  values: ReferenceValues
  errors: ReferenceErrors
  onChange: (part: Partial<ReferenceValues>) => void
  /** Shows one column with the rarer fields folded, to fit a panel. */
  compact?: boolean | undefined
  autoFocus?: boolean | undefined
}

/** The fields of a reference. Each is named like its value. */
export function ReferenceFields({
  values,
  errors,
  onChange,
  compact = false,
  autoFocus = false,
}: ReferenceFieldsProps) {
  const field = (name: ReferenceField) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange({ [name]: event.currentTarget.value })
    },
  })
  const rarer = (
    <>
      <TextField
        label="Part of"
        hint="The journal, paper, site or book that contains it."
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
    <KeptTextField values={values} error={errors.snapshotText} rows={compact ? 4 : 8} onChange={onChange} />
  )
  return (
    <>
      <div className={compact ? 'grid gap-4' : 'grid gap-4 md:grid-cols-[12rem_minmax(0,1fr)]'}>
        {!compact && <Select label="Type" options={types} {...field('type')} />}
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
        {compact && snapshot}
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
      {compact && <Select label="Type" options={types} {...field('type')} />}
      {compact && folded('More fields', values.container !== '' || values.page !== '', rarer)}
      {!compact && snapshot}
    </>
  )
}

interface KeptTextFieldProps {
  values: ReferenceValues
  error: string | undefined
  rows: number
  onChange: (part: Partial<ReferenceValues>) => void
}

/** The kept text of a reference: pasted, or read from a file. A file also gives its pages, until the text is changed by hand. */
function KeptTextField({ values, error, rows, onChange }: KeptTextFieldProps) {
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [notices, setNotices] = useState<readonly string[]>([])
  const read = async (file: File) => {
    setBusy(true)
    setRefusal(null)
    const answer = await postFile<ReadText>('/api/v1/references/text', file)
    setBusy(false)
    setNotices(answer.ok ? answer.value.notices : [])
    if (answer.ok) onChange(valuesOfFile(values, answer.value))
    else setRefusal(answer.message)
  }
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <TextArea
        label="Text of the reference"
        hint="Paste the passage or the whole text, or read it from a file. Quotes are looked up in it, and it stays when the original changes or goes."
        optional
        rows={rows}
        className="max-h-60 font-serif"
        name="snapshotText"
        value={values.snapshotText}
        error={error}
        onChange={(event) => {
          setNotices([])
          onChange({ snapshotText: event.currentTarget.value, snapshotFile: null })
        }}
      />
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
        <FileButton
          accept={acceptedFiles}
          busy={busy}
          describedBy={`${id}-file`}
          onFile={(file) => {
            void read(file)
          }}
        >
          Read a file
        </FileButton>
        <p id={`${id}-file`} role="status" className="min-w-0 text-ink-3 [overflow-wrap:anywhere]">
          {busy ? (
            'Reading …'
          ) : values.snapshotFile === null ? (
            'PDF, Word, web page and others'
          ) : (
            <Read {...values.snapshotFile} />
          )}
        </p>
      </div>
      {notices.length > 0 && (
        <ul className="grid gap-1 text-sm text-ink-2">
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      <Refusal>{refusal}</Refusal>
    </div>
  )
}

function Read({ name, pages }: NonNullable<ReferenceValues['snapshotFile']>) {
  const labels = new Set(pages.map(({ label }) => label)).size
  return (
    <>
      Read from <bdi>{name}</bdi>
      {labels > 0 &&
        `, ${numberInWords(labels)} ${labels === 1 ? 'page' : 'pages'}: a quote’s page is filled in by itself`}
    </>
  )
}
