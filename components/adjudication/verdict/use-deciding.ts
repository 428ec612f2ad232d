'use client'

import { useEffect, useRef, useState } from 'react'
import type { CallFailure } from '@/lib/client/api/call'
import type { ClaimView, VerdictInput } from '@/lib/domain/claims/schema'
import { inputOf, inputOfVerdict, startDraft, type Draft } from './draft'
import { putClaim } from '../queue/queue-state'
import type { ClaimQueue } from '../queue/use-claim-queue'
import type { Drafts } from './use-drafts'
import type { Sending } from '../screen/use-adjudication'
import { dissentWords, verdictName } from '../verdict-words'

/** A conflict: another adjudicator's earlier verdict, and the one that was to be sent. */
export interface Conflict {
  claimId: string
  mine: Draft
  theirs: ClaimView
}

interface Undo {
  claimId: string
  /** The verdict before; null when there was none. */
  before: VerdictInput | null
}

function currentOf({ current }: CallFailure): ClaimView | null {
  return isClaim(current) ? current : null
}

function isClaim(value: unknown): value is ClaimView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'votes' in value &&
    Array.isArray(value.votes)
  )
}

/** The outcome of a verdict that the server refused: a problem with it, or the verdict of another adjudicator. */
function useRefusals(setQueue: ClaimQueue['setQueue']) {
  const [problem, setProblem] = useState<{ claimId: string; message: string } | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const refuse = (answer: CallFailure, { id: claimId }: ClaimView, mine: Draft) => {
    const theirs = answer.status === 412 ? currentOf(answer) : null
    if (theirs === null) {
      setProblem({ claimId, message: answer.message })
      return
    }
    setQueue((now) => putClaim(now, theirs))
    setConflict({ claimId, mine, theirs })
  }
  return { problem, setProblem, conflict, setConflict, refuse }
}

/** Takes verdicts back: any verdict, or the last one given here, which `note` recorded. */
function useTakingBack(
  { queue, setQueue, go }: ClaimQueue,
  { begin }: Pick<Drafts, 'begin'>,
  { sendOrSay, say }: Sending,
) {
  const undos = useRef<Undo[]>([])
  const note = (undo: Undo) => {
    undos.current.push(undo)
  }
  const takeBack = async (of: ClaimView, before: VerdictInput | null) => {
    const open = await sendOrSay<ClaimView>(
      of.id,
      before === null
        ? { method: 'DELETE', what: '/verdict', ifMatch: of.version }
        : { method: 'PUT', what: '/verdict', body: before, ifMatch: of.version },
    )
    if (open === null) return
    setQueue((now) => putClaim(now, open))
    // The decision stays in the form, because a verdict is undone to decide again.
    if (of.verdict !== null) begin(open, { ...startDraft(of), base: open.version })
    go(of.id)
    say(before === null ? 'Taken back: the claim is open again.' : 'Undone: the earlier verdict applies again.')
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
  return { note, undo, takeBack }
}

/** Gives verdicts and takes them back. Of two adjudicators the second chooses. A verdict is shown as given once the server has it. */
export function useDeciding(queues: ClaimQueue, { draftOf, begin, forget, isReady }: Drafts, sending: Sending) {
  const { queue, setQueue, claim, goOn } = queues
  const { send, say, settle } = sending
  const { problem, setProblem, conflict, setConflict, refuse } = useRefusals(setQueue)
  const { note, undo, takeBack } = useTakingBack(queues, { begin }, sending)
  const begun = claim === null ? null : draftOf(claim)
  const draft = claim === null ? null : (begun ?? (claim.verdict === null ? startDraft(claim) : null))

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
      refuse(answer, of, what)
      return
    }
    const decided = answer.value
    forget(of.id)
    setProblem(null)
    setConflict(null)
    note({ claimId: of.id, before })
    const after = putClaim(queue, decided)
    setQueue((now) => putClaim(now, decided))
    const dissent = decided.verdict === null ? '' : dissentWords(decided.verdict)
    say(`Decided: ${verdictName(made.input.rating).toLowerCase()}.${dissent === '' ? '' : ` ${dissent}.`}`, {
      label: 'Undo',
      run: () => void undo(),
    })
    await goOn(of.id, after)
  }

  return {
    draft,
    problem: problem !== null && problem.claimId === claim?.id ? problem.message : null,
    conflict: conflict !== null && conflict.claimId === claim?.id ? conflict : null,
    decide,
    undo,
    takeBack: (of: ClaimView) => takeBack(of, null),
    change: (next: Draft) => {
      // Before the device has been read, a change would hide the draft stored there.
      if (claim === null || !isReady) return
      setProblem(null)
      begin(claim, next)
    },
    dropDraft: () => {
      if (claim === null) return
      setProblem(null)
      forget(claim.id)
    },
    keepTheirs: () => {
      if (conflict === null) return
      forget(conflict.claimId)
      setConflict(null)
      settle()
      void goOn(conflict.claimId, queue)
    },
    keepMine: () => {
      if (conflict === null) return
      const { theirs, mine } = conflict
      void decide({ claim: theirs, draft: { ...mine, base: theirs.version } })
    },
  }
}
