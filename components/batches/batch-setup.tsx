'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button, IconButton } from '@/components/ui/controls/button'
import { TextField, Select } from '@/components/ui/controls/field'
import { Refusal } from '@/components/ui/controls/refusal'
import { Icon } from '@/components/ui/icon'
import { Card } from '@/components/ui/layout/card'
import { ProgressBar } from '@/components/ui/layout/progress'
import { countInWords, numberInWords, sizeInWords } from '@/components/ui/text/wording'
import { sendAddressBatch, sendFileBatch } from '@/lib/client/api/batches'
import { textsInWords } from './batch-words'
import {
  addressesOf,
  filesOf,
  folderOf,
  ownSourceOf,
  usualSettings,
  type BatchDraft,
  type DraftText,
  type SourceOrigin,
} from './batch-draft'

export interface BatchSetupProps {
  draft: BatchDraft
  /** The source of all texts that have none of their own. */
  sourceName: string
  /** Gives the name of the source when it is valid; otherwise shows the problem at its field and gives null. */
  takeSource: () => string | null
  onChange: (draft: BatchDraft | null) => void
}

/** Sets up the import of many texts: the details they share, the source of each, and the button that sends them. */
export function BatchSetup({ draft, sourceName, takeSource, onChange }: BatchSetupProps) {
  const router = useRouter()
  const [origin, setOrigin] = useState<SourceOrigin>('one')
  const [settings, setSettings] = useState(usualSettings)
  const [sent, setSent] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)
  const { texts, refused } = draft
  const bytes = texts.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
  const areFiles = texts.some(({ file }) => file !== null)
  useLeavingWarning(sent !== null)

  const send = async () => {
    const name = takeSource()
    if (name === null || texts.length === 0) return
    setError(null)
    setSent(0)
    const said = { ...settings, sourceName: name, sourceOfText: origin === 'text' }
    const answer = areFiles
      ? await sendFileBatch({ id: draft.id, files: filesOf(draft, origin), settings: said }, { onSent: setSent })
      : await sendAddressBatch(draft.id, addressesOf(draft, origin), said)
    setSent(null)
    if (answer.ok) router.push(`/documents/batches/${answer.value.id}`)
    else setError(answer.message)
  }

  return (
    <section aria-labelledby="batch">
      <Card className="grid gap-4 px-4 py-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 id="batch" className="font-serif text-xl font-semibold">
            {areFiles ? countInWords(texts.length, 'file') : countInWords(texts.length, 'address', 'addresses')}
          </h2>
          {areFiles && <span className="text-ink-3">{sizeInWords(bytes)}</span>}
        </div>
        <p className="max-w-[44rem] text-ink-2">
          They are imported in the background, without a preview. The next page shows what became of each.
        </p>
        <Refused refused={refused} />
        <Choices
          hasFolders={texts.some(({ name, file }) => file !== null && folderOf(name) !== '')}
          origin={origin}
          onOrigin={setOrigin}
          settings={settings}
          onSettings={setSettings}
        />
        <Texts
          texts={texts}
          origin={origin}
          sourceName={sourceName}
          onChange={(changed) => {
            onChange(changed.length === 0 ? null : { ...draft, texts: changed })
          }}
        />
        <Refusal>
          {error !== null && areFiles
            ? `${error} Press Import again to go on: what has arrived is not sent twice.`
            : error}
        </Refusal>
        {sent !== null && areFiles && (
          <div className="grid gap-1.5">
            <ProgressBar label="Files sent" value={sent} max={texts.length} />
            <p role="status" className="text-sm text-ink-2">
              {numberInWords(sent)} of {countInWords(texts.length, 'file')} sent. Keep this page open until all are.
            </p>
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            disabled={sent !== null}
            onClick={() => {
              onChange(null)
            }}
          >
            Take all away
          </Button>
          <Button variant="primary" busy={sent !== null} onClick={() => void send()}>
            Import {textsInWords(texts.length)}
          </Button>
        </div>
      </Card>
    </section>
  )
}

/** Makes the browser ask before the page is left while files are being sent. */
function useLeavingWarning(isSending: boolean): void {
  useEffect(() => {
    if (!isSending) return
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
    }
  }, [isSending])
}

/** The most left-out files that are listed with their reasons. */
const mostRefused = 20

