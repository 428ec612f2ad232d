import { maskVotes } from '@/lib/domain/claims/reviewer-letters'
import type { SpeakerNames } from '@/lib/domain/threads/comment-author'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

interface RawReviewer {
  claimId: string
  memberId: string
  /** Their annotation of the claim, where one counts. */
  annotationId: string | null
}

/**
 * What the reviewers of claims are called in the claims' discussions, by claim: everyone who was given the document in the claim's session, those who
 * rated the claim by its letters, the others without one, or their names would tell by exclusion. A claim whose session is closed is left out: names
 * are shown there.
 */
export async function readThreadMasks(
  reader: Reader | Transaction,
  { workspaceId, claimIds }: { workspaceId: string; claimIds: readonly string[] },
): Promise<ReadonlyMap<string, SpeakerNames>> {
  const masks = new Map<string, Map<string, string>>()
  if (claimIds.length === 0) return masks
  const rows = await reader.$queryRaw<RawReviewer[]>`
    SELECT c."id" AS "claimId", s."memberId", a."id" AS "annotationId"
    FROM "Claim" c
    JOIN "ReviewSession" q ON q."workspaceId" = c."workspaceId" AND q."id" = c."sessionId" AND q."state" <> 'closed'
    JOIN "Assignment" s ON s."workspaceId" = c."workspaceId" AND s."sessionId" = c."sessionId" AND s."documentId" = c."documentId"
    LEFT JOIN "ClaimAnnotation" ca ON ca."workspaceId" = c."workspaceId" AND ca."claimId" = c."id" AND EXISTS (
      SELECT 1 FROM "Annotation" o WHERE o."workspaceId" = ca."workspaceId" AND o."id" = ca."annotationId" AND o."authorId" = s."memberId")
    LEFT JOIN "Annotation" a ON a."workspaceId" = ca."workspaceId" AND a."id" = ca."annotationId" AND a."deletedAt" IS NULL AND s."state" <> 'withdrawn'
    WHERE c."workspaceId" = ${workspaceId} AND c."id" IN (${Prisma.join([...new Set(claimIds)])})`
  const votes = new Map<string, string[]>()
  for (const { claimId, annotationId } of rows)
    if (annotationId !== null) votes.set(claimId, [...(votes.get(claimId) ?? []), annotationId])
  for (const { claimId, memberId, annotationId } of rows) {
    const names = masks.get(claimId) ?? new Map<string, string>()
    masks.set(claimId, names)
    const letter = annotationId === null ? undefined : maskVotes(claimId, votes.get(claimId) ?? []).get(annotationId)
    if (letter !== undefined) names.set(memberId, `Reviewer ${letter}`)
    else if (!names.has(memberId)) names.set(memberId, 'A reviewer')
  }
  return masks
}
