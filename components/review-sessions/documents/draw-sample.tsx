'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/checkbox'
import { TextField } from '@/components/ui/controls/text-field'
import { countInWords } from '@/components/ui/text/wording'
import type { SourceChoice } from '@/lib/client/api/review-sessions'
import { maxSessionDocuments, type SessionDocumentsInput } from '@/lib/domain/review-sessions/schema'
import { NumberField } from '@/components/ui/controls/number-field'
import { frameInWords } from './sample-record'

const largestSeed = 2_147_483_647

/** From more than these on one searches the list of sources. */
const manySources = 20

/** A random sample: what it is drawn from, how many, and the seed that lets anyone draw it again. */
export function DrawSample({
  sources,
  sourcesHint,
  standing,
  busy,
  onDraw,
}: {
  sources: readonly SourceChoice[]
  /** Why there are no sources to choose from yet; null when there are. */
  sourcesHint: string | null
  /** How many documents are there and would give way. */
  standing: number
  busy: boolean
  onDraw: (input: SessionDocumentsInput) => void
}) {
  const [sourceIds, setSourceIds] = useState<readonly string[]>([])
  const [name, setName] = useState('')
  const [q, setQ] = useState('')
  const [size, setSize] = useState(10)
  const [seed, setSeed] = useState(() => Math.floor(Math.random() * 100_000))
  const [replaces, setReplaces] = useState(false)
  const chosen = sourceIds.length === 0 ? sources : sources.filter(({ id }) => sourceIds.includes(id))
  const wanted = name.trim().toLocaleLowerCase()
  const listed = sources.filter(
    ({ id, name: own }) => sourceIds.includes(id) || own.toLocaleLowerCase().includes(wanted),
  )
  const most = chosen.reduce((sum, { documentCount }) => sum + documentCount, 0)
  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-sm font-medium">Drawn from documents of</legend>
        <p className="text-sm text-ink-3">{sourcesHint ?? 'All sources, unless you tick some.'}</p>
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
              checked={sourceIds.includes(id)}
              onChange={() => {
                setSourceIds((before) =>
                  before.includes(id) ? before.filter((other) => other !== id) : [...before, id],
                )
              }}
            />
          ))}
        </div>
      </fieldset>
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
      <div className="grid gap-4 md:grid-cols-2">
        <NumberField
          label="How many documents"
          min={1}
          max={maxSessionDocuments}
          value={size}
          onChange={(value) => {
            if (value !== null) setSize(value)
          }}
        />
        <NumberField
          label="Seed"
          hint="The same seed, size and documents give the same sample."
          className="max-w-40"
          min={0}
          max={largestSeed}
          value={seed}
          onChange={(value) => {
            if (value !== null) setSeed(value)
          }}
        />
      </div>
      <p className="rounded-md bg-sunken px-3.5 py-2.5 text-sm">
        Draws {countInWords(size, 'document')} from {frameInWords({ sourceIds: [...sourceIds], q }, sources)}
        {q.trim() === '' ? `: ${countInWords(most, 'document')}` : ''}. Every set of that size is equally likely. What
        it was drawn from, the size and the seed are recorded, so that anyone can draw it again.
      </p>
      {standing > 0 && (
        <Checkbox
          label={`Replace the ${countInWords(standing, 'document')} that ${standing === 1 ? 'is' : 'are'} in the session`}
          hint="A sample stands alone: with others among it, it would be none."
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
            onDraw({ how: 'sample', sourceIds: [...sourceIds], q: q.trim(), size, seed, replace: standing > 0 })
          }}
        >
          Draw the sample
        </Button>
      </div>
    </div>
  )
}
