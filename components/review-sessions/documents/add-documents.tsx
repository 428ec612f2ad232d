'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/overlays/dialog'
import { Tabs } from '@/components/ui/layout/tabs'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { postSessionDocuments, type SourceChoice } from '@/lib/client/api/review-sessions'
import {
  type SessionDocumentsInput,
  type SessionView,
  maxSessionDocuments,
  type SessionSample,
} from '@/lib/domain/review-sessions/schema'
import { useRun } from '@/components/shell/use-run'
import { useSources } from '@/components/sources/use-sources'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { TextField } from '@/components/ui/controls/field'
import { NumberField } from '@/components/ui/controls/number-field'
import { LocalTime } from '@/components/ui/text/local-time'
import { PickDocuments } from './pick-documents'

/** What a sample was drawn from, in words: "all documents of The Coastal Herald with “harbour”". */
function frameInWords(
  { sourceIds, q }: SessionSample['frame'],
  sources: readonly { id: string; name: string }[],
): string {
  const names = sourceIds.map((id) => sources.find((source) => source.id === id)?.name ?? 'a source that is gone')
  return `all documents${names.length === 0 ? '' : ` of ${names.join(', ')}`}${q.trim() === '' ? '' : ` with “${q}”`}`
}

/** How the documents of a session were drawn, as it is recorded. */
export function SampleRecord({
  sample: { frame, frameSize, size, seed, drawnAt, frameSha256 },
  sources,
  count,
}: {
  sample: SessionSample
  sources: readonly { id: string; name: string }[]
  /** How many documents the session has now. */
  count: number
}) {
  return (
    <div className="grid gap-1 rounded-md bg-sunken px-3.5 py-2.5 text-sm">
      <p dir="auto">
        <strong className="font-medium">A random sample:</strong> {numberInWords(size)} of{' '}
        {countInWords(frameSize, 'document')}, drawn from {frameInWords(frame, sources)} on{' '}
        <LocalTime instant={drawnAt} />.{count !== size && ` ${numberInWords(count)} are left in the session.`}
      </p>
      <p className="text-ink-2">
        Seed {String(seed)}, frame <code className="font-mono text-xs">{frameSha256.slice(0, 12)}</code>. Both are
        recorded, so that anyone can draw the same sample again.
      </p>
    </div>
  )
}

/** With more sources than this, the list has a search field. */
const manySources = 20

export interface AddDocumentsProps {
  open: boolean
  onClose: () => void
  session: SessionView
  /** The documents that the session has already. */
  present: readonly { id: string }[]
}

/** Adds documents to a session: some picked from a search, all that a search finds, or a random sample. */
export function AddDocuments({ open, ...rest }: AddDocumentsProps) {
  return (
    <Dialog open={open} onClose={rest.onClose} closeOutside={false} size="large" title="Add documents">
      <WaysToAdd {...rest} />
    </Dialog>
  )
}

function WaysToAdd({ onClose, session, present }: Omit<AddDocumentsProps, 'open'>) {
  const { busy, run } = useRun()
  const { sources, hint } = useSources()
  const add = async (input: SessionDocumentsInput) => {
    const answer = await run('add', () => postSessionDocuments(session.id, input))
    if (!answer.ok) return
    const { added, present: known, removed } = answer.value
    const also = [
      ...(known > 0 ? [`${countInWords(known, 'document')} ${known === 1 ? 'was' : 'were'} in it already`] : []),
      ...(removed > 0 ? [`${countInWords(removed, 'document')} ${removed === 1 ? 'was' : 'were'} removed`] : []),
    ]
    showToast(`Added ${countInWords(added, 'document')}${also.length > 0 ? `; ${also.join('; ')}` : ''}.`)
    onClose()
  }
  const pick = (
    <PickDocuments
      sources={sources}
      sourcesHint={hint}
      present={present}
      sampled={session.sample !== null}
      busy={busy !== null}
      onAdd={(input) => void add(input)}
    />
  )
  if (session.state !== 'draft') return pick
  return (
    <Tabs
      label="How to add documents"
      panelClassName="pt-4"
      tabs={[
        { id: 'pick', label: 'Search and pick', panel: pick },
        {
          id: 'sample',
          label: 'Random sample',
          panel: (
            <DrawSample
              sources={sources}
              sourcesHint={hint}
              standing={present.length}
              busy={busy !== null}
              onDraw={(input) => void add(input)}
            />
          ),
        },
      ]}
    />
  )
}