function Refused({ refused }: Pick<BatchDraft, 'refused'>) {
  if (refused.length === 0) return null
  return (
    <details className="rounded-md border border-line-strong bg-sunken px-3 py-2">
      <summary className="rounded-sm">{countInWords(refused.length, 'file')} left out</summary>
      <ul className="mt-2 grid gap-1 text-sm text-ink-2">
        {refused.slice(0, mostRefused).map(({ name, why }, index) => (
          <li key={`${String(index)} ${name}`}>
            <bdi className="font-medium">{name}</bdi>: {why}
          </li>
        ))}
        {refused.length > mostRefused && <li>And {numberInWords(refused.length - mostRefused)} more.</li>}
      </ul>
    </details>
  )
}

const sameOptions = [
  { value: 'skip', label: 'Skip it' },
  { value: 'import', label: 'Import it anyway' },
] as const
const similarOptions = [
  { value: 'ask', label: 'Ask me' },
  { value: 'revise', label: 'Make it a revision of that document' },
  { value: 'import', label: 'Import it by itself' },
  { value: 'skip', label: 'Skip it' },
] as const
const originOptions = [
  { value: 'one', label: 'One for all' },
  { value: 'text', label: 'The one that each text names, otherwise the one for all' },
  { value: 'folder', label: 'By the folder of each file' },
] as const

/** The chosen option of a select. */
function chosen<T extends { value: string }>(options: readonly T[], value: string): T['value'] | undefined {
  return options.find((option) => option.value === value)?.value
}

function Choices({
  hasFolders,
  origin,
  onOrigin,
  settings,
  onSettings,
}: {
  hasFolders: boolean
  origin: SourceOrigin
  onOrigin: (origin: SourceOrigin) => void
  settings: typeof usualSettings
  onSettings: (settings: typeof usualSettings) => void
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Select
        label="Sources"
        hint="Each text can have one of its own below."
        options={originOptions.filter(({ value }) => value !== 'folder' || hasFolders)}
        value={origin}
        onChange={(event) => {
          onOrigin(chosen(originOptions, event.currentTarget.value) ?? 'one')
        }}
      />
      <Select
        label="A text that is here already"
        options={sameOptions}
        value={settings.onSame}
        onChange={(event) => {
          onSettings({ ...settings, onSame: chosen(sameOptions, event.currentTarget.value) ?? 'skip' })
        }}
      />
      <Select
        label="A text much like one here"
        hint="One that shares at least 70 % of its wording."
        options={similarOptions}
        value={settings.onSimilar}
        onChange={(event) => {
          onSettings({ ...settings, onSimilar: chosen(similarOptions, event.currentTarget.value) ?? 'ask' })
        }}
      />
    </div>
  )
}

/** The texts, each with its source to change and a button to remove it. */
function Texts({
  texts,
  origin,
  sourceName,
  onChange,
}: {
  texts: readonly DraftText[]
  origin: SourceOrigin
  sourceName: string
  onChange: (texts: DraftText[]) => void
}) {
  const [isOpen, setIsOpen] = useState(false)
  const usual = origin === 'text' ? 'As the text names' : sourceName.trim() === '' ? 'The source for all' : sourceName
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open)
      }}
    >
      <summary className="w-fit rounded-sm font-medium text-accent">Each text and its source</summary>
      {isOpen && (
        <ul className="relative mt-2 grid max-h-[28rem] overflow-y-auto rounded-md border border-line">
          {texts.map((text, index) => (
            <li
              key={`${String(index)} ${text.name}`}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_16rem_auto]"
            >
              <span className="min-w-0 max-sm:col-span-2">
                <bdi className="[overflow-wrap:anywhere]">{text.name}</bdi>{' '}
                {text.file !== null && <span className="text-sm text-ink-3">{sizeInWords(text.file.size)}</span>}
              </span>
              <TextField
                label={`Source of ${text.name}`}
                hideLabel
                autoComplete="off"
                placeholder={ownSourceOf({ ...text, source: '' }, origin) ?? usual}
                value={text.source}
                onChange={(event) => {
                  const source = event.currentTarget.value
                  onChange(texts.map((other, at) => (at === index ? { ...other, source } : other)))
                }}
              />
              <IconButton
                label={`Take away ${text.name}`}
                size="small"
                icon={<Icon name="close" />}
                onClick={() => {
                  onChange(texts.filter((_, at) => at !== index))
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
