'use client'

import { useEffect, useState } from 'react'
import { maxBulkVerdicts, type BulkVerdictsView, type ClaimView } from '@/lib/domain/claims/schema'
import { callApi } from '@/lib/client/api/call'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { Dialog } from '@/components/ui/overlays/dialog'
import { Tag } from '@/components/ui/text/tag'
import { countInWords } from '@/components/ui/text/wording'
import { QuotedWords } from '@/components/text/quoted-words'
import type { ClaimPage } from './queue-state'

type Stage =
  | { kind: 'loading' }
  | { kind: 'preview'; claims: ClaimView[]; left: number }
  | { kind: 'confirming'; claims: ClaimView[]; left: number }
  | { kind: 'done'; result: BulkVerdictsView; claims: ClaimView[] }
  | { kind: 'failed'; message: string }

function isPlain({ may, votes }: ClaimView): boolean {
  return may.decide && votes.every(({ disputed, partial, missing }) => !disputed && !partial && missing === null)
}

async function findAgreed(sessionId: string, withSingle: boolean): Promise<Stage> {
  const claims: ClaimView[] = []
  let left = 0
  for (const agreement of withSingle ? ['unanimous', 'single'] : ['unanimous']) {
    let cursor: string | null = null
    do {
      const query: URLSearchParams = new URLSearchParams({
        state: 'open',
        agreement,
        limit: '200',
        ...(cursor === null ? {} : { cursor }),
      })
      const answer: Awaited<ReturnType<typeof callApi<ClaimPage>>> = await callApi<ClaimPage>({
        method: 'GET',
        path: `/api/v1/review-sessions/${sessionId}/claims?${query.toString()}`,
      })
      if (!answer.ok) return { kind: 'failed', message: answer.message }
      for (const claim of answer.value.items) {
        if (isPlain(claim) && claims.length < maxBulkVerdicts) claims.push(claim)
        else left += 1
      }
      cursor = answer.value.next
    } while (cursor !== null)
  }
  return { kind: 'preview', claims, left }
}

/** Finds the claims that can be confirmed together, and confirms them. */
function useConfirming({
  sessionId,
  memberId,
  withSingle,
  onConfirmed,
}: {
  sessionId: string
  memberId: string
  withSingle: boolean
  onConfirmed: (result: BulkVerdictsView) => void
}) {
  const [stage, setStage] = useState<Stage>({ kind: 'loading' })
  useEffect(() => {
    let isStale = false
    void findAgreed(sessionId, withSingle).then((found) => {
      if (!isStale) setStage(found)
    })
    return () => {
      isStale = true
    }
  }, [sessionId, withSingle])
  const confirm = async (claims: ClaimView[], left: number) => {
    setStage({ kind: 'confirming', claims, left })
    const answer = await callApi<BulkVerdictsView>({
      method: 'POST',
      path: `/api/v1/review-sessions/${sessionId}/verdicts/bulk`,
      body: { claims: claims.map(({ id, version }) => ({ id, version })) },
      asMember: memberId,
    })
    if (!answer.ok) {
      setStage({ kind: 'failed', message: answer.message })
      return
    }
    onConfirmed(answer.value)
    setStage({ kind: 'done', result: answer.value, claims })
  }
  return { stage, confirm }
}

/** Confirms all claims on which the reviewers agree: lists every one of them for review first, then the result. */
export function ConfirmDialog({
  sessionId,
  memberId,
  single,
  onConfirmed,
  onClose,
}: {
  sessionId: string
  memberId: string
  /** The number of open claims in documents read by one reviewer alone. Nobody could differ there, so they are confirmed only on request. */
  single: number
  onConfirmed: (result: BulkVerdictsView) => void
  onClose: () => void
}) {
  const [withSingle, setWithSingle] = useState(false)
  const { stage, confirm } = useConfirming({ sessionId, memberId, withSingle, onConfirmed })
  const shown = stage.kind === 'preview' || stage.kind === 'confirming' ? stage : null
  const count = shown?.claims.length ?? 0
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title="Confirm what the reviewers agree on"
      description="Each claim gets the rating they share, all their evidence, and their notes as its words."
      footer={
        shown !== null && count > 0 ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              data-autofocus
              busy={stage.kind === 'confirming'}
              onClick={() => void confirm(shown.claims, shown.left)}
            >
              Confirm {count} {count === 1 ? 'claim' : 'claims'}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        )
      }
    >
      {stage.kind === 'loading' && <p role="status">Loading the claims…</p>}
      {stage.kind === 'failed' && (
        <p role="alert" className="font-medium text-danger">
          {stage.message}
        </p>
      )}
      {shown !== null && (
        <>
          {single > 0 && (
            <Checkbox
              label={`Also ${countInWords(single, 'claim')} of documents that one reviewer alone read`}
              hint="With one reviewer nobody could disagree, so nobody has agreed either."
              checked={withSingle}
              onChange={(event) => {
                setWithSingle(event.currentTarget.checked)
              }}
            />
          )}
          <Preview claims={shown.claims} left={shown.left} />
        </>
      )}
      {stage.kind === 'done' && <Done result={stage.result} claims={stage.claims} />}
    </Dialog>
  )
}

/** The claims to review, and the number left out. */
function Preview({ claims, left }: { claims: readonly ClaimView[]; left: number }) {
  return (
    <>
      {claims.length === 0 && <p>No claims are left that can be confirmed together.</p>}
      <ul aria-label="To be confirmed" className="grid divide-y divide-line">
        {claims.map((claim) => (
          <li key={claim.id} className="grid gap-1 py-2.5">
            <span dir="auto" className="font-serif">
              <QuotedWords words={claim.exact} script={claim.script} />
            </span>
            <span className="flex flex-wrap items-center gap-2 text-sm text-ink-3">
              <Tag rating={claim.votes[0]?.rating}>
                {claim.votes[0] === undefined ? '' : ratingNames[claim.votes[0].rating]}
              </Tag>
              {claim.votes.length} of {claim.reviewers} · {claim.document.title}
            </span>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p className="text-sm text-ink-2">
          {left} more {left === 1 ? 'is' : 'are'} left out: flagged, without the evidence the rating needs, or one of
          the ratings is yours.
        </p>
      )}
    </>
  )
}

/** The confirmed claims, and the reason for each claim that was not confirmed. */
function Done({ result, claims }: { result: BulkVerdictsView; claims: readonly ClaimView[] }) {
  return (
    <>
      <p role="status">
        {result.confirmed.length} of {claims.length} confirmed.
      </p>
      {result.skipped.length > 0 && (
        <ul aria-label="Not confirmed" className="grid gap-2">
          {result.skipped.map(({ id, why }) => (
            <li key={id} className="grid gap-0.5">
              <span dir="auto" className="font-serif">
                {claims
                  .filter((claim) => claim.id === id)
                  .map((claim) => (
                    <QuotedWords key={id} words={claim.exact} script={claim.script} />
                  ))}
              </span>
              <span className="text-sm text-ink-2">{why}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
