'use client'

import { useRouter } from 'next/navigation'
import { Suspense, useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import { lazyPart } from '@/lib/client/lazy-part'
import type { BulkDocuments, DocumentsChanged, DocumentView } from '@/lib/domain/documents/schema'
import { Button } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'

const TagDialog = lazyPart(() => import('./tag-dialog').then(({ TagDialog }) => TagDialog))
const SessionDialog = lazyPart(() => import('./session-dialog').then(({ SessionDialog }) => SessionDialog))

/**
 * What became of many documents, as sentences: how many were changed, how many were so already, and for each reason how many were refused.
 * `done` is the participle, such as "deleted".
 */
export function toldInWords({ changed, unchanged, refused }: DocumentsChanged, done: string): string {
  const reasons = new Map<string, number>()
  for (const { message } of refused) reasons.set(message, (reasons.get(message) ?? 0) + 1)
  return [
    ...(changed.length > 0 || refused.length === 0 ? [`${countInWords(changed.length, 'document')} ${done}.`] : []),
    ...(unchanged.length > 0
      ? [`${String(unchanged.length)} ${unchanged.length === 1 ? 'was' : 'were'} so already.`]
      : []),
    ...[...reasons].map(
      ([message, count]) =>
        `${countInWords(count, 'document')} ${count === 1 ? 'was' : 'were'} not ${done}: ${message}`,
    ),
  ].join(' ')
}

export interface SelectionBarProps {
  selected: readonly DocumentView[]
  onClear: () => void
}

/** What can be done to all documents that are selected. What was refused stays selected. */
export function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const router = useRouter()
  const [asked, setAsked] = useState<'tags' | 'session' | null>(null)
  const [busy, setBusy] = useState(false)
  const ids = selected.map(({ id }) => id)
  const change = async (input: BulkDocuments, done: string) => {
    setBusy(true)
    const answer = await callApi<DocumentsChanged>({ method: 'POST', path: '/api/v1/documents/bulk', body: input })
    setBusy(false)
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return false
    }
    const { changed, refused } = answer.value
    const undo = () => void change({ action: 'restore', ids: changed }, 'brought back')
    showToast(toldInWords(answer.value, done), {
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
  if (selected.length === 0) return null
  return (
    <div
      role="region"
      aria-label="Selected documents"
      className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3.5 py-2.5 shadow-float print:hidden"
    >
      <span role="status" className="tabular me-1 font-medium">
        {countInWords(selected.length, 'document')} selected
      </span>
      <Button
        size="small"
        onClick={() => {
          setAsked('tags')
        }}
      >
        Tags …
      </Button>
      <Button
        size="small"
        onClick={() => {
          setAsked('session')
        }}
      >
        Add to a session …
      </Button>
      <Button size="small" busy={busy} onClick={() => void change({ action: 'delete', ids }, 'deleted')}>
        Delete
      </Button>
      <Button size="small" variant="quiet" onClick={onClear}>
        Clear
      </Button>
      <Suspense>
        {asked === 'tags' && (
          <TagDialog
            selected={selected}
            busy={busy}
            onClose={close}
            onChange={(tags) => {
              void change({ action: 'tag', ids, ...tags }, 'changed').then((isTold) => {
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
    </div>
  )
}
