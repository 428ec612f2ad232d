'use client'

import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { Select } from '@/components/ui/controls/field'
import { Link } from '@/components/ui/controls/link'
import { Refusal } from '@/components/ui/controls/refusal'
import { Icon } from '@/components/ui/icon'
import { Card } from '@/components/ui/layout/card'
import { Parts } from '@/components/ui/layout/parts'
import { Spinner } from '@/components/ui/layout/spinner'
import { Tag } from '@/components/ui/text/tag'
import { dateInWords, languageInWords, sizeInWords } from '@/components/ui/text/wording'
import { type EncodingGround, type EncodingName, encodingNames, encodings } from '@/lib/domain/documents/encodings'
import type { ImportPreview } from '@/lib/domain/documents/schema'
import { DetailFields } from '../detail-fields'
import type { DetailValues } from '../details'
import type { ImportItem, ReadyState } from './import-items'
import { MarkerBalance, StructureCounts, StructurePreview } from './structure'

export interface ImportCardProps {
  item: ImportItem
  /** Whether the card is open at first, as for a single text. */
  startOpen: boolean
  onEdit: (values: DetailValues) => void
  onInclude: (included: boolean) => void
  onRetry: () => void
  /** Reads the file again in the encoding that was chosen. */
  onDecode: (encoding: EncodingName) => void
  onRemove: () => void
}

/** One text before it is stored: its state, the recognised structure, and the details to correct. */
export function ImportCard({ item, startOpen, onEdit, onInclude, onRetry, onDecode, onRemove }: ImportCardProps) {
  const { state } = item
  return (
    <Card className="px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <bdi className="truncate font-medium">{item.name}</bdi>
            {item.bytes !== null && <span className="text-sm text-ink-3">{sizeInWords(item.bytes)}</span>}
            <StateTag item={item} />
          </p>
          {state.is === 'refused' && (
            <p role="alert" className="mt-1 text-danger">
              {state.message}
            </p>
          )}
          {state.is === 'stored' && (
            <p className="mt-1">
              <Link
                href={`/documents/${state.document.id}`}
                className="font-serif text-md font-medium text-accent hover:underline"
              >
                <span dir="auto">{state.document.title}</span>
              </Link>
            </p>
          )}
        </div>
        {state.is === 'refused' && state.retry && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )}
        {(state.is === 'waiting' || state.is === 'ready' || state.is === 'refused') && (
          <IconButton label={`Take away ${item.name}`} size="small" onClick={onRemove} icon={<Icon name="close" />} />
        )}
      </div>
      {state.is === 'ready' && (
        <ReadyPart
          state={state}
          startOpen={startOpen}
          onEdit={onEdit}
          onInclude={onInclude}
          onDecode={item.origin.kind === 'file' ? onDecode : null}
        />
      )}
    </Card>
  )
}

function StateTag({ item: { state } }: { item: ImportItem }): ReactNode {
  switch (state.is) {
    case 'waiting':
      return <span className="text-sm text-ink-3">waits</span>
    case 'reading':
    case 'storing':
      return (
        <span role="status" className="inline-flex items-center gap-1.5 text-sm text-ink-3">
          <Spinner className="size-3.5" /> {state.is === 'reading' ? 'being read' : 'being stored'}
        </span>
      )
    case 'refused':
      return <Tag tone="danger">Cannot be imported</Tag>
    case 'stored':
      return <Tag tone="accent">Imported</Tag>
    case 'ready':
      if (!state.included) return <Tag>Left out</Tag>
      return Object.keys(state.errors).length > 0 || state.refusal !== null ? (
        <Tag tone="danger">Needs a look</Tag>
      ) : (
        <Tag tone="accent">Ready</Tag>
      )
  }
}

