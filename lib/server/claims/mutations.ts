import { uuidv7 } from 'uuidv7'
import { claimSpan } from '@/lib/domain/claims/claim-context'
import { checkMerge, checkSplit, type RegroupedClaim, type Regrouping } from '@/lib/domain/claims/regroup'
import type { ClaimView, MergeInput, SplitInput } from '@/lib/domain/claims/schema'
import { DomainError } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { findClaim, holdClaim } from './data'
import { maskedVotes, presentClaim } from './present'
import type { ClaimRow, VoteRow } from './rows'
import { assertMaySettle } from '../visibility/claims'

type Regroup = Permit<'claim.update'>

async function claimToRegroup(tx: Transaction, permit: Regroup, id: string): Promise<ClaimRow> {
  const { row, access } = await holdClaim(tx, permit, id)
  assertMaySettle(access)
  return row
}

async function show(tx: Transaction, permit: Regroup, id: string): Promise<ClaimView> {
  const { row, access } = await findClaim(tx, permit, id)
  return presentClaim(row, permit, access)
}

function regrouped(row: ClaimRow): RegroupedClaim {
  return {
    id: row.id,
    sessionId: row.sessionId,
    revisionId: row.revisionId,
    decided: row.verdict !== null,
    votes: maskedVotes(row).map(({ mask, vote }) => ({ mask, authorId: vote.authorId })),
  }
}

function assertRegrouping(checked: Regrouping): void {
  if (!checked.ok) throw new DomainError('conflict', checked.problem)
}

/** The words of a claim after regrouping. */
function wordsOf(votes: readonly VoteRow[], otherwise: { start: number; end: number; exact: string }) {
  const { start, end, exact } = claimSpan(votes) ?? otherwise
  return { start, end, exact }
}

/** Raises the version of a claim that is at `version`. @throws DomainError `version-mismatch` with the stored claim. */
async function advance(
  { tx, now }: WriteContext,
  permit: Regroup,
  { id, version, data }: { id: string; version: number; data: Prisma.ClaimUpdateManyMutationInput },
): Promise<void> {
  const { count } = await tx.claim.updateMany({
    where: { id, workspaceId: permit.workspaceId, version, deletedAt: null },
    data: { ...data, version: { increment: 1 }, updatedAt: now },
  })
  if (count === 0) throw versionMismatch('claim', { expected: version, current: await show(tx, permit, id) })
}

/**
 * Splits ratings off a claim that is at `version` into a new claim. Repeating the request with the same `id` returns the stored result.
 * @throws DomainError `not-found`; `forbidden` and `conflict` as `assertMaySettle`; `conflict` when the ratings cannot be divided so;
 * `version-mismatch`.
 */
export async function splitClaim(
  permit: Regroup,
  { claimId, version, input }: { claimId: string; version: number; input: SplitInput },
): Promise<{ claim: ClaimView; apart: ClaimView }> {
  const { id: apartId = uuidv7(), apart } = input
  const { workspaceId } = permit
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const row = await claimToRegroup(tx, permit, claimId)
    const taken = await tx.claim.findUnique({
      where: { workspaceId_id: { workspaceId, id: apartId } },
      select: { sessionId: true, origin: true, deletedAt: true },
    })
    if (taken !== null) {
      if (taken.sessionId !== row.sessionId || taken.origin !== 'split' || taken.deletedAt !== null)
        throw new DomainError('conflict', 'Something else has this id. Use a new one.')
      return { claim: await show(tx, permit, claimId), apart: await show(tx, permit, apartId) }
    }
    if (row.version !== version)
      throw versionMismatch('claim', { expected: version, current: await show(tx, permit, claimId) })
    assertRegrouping(checkSplit(regrouped(row), apart))
    const masked = maskedVotes(row)
    const leaving = masked.filter(({ mask }) => apart.includes(mask)).map(({ vote }) => vote)
    const staying = masked.filter(({ mask }) => !apart.includes(mask)).map(({ vote }) => vote)
    await advance(context, permit, {
      id: claimId,
      version,
      data: { ...wordsOf(staying, row), origin: 'split', match: Prisma.DbNull },
    })
    const { sessionId, documentId, revisionId } = row
    const stamps = { createdAt: now, updatedAt: now }
    await tx.claim.create({
      data: {
        id: apartId,
        workspaceId,
        sessionId,
        documentId,
        revisionId,
        ...wordsOf(leaving, row),
        origin: 'split',
        ...stamps,
      },
      select: { id: true },
    })
    await tx.claimAnnotation.updateMany({
      where: { workspaceId, claimId, annotationId: { in: leaving.map(({ id }) => id) } },
      data: { claimId: apartId },
    })
    record({
      type: 'claim.split',
      subjectId: claimId,
      documentId,
      sessionId,
      data: {
        before: { annotationIds: row.votes.map(({ id }) => id) },
        after: { annotationIds: staying.map(({ id }) => id), apartId, apartIds: leaving.map(({ id }) => id) },
      },
    })
    return { claim: await show(tx, permit, claimId), apart: await show(tx, permit, apartId) }
  })
}

/**
 * Merges two claims: the ratings and threads of the other move to the one that is at `version`, and the other is removed.
 * @throws DomainError `not-found`; `forbidden` and `conflict` as `assertMaySettle`; `conflict` when they cannot be merged; `version-mismatch`.
 */
export async function mergeClaims(
  permit: Regroup,
  { claimId, version, input }: { claimId: string; version: number; input: MergeInput },
): Promise<ClaimView> {
  const { workspaceId } = permit
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const row = await claimToRegroup(tx, permit, claimId)
    const other = await claimToRegroup(tx, permit, input.claimId)
    assertRegrouping(checkMerge(regrouped(row), regrouped(other)))
    await advance(context, permit, {
      id: claimId,
      version,
      data: { ...wordsOf([...row.votes, ...other.votes], row), origin: 'merged', match: Prisma.DbNull },
    })
    await advance(context, permit, { id: other.id, version: input.version, data: { deletedAt: now } })
    await tx.claimAnnotation.updateMany({ where: { workspaceId, claimId: other.id }, data: { claimId } })
    await tx.thread.updateMany({ where: { workspaceId, claimId: other.id }, data: { claimId } })
    record({
      type: 'claim.merged',
      subjectId: claimId,
      documentId: row.documentId,
      sessionId: row.sessionId,
      data: {
        before: { annotationIds: row.votes.map(({ id }) => id) },
        after: { mergedId: other.id, mergedIds: other.votes.map(({ id }) => id) },
      },
    })
    return show(tx, permit, claimId)
  })
}
