'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { BulkVerdictsView, ClaimView, VerdictInput } from '@/lib/domain/claims/schema'
import { callApi, type CallFailure, type CallResult } from '@/lib/client/api/call'
import { dismissToast, showToast } from '@/components/ui/toast-store'
import { inputOf, inputOfVerdict, startDraft, type Draft } from './draft'
import type { AdjudicationData } from './page-data'
import {
  dropClaim,
  extendQueue,
  neighbourOf,
  nextOpen,
  putClaim,
  refreshQueue,
  startQueue,
  type ClaimPage,
  type Queue,
} from './queue-state'
import { useDrafts } from './use-drafts'
import { dissentWords, verdictName } from './verdict-words'

/** Another adjudicator was first: what they decided, and what was to be sent. */
export interface Conflict {
  claimId: string
  mine: Draft
  theirs: ClaimView
}

/** Where saving stands, for the line that says so. */
export type Saving = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved' } | { kind: 'failed'; message: string }

interface Undo {
  claimId: string
  /** What stood before; null when nothing did. */
  before: VerdictInput | null
}

function currentOf({ current }: CallFailure): ClaimView | null {
  const claim = current as Partial<ClaimView> | null | undefined
  return typeof claim === 'object' && claim !== null && typeof claim.id === 'string' && Array.isArray(claim.votes)
    ? (claim as ClaimView)
    : null
}

function pageOf({ claims, next, counts }: AdjudicationData): ClaimPage {
  return { items: claims, next, counts }
}

