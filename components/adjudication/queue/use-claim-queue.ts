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

/** Updates the address, so that a reload returns to the same claim. Next must not notice it: it would load the page anew. */
function showInAddress(id: string): void {
  const address = new URL(window.location.href)
  address.searchParams.set('claim', id)
  window.history.replaceState(window.history.state, '', address)
}

/** The claims of the page, the current one, and steps from one to the next, also beyond the loaded ones. */
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
  // The first claim is now chosen explicitly, so that it stays on the screen when someone else decides it.
  if (!isThere && firstId !== null) setChosen(firstId)

  const go = useCallback((id: string | null) => {
    if (id !== null) setChosen(id)
  }, [])

  // Also when the data changes: a refresh of the page restores the address that it came with.
  useEffect(() => {
    if (chosenId !== null) showInAddress(chosenId)
  }, [data, chosenId])

  /**
   * Appends the next page.
   * @returns the longer queue; null when there is no next page, or it could not be loaded
   */
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

  /** Goes to the next claim to decide, also on a page that is not loaded yet. */
  const goOn = async (from: string, now: Queue) => {
    const here = nextOpen(now, from)
    if (here !== null || now.next === null) {
      go(here ?? from)
      return
    }
    const wider = await loadMore()
    go(wider === null ? from : (nextOpen(wider, from) ?? from))
  }

  /** Removes those of the given claims that no longer exist from the queue. */
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

/** The result of `useClaimQueue`. */
export type ClaimQueue = ReturnType<typeof useClaimQueue>