function ReadyPart({
  state,
  startOpen,
  onEdit,
  onInclude,
  onDecode,
}: { state: ReadyState; onDecode: ImportCardProps['onDecode'] | null } & Pick<
  ImportCardProps,
  'startOpen' | 'onEdit' | 'onInclude'
>) {
  const [open, setOpen] = useState(startOpen)
  const { preview, values, errors } = state
  const hasErrors = Object.keys(errors).length > 0
  const said = [
    values.author,
    dateInWords(/^\d{4}(-\d{2}){0,2}$/.test(values.publishedOn) ? values.publishedOn : ''),
    languageInWords(values.language),
  ].filter((part) => part !== '')
  return (
    <div className="mt-2 grid gap-3">
      <div>
        <p dir="auto" className="font-serif text-lg font-semibold [overflow-wrap:anywhere]">
          {values.title}
        </p>
        <p className="text-ink-3">
          <Parts parts={said} />
        </p>
      </div>
      <StructureCounts summary={preview.summary} wordCount={preview.wordCount} sentenceCount={preview.sentenceCount} />
      {preview.notices.map((notice) => (
        <p key={notice} className="flex items-start gap-2 text-ink-2">
          <Icon name="note" className="mt-0.5 size-4 shrink-0" />
          {notice}
        </p>
      ))}
      {preview.existing !== null && (
        <div className="grid gap-2 rounded-md border border-line-strong bg-sunken px-3 py-2.5">
          <p>
            This text is already here as{' '}
            <Link
              href={`/documents/${preview.existing.id}`}
              target="_blank"
              className="font-medium text-accent underline"
            >
              <bdi>{preview.existing.title}</bdi>
            </Link>
            .
          </p>
          <Checkbox
            label="Import it anyway, as a second document"
            checked={state.included}
            onChange={(event) => {
              onInclude(event.currentTarget.checked)
            }}
          />
        </div>
      )}
      {preview.similar !== null && <SimilarNote similar={preview.similar} />}
      <Refusal>{state.refusal}</Refusal>
      <details
        open={open || hasErrors}
        onToggle={(event) => {
          setOpen(event.currentTarget.open)
        }}
      >
        <summary className="w-fit rounded-sm font-medium text-accent">Check the details and the structure</summary>
        <div className="mt-3 grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="grid gap-4">
            <DetailFields values={values} errors={errors} onChange={onEdit} />
            <MarkerBalance content={preview.content} />
            {onDecode !== null && <EncodingField original={preview.original} onChange={onDecode} />}
          </div>
          <StructurePreview content={preview.content} language={values.language} />
        </div>
      </details>
    </div>
  )
}

/** Says that a text is much like a stored document, and offers to make it a revision of that document. */
function SimilarNote({ similar: { id, title, share } }: { similar: NonNullable<ImportPreview['similar']> }) {
  return (
    <p className="rounded-md border border-line-strong bg-sunken px-3 py-2.5">
      About {Math.floor(share * 100)} % of its words stand in{' '}
      <Link href={`/documents/${id}`} target="_blank" className="font-medium text-accent underline">
        <bdi>{title}</bdi>
      </Link>
      . If it is a later text of that document,{' '}
      <Link href={`/documents/${id}/revise`} className="font-medium text-accent underline">
        make it a revision
      </Link>{' '}
      instead.
    </p>
  )
}

const groundNames: Record<EncodingGround, string> = {
  certain: 'Its bytes leave no doubt.',
  declared: 'The file says so.',
  guessed: 'This is a guess: check that all letters are right.',
  chosen: 'You chose it.',
}

/**
 * The encoding in which a text file was read, and how it was recognised; choosing another one reads the file again. Renders nothing for other kinds
 * of file.
 */
function EncodingField({
  original: { encoding, ground },
  onChange,
}: {
  original: ImportPreview['original']
  onChange: (encoding: EncodingName) => void
}) {
  if (ground === null) return null
  const isListed = encodingNames.some((name) => name === encoding)
  const options = encodingNames.map((value) => ({ value, label: encodings[value] }))
  return (
    <Select
      label="Encoding"
      hint={groundNames[ground]}
      value={encoding}
      options={isListed ? options : [{ value: encoding, label: encoding }, ...options]}
      onChange={(event) => {
        const chosen = encodingNames.find((name) => name === event.currentTarget.value)
        if (chosen !== undefined) onChange(chosen)
      }}
    />
  )
}
