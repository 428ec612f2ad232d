'use client'

import { useRouter } from 'next/navigation'
import { Suspense, useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import { lazyPart } from '@/lib/client/lazy-part'
import type { BulkDocuments, DocumentsChanged, DocumentView } from '@/lib/domain/documents/schema'
import { Button } from '@/components/ui/controls/button'
import { ActionBar } from '@/components/ui/layout/list-parts'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'

const TagDialog = lazyPart(() => import('./selection-dialogs').then(({ TagDialog }) => TagDialog))
const SessionDialog = lazyPart(() => import('./selection-dialogs').then(({ SessionDialog }) => SessionDialog))

/** The most reasons of refusals that are named; documents refused for other reasons are counted. */
const mostReasons = 2

const were = (count: number): string => (count === 1 ? 'was' : 'were')

/** The participle for what an action does to documents, and the clause about documents that needed no change. */
function wordsOf(input: BulkDocuments): { done: string; already: (count: number) => string } {
  if (input.action === 'delete') return { done: 'deleted', already: (count) => `${were(count)} deleted already` }
  if (input.action === 'restore') {
    return { done: 'brought back', already: (count) => `${were(count)} brought back already` }
  }
  const { add, remove } = input
  const tags = add.length + remove.length === 1 ? 'the tag' : 'the tags'
  if (remove.length === 0) return { done: 'changed', already: () => `had ${tags} already` }
  return { done: 'changed', already: () => (add.length === 0 ? `did not have ${tags}` : 'needed no change') }
}

/** Names a single refused document by its title. For several, counts them under the most common reasons, and counts the others together. */
function refusalsInWords(refused: DocumentsChanged['refused'], done: string): string[] {
  const [first] = refused
  if (refused.length === 1 && first !== undefined && first.title !== '') {
    return [`“${first.title}” was not ${done}: ${first.message}`]
  }
  const counts = new Map<string, number>()
  for (const { message } of refused) counts.set(message, (counts.get(message) ?? 0) + 1)
  const reasons = [...counts].sort(([, one], [, other]) => other - one)
  const others = reasons.slice(mostReasons).reduce((sum, [, count]) => sum + count, 0)
  return [
    ...reasons
      .slice(0, mostReasons)
      .map(([message, count]) => `${countInWords(count, 'document')} ${were(count)} not ${done}: ${message}`),
    ...(others === 0
      ? []
      : [
          `${countInWords(others, 'other')} ${were(others)} not ${done}, for ${others === 1 ? 'another reason' : 'other reasons'}.`,
        ]),
  ]
}

/** The result of a bulk action in sentences: how many documents changed, how many needed no change, and why others were refused. */
export function toldInWords({ changed, unchanged, refused }: DocumentsChanged, input: BulkDocuments): string {
  const { done, already } = wordsOf(input)
  return [
    ...(changed.length > 0 ? [`${countInWords(changed.length, 'document')} ${done}.`] : []),
    ...(unchanged.length > 0 ? [`${countInWords(unchanged.length, 'document')} ${already(unchanged.length)}.`] : []),
    ...refusalsInWords(refused, done),
  ].join(' ')
}

export interface SelectionBarProps {
  selected: readonly DocumentView[]
  onClear: () => void
}

/** The actions on all selected documents, one at a time; shown while a selection exists. Refused documents stay selected. */
export function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const router = useRouter()
  const [asked, setAsked] = useState<'tags' | 'session' | null>(null)
  const [busy, setBusy] = useState(false)
  const ids = selected.map(({ id }) => id)
  const change = async (input: BulkDocuments) => {
    setBusy(true)
    const answer = await callApi<DocumentsChanged>({ method: 'POST', path: '/api/v1/documents/bulk', body: input })
    setBusy(false)
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return false
    }
    const { changed, refused } = answer.value
    const undo = () => void change({ action: 'restore', ids: changed })
    showToast(toldInWords(answer.value, input), {
      ...(refused.length > 0 ? { tone: 'problem' } : {}),
      ...(input.action === 'delete' && changed.length > 0 ? { action: { label: 'Undo', run: undo } } : {}),
    })
    if (input.action === 'tag' && refused.length === 0) onClear()
    router.refresh()
    return true
  }
  const close = () => {
    setAsked(null)
  }
  return (
    <ActionBar label="Selected documents" selected={countInWords(selected.length, 'document')}>
      <Button
        size="small"
        disabled={busy}
        onClick={() => {
          setAsked('tags')
        }}
      >
        Tags …
      </Button>
      <Button
        size="small"
        disabled={busy}
        onClick={() => {
          setAsked('session')
        }}
      >
        Add to a session …
      </Button>
      <Button size="small" busy={busy} onClick={() => void change({ action: 'delete', ids })}>
        Delete
      </Button>
      <Button size="small" variant="quiet" disabled={busy} onClick={onClear}>
        Clear
      </Button>
      <Suspense>
        {asked === 'tags' && (
          <TagDialog
            selected={selected}
            busy={busy}
            onClose={close}
            onChange={(tags) => {
              void change({ action: 'tag', ids, ...tags }).then((isTold) => {
                if (isTold) close()
              })
            }}
          />
        )}
        {asked === 'session' && (
          <SessionDialog
            documentIds={ids}
            onClose={close}
            onAdded={() => {
              close()
              onClear()
              router.refresh()
            }}
          />
        )}
      </Suspense>
    </ActionBar>
  )
}
