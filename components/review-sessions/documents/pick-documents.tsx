'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { ShowMore } from '@/components/ui/layout/list-parts'
import { TextField, Select } from '@/components/ui/controls/field'
import { countInWords, dateInWords } from '@/components/ui/text/wording'
import { findDocuments, type SourceChoice } from '@/lib/client/api/review-sessions'
import type { DocumentView } from '@/lib/domain/documents/schema'
import type { SessionDocumentsInput } from '@/lib/domain/review-sessions/schema'

/** How long after the last key the search runs, in ms. */
const pause = 220

interface Found {
  items: DocumentView[]
  next: string | null
  problem: string | null
}

function useFound(q: string, sourceId: string) {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      void findDocuments({ q: q.trim(), sourceId, cursor: null }).then((answer) => {
        if (!isCurrent) return
        setFound(answer.ok ? { ...answer.value, problem: null } : { items: [], next: null, problem: answer.message })
      })
    }, pause)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [q, sourceId])
  const more = async () => {
    if (found?.next == null) return
    const answer = await findDocuments({ q: q.trim(), sourceId, cursor: found.next })
    setFound(
      answer.ok
        ? { items: [...found.items, ...answer.value.items], next: answer.value.next, problem: null }
        : { ...found, problem: answer.message },
    )
  }
  return { found, more }
}

/** A search with checkboxes: picks documents one by one, or all that the search finds. */
export function PickDocuments({
  sources,
  sourcesHint,
  present,
  sampled,
  busy,
  onAdd,
}: {
  sources: readonly SourceChoice[]
  /** Why there are no sources to choose from yet; null when there are some. */
  sourcesHint: string | null
  present: readonly { id: string }[]
  /** Whether the session's documents are a random sample, which adding by hand ends. */
  sampled: boolean
  busy: boolean
  onAdd: (input: SessionDocumentsInput) => void
}) {
  const [q, setQ] = useState('')
  const [sourceId, setSourceId] = useState('')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const { found, more } = useFound(q, sourceId)
  const known = new Set(present.map(({ id }) => id))
  const toggle = (id: string) => {
    setPicked((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }
  return (
    <div className="grid gap-3">
      <div className="grid gap-2.5 md:grid-cols-[minmax(0,1fr)_16rem]">
        <TextField
          label="Words of the title, the author or the text"
          type="search"
          autoComplete="off"
          maxLength={200}
          value={q}
          onChange={(event) => {
            setQ(event.currentTarget.value)
          }}
        />
        <Select
          label="Source"
          hint={sourcesHint}
          value={sourceId}
          options={[
            { value: '', label: 'All sources' },
            ...sources.map(({ id, name, documentCount }) => ({
              value: id,
              label: `${name} (${String(documentCount)})`,
            })),
          ]}
          onChange={(event) => {
            setSourceId(event.currentTarget.value)
          }}
        />
      </div>
      {sampled && (
        <p className="text-sm text-unsourced">
          The documents of this session are a random sample. If you add others, it is no longer one.
        </p>
      )}
      {found === null ? (
        <p className="py-6 text-center text-ink-3">Looking …</p>
      ) : (
        <FoundDocuments found={found} known={known} picked={picked} onToggle={toggle} onMore={() => void more()} />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          busy={busy}
          disabled={found === null || found.items.length === 0}
          onClick={() => {
            onAdd({ how: 'found', sourceIds: sourceId === '' ? [] : [sourceId], q: q.trim(), endSample: sampled })
          }}
        >
          Add all that this finds
        </Button>
        <Button
          variant="primary"
          busy={busy}
          disabled={picked.size === 0}
          onClick={() => {
            onAdd({ how: 'picked', documentIds: [...picked], endSample: sampled })
          }}
        >
          {picked.size === 0 ? 'Add the ticked ones' : `Add ${countInWords(picked.size, 'document')}`}
        </Button>
      </div>
    </div>
  )
}

/** The results of a search, each with a checkbox; documents that the session has already cannot be checked. */
function FoundDocuments({
  found,
  known,
  picked,
  onToggle,
  onMore,
}: {
  found: Found
  /** The ids of the session's documents. */
  known: ReadonlySet<string>
  picked: ReadonlySet<string>
  onToggle: (id: string) => void
  onMore: () => void
}) {
  return (
    <>
      {found.problem !== null && (
        <p role="alert" className="text-danger">
          {found.problem}
        </p>
      )}
      <p aria-live="polite" className="sr-only">
        {countInWords(found.items.length, 'document')} shown
      </p>
      {found.items.length === 0 && found.problem === null && (
        <p className="py-6 text-center text-ink-3">No document has these words.</p>
      )}
      <ul
        aria-label="Documents found"
        tabIndex={0}
        className="grid max-h-[40dvh] gap-0.5 overflow-y-auto rounded-md border border-line p-2 empty:hidden"
      >
        {found.items.map(({ id, title, source, publishedOn, revision }) => (
          <li key={id} className="rounded-sm px-1.5 py-1 hover:bg-hover">
            <Checkbox
              label={
                <span dir="auto" className="font-serif text-md font-medium">
                  {title}
                </span>
              }
              hint={[
                source.name,
                dateInWords(publishedOn),
                countInWords(revision.wordCount, 'word'),
                ...(known.has(id) ? ['in the session already'] : []),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
              disabled={known.has(id)}
              checked={known.has(id) || picked.has(id)}
              onChange={() => {
                onToggle(id)
              }}
            />
          </li>
        ))}
      </ul>
      {found.next !== null && <ShowMore shown={found.items.length} onMore={onMore} />}
    </>
  )
}
