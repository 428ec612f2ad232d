'use client'

import { callApi } from '@/lib/client/api/call'
import type { BulkVerdictsView, ClaimView } from '@/lib/domain/claims/schema'
import { dropClaim, putClaim } from '@/components/adjudication/queue/queue-state'
import type { AdjudicationData } from './page-data'
import { useClaimQueue, type ClaimQueue } from '../queue/use-claim-queue'
import { useDeciding } from '../verdict/use-deciding'
import { useDrafts, type Drafts } from '../verdict/use-drafts'
import { useSending, type Sending } from './use-sending'

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

/** Splitting and merging claims, and taking in what was confirmed in bulk. What was begun on a claim that is another now is dropped. */
function useRegrouping({ queue, setQueue, claim, go }: ClaimQueue, { forget }: Drafts, sending: Sending) {
  const { sendOrSay, say } = sending

  const merge = async (into: ClaimView, other: ClaimView) => {
    const merged = await sendOrSay<ClaimView>(into.id, {
      method: 'POST',
      what: '/merge',
      concerns: [into.id, other.id],
      body: { claimId: other.id, version: other.version },
      ifMatch: into.version,
    })
    if (merged === null) return
    forget(into.id)
    forget(other.id)
    setQueue((now) => putClaim(dropClaim(now, other.id), merged))
    go(into.id)
    say('Merged: the ratings of both are one claim now.')
  }

  const split = async (mask: string) => {
    if (claim === null) return
    const both = await sendOrSay<{ claim: ClaimView; apart: ClaimView }>(claim.id, {
      method: 'POST',
      what: '/split',
      body: { apart: [mask] },
      ifMatch: claim.version,
    })
    if (both === null) return
    const { claim: rest, apart } = both
    forget(claim.id)
    setQueue((now) => putClaim(putClaim(now, rest), apart, rest.id))
    say('Split: that rating is a claim of its own now.', {
      label: 'Undo',
      run: () => void merge(rest, apart),
    })
  }

  const confirmed = async ({ confirmed: done, counts }: BulkVerdictsView) => {
    for (const { id } of done) forget(id)
    const answers = await Promise.all(
      done
        .filter(({ id }) => queue.claims.has(id))
        .map(({ id }) => callApi<ClaimView>({ method: 'GET', path: `/api/v1/claims/${id}` })),
    )
    setQueue((now) => ({
      ...answers.reduce((before, answer) => (answer.ok ? putClaim(before, answer.value) : before), now),
      counts,
    }))
  }

  return { merge, split, confirmed }
}
