'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { doWithBatch, readItems, readJob, type BatchDeed } from '@/lib/client/api/batches'
import type { JobItemState, JobItemView, JobView } from '@/lib/domain/jobs/schema'

/** How often a batch that is being done is asked for, in ms: also where nobody looks at the page, less often. */
const every = 1_000
const everyUnseen = 10_000
/** How many items are shown at once. */
const pageSize = 200

export interface ShownBatch {
  job: JobView
  items: JobItemView[]
  /** Where the next items begin; null when all are shown. */
  next: string | null
}

/** The items from the first on, as many as are shown now. */
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

/** A batch as it goes on, and what can be done with it. `state` narrows the items. */
export function useBatch(initial: ShownBatch, state: JobItemState | undefined) {
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

  /** Does something; false when it was refused, with the reason shown. */
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