/** Everything the adjudication screen knows and can do. A verdict is shown as given once the server has it. */
export function useAdjudication(data: AdjudicationData) {
  const key = JSON.stringify(data.filter)
  const [queue, setQueue] = useState<Queue>(() => startQueue(key, pageOf(data)))
  const [seen, setSeen] = useState(data)
  const [chosenId, setChosen] = useState<string | null>(data.claimId)
  const { drafts, keep } = useDrafts(`${data.me.id} ${data.session.id}`, queue.claims)
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' })
  const [problem, setProblem] = useState<{ claimId: string; message: string } | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const undos = useRef<Undo[]>([])
  const toast = useRef<number | null>(null)
  const busy = useRef(false)

  if (seen !== data) {
    setSeen(data)
    setQueue(refreshQueue(queue, key, pageOf(data)))
  }
  const firstId = nextOpen(queue, null) ?? queue.order[0] ?? null
  const currentId = chosenId !== null && queue.claims.has(chosenId) ? chosenId : firstId
  const claim = currentId === null ? null : (queue.claims.get(currentId) ?? null)
  const stored = claim === null ? undefined : drafts.get(claim.id)
  const draft = claim === null ? null : (stored ?? (claim.verdict === null ? startDraft(claim) : null))
  const asMember = data.me.id

  const go = useCallback((id: string | null) => {
    if (id === null) return
    setChosen(id)
    setProblem(null)
    // The address follows, so that a reload comes back to the same claim.
    const address = new URL(window.location.href)
    address.searchParams.set('claim', id)
    window.history.replaceState(window.history.state, '', address)
  }, [])

  const setDraft = (id: string, next: Draft | null) => {
    setProblem(null)
    keep(id, next)
  }

  const loadMore = async () => {
    if (queue.next === null || busy.current) return null
    const query = new URLSearchParams({ ...data.filter, cursor: queue.next, limit: '60' })
    const answer = await callApi<ClaimPage>({
      method: 'GET',
      path: `/api/v1/review-sessions/${data.session.id}/claims?${query.toString()}`,
    })
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return null
    }
    const extended = extendQueue(queue, answer.value)
    setQueue((now) => extendQueue(now, answer.value))
    return extended
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

  const say = (message: string, action?: { label: string; run: () => void }) => {
    if (toast.current !== null) dismissToast(toast.current)
    toast.current = showToast(message, action === undefined ? {} : { action })
  }

  /** Sends one change of one claim. The failure is shown; a claim that is gone leaves the queue. */
  const send = async <T>(
    id: string,
    request: { method: 'PUT' | 'POST' | 'DELETE'; what: string; body?: unknown; ifMatch: number },
  ): Promise<CallResult<T> | null> => {
    if (busy.current) return null
    busy.current = true
    setSaving({ kind: 'saving' })
    const { what, ...rest } = request
    const answer = await callApi<T>({ ...rest, path: `/api/v1/claims/${id}${what}`, asMember })
    busy.current = false
    if (answer.ok) {
      setSaving({ kind: 'saved' })
      return answer
    }
    setSaving({ kind: 'failed', message: answer.message })
    if (answer.status === 404) setQueue((now) => dropClaim(now, id))
    return answer
  }

  const decide = async (given?: { claim: ClaimView; draft: Draft }) => {
    const of = given?.claim ?? claim
    const what = given?.draft ?? draft
    if (of === null || what === null) return
    const made = inputOf(what)
    if ('missing' in made) {
      setProblem({ claimId: of.id, message: made.missing })
      return
    }
    const before = of.verdict === null ? null : inputOfVerdict(of.verdict)
    const answer = await send<ClaimView>(of.id, {
      method: 'PUT',
      what: '/verdict',
      body: made.input,
      ifMatch: what.base,
    })
    if (answer === null) return
    if (!answer.ok) {
      const theirs = answer.status === 412 ? currentOf(answer) : null
      if (theirs === null) setProblem({ claimId: of.id, message: answer.message })
      else {
        setQueue((now) => putClaim(now, theirs))
        setConflict({ claimId: of.id, mine: what, theirs })
      }
      return
    }
    const decided = answer.value
    setDraft(of.id, null)
    setConflict(null)
    undos.current.push({ claimId: of.id, before })
    const after = putClaim(queue, decided)
    setQueue((now) => putClaim(now, decided))
    const dissent = decided.verdict === null ? '' : dissentWords(decided.verdict)
    say(`Decided: ${verdictName(made.input.rating).toLowerCase()}.${dissent === '' ? '' : ` ${dissent}.`}`, {
      label: 'Undo',
      run: () => void undo(),
    })
    await goOn(of.id, after)
  }

  const takeBack = async (of: ClaimView, before: VerdictInput | null) => {
    const answer = await send<ClaimView>(
      of.id,
      before === null
        ? { method: 'DELETE', what: '/verdict', ifMatch: of.version }
        : { method: 'PUT', what: '/verdict', body: before, ifMatch: of.version },
    )
    if (answer === null) return
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    setQueue((now) => putClaim(now, answer.value))
    // What was decided stays in the form: undoing is for deciding again.
    setDraft(of.id, of.verdict === null ? null : { ...startDraft(of), base: answer.value.version })
    go(of.id)
    say(before === null ? 'Taken back: the claim is open again.' : 'Undone: the verdict before stands again.')
  }

  const latest = useRef(queue)
  useEffect(() => {
    latest.current = queue
  }, [queue])
  const undo = async () => {
    const last = undos.current.pop()
    const of = last === undefined ? undefined : latest.current.claims.get(last.claimId)
    if (last === undefined || of === undefined || of.verdict === null) {
      say('There is nothing to undo.')
      return
    }
    await takeBack(of, last.before)
  }

  const split = async (mask: string) => {
    if (claim === null) return
    const answer = await send<{ claim: ClaimView; apart: ClaimView }>(claim.id, {
      method: 'POST',
      what: '/split',
      body: { apart: [mask] },
      ifMatch: claim.version,
    })
    if (answer === null) return
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    const { claim: rest, apart } = answer.value
    setDraft(claim.id, null)
    setQueue((now) => putClaim(putClaim(now, rest), apart, rest.id))
    say('Split: that rating is a claim of its own now.', {
      label: 'Undo',
      run: () => void merge(rest, apart),
    })
  }

  const merge = async (into: ClaimView, other: ClaimView) => {
    const answer = await send<ClaimView>(into.id, {
      method: 'POST',
      what: '/merge',
      body: { claimId: other.id, version: other.version },
      ifMatch: into.version,
    })
    if (answer === null) return
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    setDraft(into.id, null)
    setDraft(other.id, null)
    setQueue((now) => putClaim(dropClaim(now, other.id), answer.value))
    go(into.id)
    say('Merged: the ratings of both are one claim now.')
  }

  const confirmed = async ({ confirmed: done, counts }: BulkVerdictsView) => {
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

  return {
    queue,
    claim,
    draft,
    saving,
    problem: problem !== null && problem.claimId === claim?.id ? problem.message : null,
    conflict: conflict !== null && conflict.claimId === claim?.id ? conflict : null,
    go,
    move,
    loadMore,
    decide,
    undo,
    split,
    merge,
    confirmed,
    takeBack: (of: ClaimView) => takeBack(of, null),
    change: (next: Draft) => {
      if (claim !== null) setDraft(claim.id, next)
    },
    dropDraft: () => {
      if (claim !== null) setDraft(claim.id, null)
    },
    goOnFrom: (id: string) => goOn(id, queue),
    keepTheirs: () => {
      if (conflict === null) return
      setDraft(conflict.claimId, null)
      setConflict(null)
      setSaving({ kind: 'idle' })
      void goOn(conflict.claimId, queue)
    },
    keepMine: () => {
      if (conflict === null) return
      const { theirs, mine } = conflict
      void decide({ claim: theirs, draft: { ...mine, base: theirs.version } })
    },
  }
}

/** What `useAdjudication` gives. */
export type Adjudication = ReturnType<typeof useAdjudication>
