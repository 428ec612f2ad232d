import { uuidv7 } from 'uuidv7'
import { continueCitations } from '@/lib/domain/annotations/continue-citations'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { isSameJson } from '@/lib/domain/audit/changes'
import { confirmClaim } from '@/lib/domain/claims/confirm'
import type { BulkVerdictsInput, BulkVerdictsView, ClaimView, VerdictInput } from '@/lib/domain/claims/schema'
import { agreementOf, holdsOnVotes, verdictProblems, type VerdictReasonCode } from '@/lib/domain/claims/verdict'
import { DomainError } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { prepareCitations } from '../annotations/citations'
import type { Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { assertMaySettle, readClaimAccess, type ClaimAccess } from '../visibility/claims'
import { lockSession } from '../visibility/sessions'
import { countClaims, findClaim, findClaims, holdClaim } from './data'
import { keptVotes, obstacleOf, presentClaim } from './present'
import type { ClaimRow, VerdictRow } from './rows'

type Deciding = Permit<'verdict.decide'>

/** A verdict that passed its checks; all its references exist. */
interface CheckedVerdict {
  rating: Rating | null
  disputed: boolean
  partial: boolean
  reason: VerdictReasonCode
  words: string
  citations: readonly { referenceId: string; stance: Stance; quote: string; locator: string }[]
  inBulk: boolean
}

/** A verdict as the audit trail stores it: without the votes, which name reviewers. */
function recordedVerdict(row: VerdictRow): Record<string, unknown> {
  const { rating, disputed, partial, reason, words, inBulk, deciderId } = row
  const citations = row.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return { rating, disputed, partial, reason, words, citations, inBulk, deciderId }
}

/**
 * Stores a verdict on a claim that is at its row's version, replacing the earlier one, with the current votes, and records the event. Citations it
 * had before keep their ids, because undoing a merge of references finds them by these.
 * @returns false when the claim changed since its row was read; then nothing is stored.
 */
async function storeVerdict(
  { tx, now, record }: WriteContext,
  permit: Permit,
  { row, verdict }: { row: ClaimRow; verdict: CheckedVerdict },
): Promise<boolean> {
  const { workspaceId, actor } = permit
  // Done first, because only one of two adjudicators can succeed here.
  const { count } = await tx.claim.updateMany({
    where: { id: row.id, workspaceId, version: row.version, deletedAt: null },
    data: { version: { increment: 1 }, updatedAt: now },
  })
  if (count === 0) return false
  const { citations, ...content } = verdict
  const data = {
    ...content,
    deciderId: actor.memberId,
    votes: keptVotes(row),
    ownAnnotation: row.votes.some(({ authorId }) => authorId === actor.memberId),
    updatedAt: now,
  }
  const verdictId = row.verdict?.id ?? uuidv7()
  if (row.verdict === null) {
    await tx.verdict.create({
      data: { ...data, id: verdictId, workspaceId, claimId: row.id, createdAt: now },
      select: { id: true },
    })
  } else {
    await tx.verdictCitation.deleteMany({ where: { verdictId, workspaceId } })
    await tx.verdict.updateMany({
      where: { id: verdictId, workspaceId },
      data: { ...data, version: { increment: 1 } },
    })
  }
  const before = row.verdict?.citations.map(({ reference, ...rest }) => ({ ...rest, referenceId: reference.id })) ?? []
  const ids = continueCitations(before, citations)
  await tx.verdictCitation.createMany({
    data: citations.map((citation, position) => ({
      ...citation,
      id: ids[position] ?? uuidv7(),
      workspaceId,
      verdictId,
      position,
    })),
  })
  record({
    type: row.verdict === null ? 'verdict.decided' : 'verdict.changed',
    subjectId: row.id,
    documentId: row.documentId,
    sessionId: row.sessionId,
    data: {
      ...(row.verdict === null ? {} : { before: recordedVerdict(row.verdict) }),
      after: { ...content, citations, deciderId: actor.memberId },
    },
  })
  return true
}

async function claimToSettle(
  tx: Transaction,
  permit: Deciding,
  id: string,
): Promise<{ row: ClaimRow; access: ClaimAccess }> {
  const found = await holdClaim(tx, permit, id)
  assertMaySettle(found.access)
  const obstacle = obstacleOf(found.row, found.access, permit.actor.memberId)
  if (obstacle !== null) throw new DomainError('forbidden', obstacle)
  return found
}

async function currentClaim(tx: Transaction, permit: Deciding, id: string): Promise<ClaimView> {
  const { row, access } = await findClaim(tx, permit, id)
  return presentClaim(row, permit, access)
}

function saysSame(stored: VerdictRow, input: VerdictInput): boolean {
  const { rating, disputed, partial, reason, words } = stored
  const citations = stored.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return isSameJson({ rating, disputed, partial, reason, words, citations }, input)
}

/**
 * Decides a claim that is at `version`, or changes its verdict. The same verdict by the same member changes nothing, so a repeated request is safe.
 * @throws DomainError `not-found`; `forbidden` for someone who does not adjudicate in the session, or rated the claim where the protocol keeps people
 * from settling their own; `conflict` in another state than adjudication; `invalid` when reason or evidence do not fit the rating; `version-mismatch`
 * with the stored claim, its verdict included, when someone else was first.
 */
export async function decideVerdict(
  permit: Deciding,
  { claimId, version, input }: { claimId: string; version: number; input: VerdictInput },
): Promise<ClaimView> {
  const cited = await prepareCitations(permit, { sent: input.citations, before: [] })
  return write(permit, async (context) => {
    const { tx } = context
    const { row, access } = await claimToSettle(tx, permit, claimId)
    const fields = verdictProblems(input, access.protocol)
    if (!holdsOnVotes(input.reason, input.rating, keptVotes(row)))
      fields.push({ path: 'reason', message: 'The reviewers did not rate it so. Give another reason.' })
    const [first] = fields
    if (first !== undefined) throw new DomainError('invalid', first.message, { fields })
    if (row.verdict?.deciderId === permit.actor.memberId && saysSame(row.verdict, input))
      return presentClaim(row, permit, access)
    const citations = cited.map(({ reference, stance, quote, locator }) => ({
      referenceId: reference.id,
      stance,
      quote,
      locator,
    }))
    const stored =
      row.version === version &&
      (await storeVerdict(context, permit, { row, verdict: { ...input, citations, inBulk: false } }))
    const current = await currentClaim(tx, permit, claimId)
    if (!stored) throw versionMismatch('claim', { expected: version, current })
    return current
  })
}

/**
 * Withdraws the verdict of a claim that is at `version`: the claim is open again, and the audit trail keeps the verdict. A claim without a verdict is
 * returned as it is.
 * @throws DomainError as `decideVerdict`.
 */
export async function withdrawVerdict(
  permit: Deciding,
  { claimId, version }: { claimId: string; version: number },
): Promise<ClaimView> {
  return write(permit, async ({ tx, now, record }) => {
    const { row, access } = await claimToSettle(tx, permit, claimId)
    const { verdict } = row
    if (verdict === null) return presentClaim(row, permit, access)
    const { count } = await tx.claim.updateMany({
      where: { id: claimId, workspaceId: permit.workspaceId, version, deletedAt: null },
      data: { version: { increment: 1 }, updatedAt: now },
    })
    if (count === 0)
      throw versionMismatch('claim', { expected: version, current: await currentClaim(tx, permit, claimId) })
    const where = { workspaceId: permit.workspaceId, verdictId: verdict.id }
    await tx.verdictCitation.deleteMany({ where })
    await tx.verdict.deleteMany({ where: { id: verdict.id, workspaceId: permit.workspaceId } })
    record({
      type: 'verdict.withdrawn',
      subjectId: claimId,
      documentId: row.documentId,
      sessionId: row.sessionId,
      data: { before: recordedVerdict(verdict) },
    })
    return currentClaim(tx, permit, claimId)
  })
}

type Judged = { ok: true; row: ClaimRow; verdict: CheckedVerdict } | { ok: false; why: string }

function judge(
  row: ClaimRow | undefined,
  { version, access, memberId }: { version: number; access: ClaimAccess; memberId: string },
): Judged {
  if (row === undefined) return { ok: false, why: 'There is no such claim in this session.' }
  if (row.verdict !== null) return { ok: false, why: `${row.verdict.deciderName} has decided it.` }
  if (row.version !== version) return { ok: false, why: 'It changed since you saw it. Look at it again.' }
  const obstacle = obstacleOf(row, access, memberId)
  if (obstacle !== null) return { ok: false, why: obstacle }
  const agreement = agreementOf(row.votes, row.reviewers)
  const confirmation = confirmClaim({ votes: row.votes, agreement }, access.protocol)
  if (!confirmation.ok) return confirmation
  const { rating, reason, words } = confirmation
  const citations = confirmation.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return { ok: true, row, verdict: { rating, reason, words, citations, disputed: false, partial: false, inBulk: true } }
}

/**
 * Confirms claims on which all reviewers agree, each with their rating, evidence and notes, in one transaction: all or none. Claims that cannot be
 * confirmed (decided or changed since, own, flagged, without evidence) are left as they are and returned with the reason.
 * @throws DomainError `not-found` for the session; `forbidden` and `conflict` as `assertMaySettle`.
 */
export async function confirmClaims(
  permit: Permit<'verdict.decide'>,
  { sessionId, input }: { sessionId: string; input: BulkVerdictsInput },
): Promise<BulkVerdictsView> {
  const { memberId } = permit.actor
  return write(permit, async (context) => {
    const { tx } = context
    await lockSession(tx, { workspaceId: permit.workspaceId, id: sessionId })
    const access = await readClaimAccess(tx, permit, sessionId)
    assertMaySettle(access)
    const wanted = new Map(input.claims.map(({ id, version }) => [id, version]))
    const rows = await findClaims(tx, permit, { sessionId, ids: [...wanted.keys()] })
    const rowOf = new Map(rows.map((row) => [row.id, row]))
    const result: Omit<BulkVerdictsView, 'counts'> = { confirmed: [], skipped: [] }
    for (const [id, version] of wanted) {
      const judged = judge(rowOf.get(id), { version, access, memberId })
      if (!judged.ok) result.skipped.push({ id, why: judged.why })
      else if (await storeVerdict(context, permit, judged)) result.confirmed.push({ id, version: version + 1 })
      else result.skipped.push({ id, why: 'It changed since you saw it. Look at it again.' })
    }
    return { ...result, counts: await countClaims(tx, permit, sessionId) }
  })
}
