import { uuidv7 } from 'uuidv7'
import { continueCitations } from '@/lib/domain/annotations/continue-citations'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { VerdictReasonCode } from '@/lib/domain/claims/verdict'
import type { Permit } from '../access/gate'
import type { WriteContext } from '../db/write'
import { keptVotes } from '../claims/present'
import type { ClaimRow, VerdictRow } from '../claims/rows'

/** A verdict that passed its checks; every reference is known to be there. */
export interface CheckedVerdict {
  rating: Rating | null
  disputed: boolean
  partial: boolean
  reason: VerdictReasonCode
  words: string
  citations: readonly { referenceId: string; stance: Stance; quote: string; locator: string }[]
  inBulk: boolean
}

/** A verdict as the audit trail keeps it: without the votes, which name reviewers. */
export function recordedVerdict(row: VerdictRow): Record<string, unknown> {
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
 * Stores a verdict on a claim that is at its row's version, in place of the one it has, with the votes as they stand; tells of it. Citations that it had
 * before keep their ids, because undoing a merge of references finds them by these.
 * @returns false when the claim changed since its row was read; then nothing is stored.
 */
export async function storeVerdict(
  { tx, now, record }: WriteContext,
  permit: Permit,
  { row, verdict }: { row: ClaimRow; verdict: CheckedVerdict },
): Promise<boolean> {
  const { workspaceId, actor } = permit
  // First, because it is what only one of two adjudicators can do.
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
