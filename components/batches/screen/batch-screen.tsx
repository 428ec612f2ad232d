'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { Refusal } from '@/components/ui/controls/refusal'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { ProgressBar } from '@/components/ui/layout/progress'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { BatchDeed } from '@/lib/client/api/batches'
import { countItems, jobItemStates, openItemStates, type JobItemState } from '@/lib/domain/jobs/schema'
import { batchStateInWords, itemStateNames, outcomesInWords, textsInWords } from '../batch-words'
import { ItemTable } from './item-table'
import { useBatch, type ShownBatch } from './use-batch'

/** A batch: how far it is, what became of each text, and what can be done about those that failed or wait for a person. */
export function BatchScreen({ initial, state }: { initial: ShownBatch; state?: JobItemState | undefined }) {
  const { job, items, next, busy, error, act, showMore } = useBatch(initial, state)
  const [asksToCancel, setAsksToCancel] = useState(false)
  const open = countItems(job.counts, openItemStates)
  const mayUpdate = job.may.update
  const deed = (given: BatchDeed) => void act(given)
  return (
    <div className="grid gap-5">
      <section aria-label="How far it is" className="grid gap-2">
        <ProgressBar label="Texts worked through" value={job.total - open} max={job.total} failed={job.counts.failed} />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p role="status" className="tabular text-ink-2">
            <strong className="font-semibold text-ink">{batchStateInWords(job)}</strong>: {outcomesInWords(job)}.
            {job.awaitsMore && ' More files are on their way.'}
          </p>
          {mayUpdate && (
            <div className="flex flex-wrap gap-2 print:hidden">
              {job.counts.failed > 0 && (
                <Button
                  size="small"
                  busy={busy}
                  onClick={() => {
                    deed({ kind: 'retry' })
                  }}
                >
                  Try {numberInWords(job.counts.failed)} again
                </Button>
              )}
              {job.state === 'active' && (
                <Button
                  size="small"
                  onClick={() => {
                    setAsksToCancel(true)
                  }}
                >
                  Cancel the rest
                </Button>
              )}
            </div>
          )}
        </div>
        {job.state === 'active' && <p className="text-sm text-ink-3">It goes on when you leave this page.</p>}
        <Refusal>{error}</Refusal>
      </section>
      {mayUpdate && job.counts.undecided > 1 && <Undecided count={job.counts.undecided} busy={busy} onDeed={deed} />}
      <Filters id={job.id} counts={job.counts} total={job.total} state={state} />
      {items.length === 0 ? (
        <EmptyState title="None here">
          <Link href={`/documents/batches/${job.id}`} className="text-accent underline">
            Show all texts
          </Link>
        </EmptyState>
      ) : (
        <ItemTable items={items} mayUpdate={mayUpdate} busy={busy} onDeed={deed} />
      )}
      {next !== null && (
        <ShowMore
          shown={items.length}
          total={state === undefined ? job.total : job.counts[state]}
          busy={busy}
          onMore={() => void showMore()}
        />
      )}
      <AlertDialog
        open={asksToCancel}
        title="Cancel the rest?"
        description={`${textsInWords(open)} will not be imported. What is imported stays.`}
        confirmLabel="Cancel the rest"
        onConfirm={() => {
          setAsksToCancel(false)
          deed({ kind: 'cancel' })
        }}
        onCancel={() => {
          setAsksToCancel(false)
        }}
      />
    </div>
  )
}

/** What becomes of all texts that wait for a decision at once. */
function Undecided({ count, busy, onDeed }: { count: number; busy: boolean; onDeed: (deed: BatchDeed) => void }) {
  const choices = [
    ['Make them revisions', 'revise'],
    ['Import them by themselves', 'import'],
    ['Skip them', 'skip'],
  ] as const
  return (
    <section
      aria-label="Texts to decide"
      className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-line-strong bg-sunken px-3 py-2.5 print:hidden"
    >
      <p>{countInWords(count, 'text')} are much like documents that are here.</p>
      <div className="flex flex-wrap gap-2">
        {choices.map(([label, decision]) => (
          <Button
            key={decision}
            size="small"
            disabled={busy}
            onClick={() => {
              onDeed({ kind: 'decide', decision })
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </section>
  )
}

/** Links that narrow the list to texts in one state; states that no text is in are left out. */
function Filters({
  id,
  counts,
  total,
  state,
}: {
  id: string
  counts: Record<JobItemState, number>
  total: number
  state: JobItemState | undefined
}) {
  const path = `/documents/batches/${id}`
  const choices = [
    { value: undefined, label: 'All', count: total },
    ...jobItemStates
      .filter((value) => counts[value] > 0 || value === state)
      .map((value) => ({ value, label: itemStateNames[value], count: counts[value] })),
  ]
  return (
    <nav aria-label="Which texts" className="flex flex-wrap gap-1 print:hidden">
      {choices.map(({ value, label, count }) => (
        <Link
          key={label}
          href={value === undefined ? path : `${path}?show=${value}`}
          aria-current={value === state ? 'page' : undefined}
          className="tabular rounded-md px-2.5 py-1 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
        >
          {label} {numberInWords(count)}
        </Link>
      ))}
    </nav>
  )
}
