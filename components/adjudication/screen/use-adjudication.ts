'use client'

import type { AdjudicationData } from './page-data'
import { useClaimQueue } from '../queue/use-claim-queue'
import { useDeciding } from '../verdict/use-deciding'
import { useDrafts } from '../verdict/use-drafts'
import { useRegrouping } from '../claim/use-regrouping'
import { useSending } from './use-sending'

/** Everything the adjudication screen knows and can do. */
export function useAdjudication(data: AdjudicationData) {
  const claims = useClaimQueue(data)
  const { queue, claim, goOn, go, move, loadMore } = claims
  const drafts = useDrafts({ memberId: data.me.id, sessionId: data.session.id })
  const sending = useSending({
    asMember: data.me.id,
    onMissing: (ids) => void claims.dropMissing(ids),
  })
  return {
    queue,
    claim,
    go,
    move,
    loadMore,
    goOnFrom: (id: string) => goOn(id, queue),
    saving: sending.saving,
    isReady: drafts.isReady,
    placeOf: drafts.placeOf,
    ...useDeciding(claims, drafts, sending),
    ...useRegrouping(claims, drafts, sending),
  }
}

/** What `useAdjudication` gives. */
export type Adjudication = ReturnType<typeof useAdjudication>
