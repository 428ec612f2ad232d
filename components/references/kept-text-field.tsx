'use client'

import { useId, useState } from 'react'
import { FileButton } from '@/components/ui/controls/file-inputs'
import { Refusal } from '@/components/ui/controls/refusal'
import { TextArea } from '@/components/ui/controls/field'
import { numberInWords } from '@/components/ui/text/wording'
import { postFile } from '@/lib/client/api/imports'
import { acceptedFiles } from '@/lib/domain/documents/import-formats'
import type { ReadText } from '@/lib/domain/references/kept-file'
import { valuesOfFile, type ReferenceValues } from './reference-values'

export interface KeptTextFieldProps {
  values: ReferenceValues
  error: string | undefined
  rows: number
  onChange: (part: Partial<ReferenceValues>) => void
}

/** The text that is kept of a reference: pasted, or read from a file, which brings its pages along until the text is changed by hand. */
export function KeptTextField({ values, error, rows, onChange }: KeptTextFieldProps) {
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
