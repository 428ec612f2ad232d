'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { Refusal } from '@/components/ui/controls/refusal'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { ProgressBar } from '@/components/ui/layout/progress'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { type BatchDeed, doWithBatch, readItems, readJob } from '@/lib/client/api/batches'
import {
  countItems,
  type JobItemState,
  jobItemStates,
  type JobItemView,
  type JobView,
  openItemStates,
} from '@/lib/domain/jobs/schema'
import { batchStateInWords, itemStateNames, outcomesInWords, textsInWords } from './batch-words'
import { ItemTable } from './item-table'

/** How often a running batch is read again, in ms, and how often while the page is hidden. */
const every = 1_000
const everyUnseen = 10_000
/** How many items are loaded at once. */
const pageSize = 200

interface ShownBatch {
  job: JobView
  items: JobItemView[]
  /** The cursor of the next items; null when all are shown. */
  next: string | null
}

/** Reads the items again from the first, as many as are shown now. */
async function readShown(
  id: string,
  state: JobItemState | undefined,
  count: number,
): Promise<Omit<ShownBatch, 'job'> | null> {
  const items: JobItemView[] = []
  let next: string | null = null
  do {
    const page = await readItems(id, { state, cursor: next ?? undefined, limit: pageSize })
    if (!page.ok) return null
    items.push(...page.value.items)
    next = page.value.next
  } while (next !== null && items.length < count)
  return { items, next }
}

/** The state of a batch as it runs, and the actions on it. `state` narrows the items. */
function useBatch(initial: ShownBatch, state: JobItemState | undefined) {
  const [shown, setShown] = useState(initial)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { job } = shown

  const take = async (now: JobView) => {
    if (now.updatedAt === shown.job.updatedAt && now.state === shown.job.state) return
    const items = await readShown(now.id, state, shown.items.length)
    setShown((before) => ({ ...before, ...items, job: now }))
  }
  const ask = useEffectEvent(async () => {
    const answer = await readJob(job.id)
    if (!answer.ok) setError(answer.status === 0 ? answer.message : null)
    else {
      setError(null)
      await take(answer.value)
    }
  })
  const isActive = job.state === 'active'
  useEffect(() => {
    if (!isActive) return
    let timer: ReturnType<typeof setTimeout>
    const next = () => {
      timer = setTimeout(() => void ask().finally(next), document.hidden ? everyUnseen : every)
    }
    next()
    return () => {
      clearTimeout(timer)
    }
  }, [isActive])

  /** Runs an action; false when it was refused, with the reason shown. */
  const act = async (deed: BatchDeed): Promise<boolean> => {
    setBusy(true)
    const answer = await doWithBatch(job.id, deed)
    setError(answer.ok ? null : answer.message)
    if (answer.ok) await take(answer.value)
    setBusy(false)
    return answer.ok
  }
  const showMore = async () => {
    setBusy(true)
    const page = await readItems(job.id, { state, cursor: shown.next ?? undefined, limit: pageSize })
    if (page.ok)
      setShown((before) => ({ ...before, items: [...before.items, ...page.value.items], next: page.value.next }))
    else setError(page.message)
    setBusy(false)
  }
  return { ...shown, busy, error, act, showMore }
}

/** A batch: its progress, the result of each text, and the actions on texts that failed or wait for a person. */
export function BatchScreen({ initial, state }: { initial: ShownBatch; state?: JobItemState | undefined }) {
  const { job, items, next, busy, error, act, showMore } = useBatch(initial, state)
  const [asksToCancel, setAsksToCancel] = useState(false)
  const open = countItems(job.counts, openItemStates)
  const mayUpdate = job.may.update
  const deed = (given: BatchDeed) => void act(given)
  return (
    <div className="grid gap-5">
      <section aria-label="How far it is" className="grid gap-2">
        <ProgressBar label="Texts processed" value={job.total - open} max={job.total} failed={job.counts.failed} />
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
        {job.state === 'active' && <p className="text-sm text-ink-3">The import continues when you leave this page.</p>}
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

/** Decides about all undecided texts at once. */
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

/** Links that narrow the list to texts in one state; states without texts are left out. */
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