/** The form of a random sample: the documents it is drawn from, and its size. */
function DrawSample({
  sources,
  sourcesHint,
  standing,
  busy,
  onDraw,
}: {
  sources: readonly SourceChoice[]
  /** Why there are no sources to choose from yet; null when there are some. */
  sourcesHint: string | null
  /** How many documents the session has, which the sample would replace. */
  standing: number
  busy: boolean
  onDraw: (input: SessionDocumentsInput) => void
}) {
  const [sourceIds, setSourceIds] = useState<readonly string[]>([])
  const [q, setQ] = useState('')
  const [size, setSize] = useState(10)
  const [replaces, setReplaces] = useState(false)
  const chosen = sourceIds.length === 0 ? sources : sources.filter(({ id }) => sourceIds.includes(id))
  const most = chosen.reduce((sum, { documentCount }) => sum + documentCount, 0)
  return (
    <div className="grid gap-4">
      <SourceChoices sources={sources} hint={sourcesHint} chosen={sourceIds} onChange={setSourceIds} />
      <TextField
        label="With these words"
        optional
        maxLength={200}
        autoComplete="off"
        value={q}
        onChange={(event) => {
          setQ(event.currentTarget.value)
        }}
      />
      <NumberField
        label="How many documents"
        className="max-w-40"
        min={1}
        max={maxSessionDocuments}
        value={size}
        onChange={(value) => {
          if (value !== null) setSize(value)
        }}
      />
      <p className="rounded-md bg-sunken px-3.5 py-2.5 text-sm">
        Draws {countInWords(size, 'document')} from {frameInWords({ sourceIds: [...sourceIds], q }, sources)}
        {q.trim() === '' ? `: ${countInWords(most, 'document')}` : ''}. Every set of that size is equally likely. The
        server chooses the seed and records it with the size and the list drawn from, so that anyone can draw the sample
        again. Each drawing is kept, and reports say how many there were.
      </p>
      {standing > 0 && (
        <Checkbox
          label={`Replace the ${countInWords(standing, 'document')} that ${standing === 1 ? 'is' : 'are'} in the session`}
          hint="A sample stays by itself: with other documents added, it would no longer be random."
          checked={replaces}
          onChange={(event) => {
            setReplaces(event.currentTarget.checked)
          }}
        />
      )}
      <div className="flex justify-end">
        <Button
          variant="primary"
          busy={busy}
          disabled={standing > 0 && !replaces}
          onClick={() => {
            onDraw({ how: 'sample', sourceIds: [...sourceIds], q: q.trim(), size, replace: standing > 0 })
          }}
        >
          Draw the sample
        </Button>
      </div>
    </div>
  )
}

/** Checkboxes for the sources of a sample; when there are many, narrowed to those that contain the typed words. */
function SourceChoices({
  sources,
  hint,
  chosen,
  onChange,
}: {
  sources: readonly SourceChoice[]
  /** Why there are no sources to choose from yet; null when there are some. */
  hint: string | null
  chosen: readonly string[]
  onChange: (ids: readonly string[]) => void
}) {
  const [name, setName] = useState('')
  const wanted = name.trim().toLocaleLowerCase()
  const listed = sources.filter(({ id, name: own }) => chosen.includes(id) || own.toLocaleLowerCase().includes(wanted))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">Drawn from documents of</legend>
      <p className="text-sm text-ink-3">{hint ?? 'All sources, unless you tick some.'}</p>
      {sources.length > manySources && (
        <TextField
          label="Find a source"
          type="search"
          autoComplete="off"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value)
          }}
        />
      )}
      <div
        tabIndex={0}
        role="group"
        aria-label="Sources"
        className="grid max-h-44 gap-1.5 overflow-y-auto rounded-md border border-line p-2.5 md:grid-cols-2"
      >
        {listed.map(({ id, name: own, documentCount }) => (
          <Checkbox
            key={id}
            label={
              <>
                <bdi>{own}</bdi> <span className="text-ink-3">({countInWords(documentCount, 'document')})</span>
              </>
            }
            checked={chosen.includes(id)}
            onChange={() => {
              onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}
