import { isSameJson } from '@/lib/domain/audit/changes'
import type { ClaimView, VerdictInput } from '@/lib/domain/claims/schema'
import { verdictProblems } from '@/lib/domain/claims/verdict'
import { DomainError } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { prepareCitations } from '../annotations/citations'
import { findClaim, holdClaim } from '../claims/data'
import { obstacleOf, presentClaim } from '../claims/present'
import type { ClaimRow, VerdictRow } from '../claims/rows'
import { assertMaySettle, type ClaimAccess } from '../visibility/claims'
import type { Transaction } from '../db/client'
import { write } from '../db/write'
import { recordedVerdict, storeVerdict } from './store'

type Deciding = Permit<'verdict.decide'>

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
 * Decides a claim that is at `version`, or changes its verdict. The same verdict by the same member again changes nothing, so that a repeated
 * request does no harm.
 * @throws DomainError `not-found`; `forbidden` for someone who does not adjudicate in the session, or rated the claim where the protocol keeps
 * people from settling their own; `conflict` in another state than adjudication; `invalid` when reason or evidence do not fit the rating;
 * `version-mismatch` with the stored claim, its verdict included, when someone else was first.
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
 * Takes back the verdict of a claim that is at `version`: the claim is open again, the audit trail keeps what was decided. A claim without a verdict
 * answers as it is.
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
