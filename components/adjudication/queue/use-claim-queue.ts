'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { AdjudicationData } from '../screen/use-adjudication'
import {
  dropClaim,
  extendQueue,
  neighbourOf,
  nextOpen,
  refreshQueue,
  startQueue,
  type ClaimPage,
  type Queue,
} from './queue-state'

function pageOf({ claims, next, counts }: AdjudicationData): ClaimPage {
  return { items: claims, next, counts }
}

/** The address follows, so that a reload comes back to the same claim. Next must not take note of it: it would begin the page anew. */
function showInAddress(id: string): void {
  const address = new URL(window.location.href)
  address.searchParams.set('claim', id)
  window.history.replaceState(window.history.state, '', address)
}

/** The claims of the page, which of them is looked at, and going from one to the next, over the end of what is loaded. */
export function useClaimQueue(data: AdjudicationData) {
  const key = JSON.stringify(data.filter)
  const [queue, setQueue] = useState<Queue>(() => startQueue(key, pageOf(data)))
  const [seen, setSeen] = useState(data)
  const [chosenId, setChosen] = useState<string | null>(data.claimId)
  const isLoading = useRef(false)

  if (seen !== data) {
    setSeen(data)
    setQueue(refreshQueue(queue, key, pageOf(data)))
  }
  const firstId = nextOpen(queue, null) ?? queue.order[0] ?? null
  const isThere = chosenId !== null && queue.claims.has(chosenId)
  const currentId = isThere ? chosenId : firstId
  // Held from now on: when someone else decides it, it stays before the reader.
  if (!isThere && firstId !== null) setChosen(firstId)

  const go = useCallback((id: string | null) => {
    if (id !== null) setChosen(id)
  }, [])

  // Also with new data, because a refresh of the page puts back the address that it came with.
  useEffect(() => {
    if (chosenId !== null) showInAddress(chosenId)
  }, [data, chosenId])

  /** Adds the next page and answers the longer queue; null when there is none, or it could not be had. */
  const loadMore = async (): Promise<Queue | null> => {
    if (queue.next === null || isLoading.current) return null
    isLoading.current = true
    const query = new URLSearchParams({ ...data.filter, cursor: queue.next, limit: '60' })
    const answer = await callApi<ClaimPage>({
      method: 'GET',
      path: `/api/v1/review-sessions/${data.session.id}/claims?${query.toString()}`,
    })
    isLoading.current = false
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return null
    }
    setQueue((now) => extendQueue(now, answer.value))
    return extendQueue(queue, answer.value)
  }

  const move = async (step: 1 | -1) => {
    const isAtEnd = step === 1 && currentId === queue.order.at(-1)
    const wider = isAtEnd ? await loadMore() : null
    go(neighbourOf(wider ?? queue, currentId, step))
  }

  /** Goes on to what is to be decided next, also on a page that is not loaded yet. */
  const goOn = async (from: string, now: Queue) => {
    const here = nextOpen(now, from)
    if (here !== null || now.next === null) {
      go(here ?? from)
      return
    }
    const wider = await loadMore()
    go(wider === null ? from : (nextOpen(wider, from) ?? from))
  }

  /** Takes those of some claims out of the queue that are no more. */
  const dropMissing = async (ids: readonly string[]) => {
    for (const id of ids) {
      const answer = await callApi<ClaimView>({ method: 'GET', path: `/api/v1/claims/${id}` })
      if (!answer.ok && answer.status === 404) setQueue((now) => dropClaim(now, id))
    }
  }

  return {
    queue,
    setQueue,
    dropMissing,
    claim: currentId === null ? null : (queue.claims.get(currentId) ?? null),
    go,
    move,
    goOn,
    loadMore,
  }
}

/** What `useClaimQueue` gives. */
export type ClaimQueue = ReturnType<typeof useClaimQueue>
