import type { Actor } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { seesComment, seesThread } from '../visibility/threads'

/**
 * How many comments the actor may see in the discussions of claims, by claim; those without any are left out.
 * @param which the claims of a session, or some by id
 */
export async function countClaimComments(
  reader: Reader | Transaction,
  actor: Actor,
  which: { sessionId: string } | { claimIds: readonly string[] },
): Promise<Map<string, number>> {
  if ('claimIds' in which && which.claimIds.length === 0) return new Map()
  const wanted =
    'sessionId' in which
      ? Prisma.sql`t."claimId" IN (SELECT k."id" FROM "Claim" k WHERE k."workspaceId" = ${actor.workspaceId} AND k."sessionId" = ${which.sessionId})`
      : Prisma.sql`t."claimId" IN (${Prisma.join([...which.claimIds])})`
  const rows = await reader.$queryRaw<{ claimId: string; comments: number | bigint }[]>`
    SELECT t."claimId", COUNT(*) AS "comments"
    FROM "Thread" t
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    JOIN "Comment" c ON c."workspaceId" = t."workspaceId" AND c."threadId" = t."id" AND c."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    WHERE t."workspaceId" = ${actor.workspaceId} AND ${wanted} AND ${seesThread(actor)} AND ${seesComment(actor)}
    GROUP BY t."claimId"`
  return new Map(rows.map(({ claimId, comments }) => [claimId, Number(comments)]))
}
