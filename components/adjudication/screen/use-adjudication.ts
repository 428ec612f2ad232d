'use client'

import { callApi, type CallResult } from '@/lib/client/api/call'
import type { BulkVerdictsView, ClaimView, ClaimCounts } from '@/lib/domain/claims/schema'
import { dropClaim, putClaim } from '@/components/adjudication/queue/queue-state'
import { useClaimQueue, type ClaimQueue } from '../queue/use-claim-queue'
import { useDeciding } from '../verdict/use-deciding'
import { useDrafts, type Drafts } from '../verdict/use-drafts'
import { type ReactNode, useRef, useState } from 'react'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { dismissToast, showToast } from '@/components/ui/overlays/toast-store'

/** The filters of the list, from the address. */
export interface AdjudicationFilter {
  state?: string
  agreement?: string
  document?: string
  rating?: string
}

/** The data that the adjudication screen starts from. */
export interface AdjudicationData {
  session: { id: string; name: string; guidelines: ReactNode; state: SessionState }
  adjudicates: boolean
  /** Whether the person is a lead, and so may close this session. */
  leads: boolean
  adjudicateOwn: boolean
  documents: { id: string; title: string }[]
  claims: ClaimView[]
  next: string | null
  counts: ClaimCounts
  /** The number of comments on each claim, by its id. */
  comments: Readonly<Record<string, number>>
  /** The members who can read these claims now, and can be mentioned in a discussion. */
  circle: readonly { id: string; name: string }[]
  mayDiscuss: boolean
  filter: AdjudicationFilter
  /** The claim to begin with, where the address names one. */
  claimId: string | null
  me: { id: string }
}

/** The state and actions of the adjudication screen. */
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

/** The result of `useAdjudication`. */
export type Adjudication = ReturnType<typeof useAdjudication>

/** Splits and merges claims, and takes in the results of bulk confirmation. A draft on a claim that was changed so is dropped. */
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

/** The state of saving, for the line that shows it. */
type Saving = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved' } | { kind: 'failed'; message: string }

/** A change of one claim. `what` is the rest of the path after the claim's id. */
interface ClaimChange {
  method: 'PUT' | 'POST' | 'DELETE'
  what: string
  /** The claims that must exist for the change, where there are more than the one. */
  concerns?: readonly string[]
  body?: unknown
  ifMatch: number
}

/** Sends changes of claims, one at a time, and shows their outcome. */
function useSending({ asMember, onMissing }: { asMember: string; onMissing: (claimIds: readonly string[]) => void }) {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' })
  const isBusy = useRef(false)
  const toast = useRef<number | null>(null)

  /** Returns null without sending while another change is on its way. After a 404, `onMissing` gets the claims that may be missing. */
  const send = async <T>(
    id: string,
    { what, concerns = [id], ...change }: ClaimChange,
  ): Promise<CallResult<T> | null> => {
    if (isBusy.current) return null
    isBusy.current = true
    setSaving({ kind: 'saving' })
    const answer = await callApi<T>({ ...change, path: `/api/v1/claims/${id}${what}`, asMember })
    isBusy.current = false
    setSaving(answer.ok ? { kind: 'saved' } : { kind: 'failed', message: answer.message })
    if (!answer.ok && answer.status === 404) onMissing(concerns)
    return answer
  }

  /** Like `send`, but shows a failure as a note and returns the value alone. */
  const sendOrSay = async <T>(id: string, change: ClaimChange): Promise<T | null> => {
    const answer = await send<T>(id, change)
    if (answer?.ok === false) showToast(answer.message, { tone: 'problem' })
    return answer?.ok === true ? answer.value : null
  }

  /** Shows a note in place of the previous one. */
  const say = (message: string, action?: { label: string; run: () => void }) => {
    if (toast.current !== null) dismissToast(toast.current)
    toast.current = showToast(message, action === undefined ? {} : { action })
  }

  return {
    saving,
    send,
    sendOrSay,
    say,
    settle: () => {
      setSaving({ kind: 'idle' })
    },
  }
}

/** The result of `useSending`. */
export type Sending = ReturnType<typeof useSending>
