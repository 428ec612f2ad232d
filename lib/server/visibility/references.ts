import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, seesAnnotation, type Viewer } from './marks'

/** The condition that another member changed the library (at `at`) during a session of theirs that was, and still is, in its blind phase. */
export function isBlindWork(viewer: Viewer, { actorId, at }: { actorId: Prisma.Sql; at: Prisma.Sql }): Prisma.Sql {
  return Prisma.sql`(${actorId} <> ${viewer.memberId} AND EXISTS (
    SELECT 1 FROM "Assignment" i
    JOIN "ReviewSession" h ON h."workspaceId" = i."workspaceId" AND h."id" = i."sessionId"
    WHERE i."workspaceId" = ${viewer.workspaceId} AND i."memberId" = ${actorId} AND h."blind" AND h."state" = 'active'
      AND ${at} >= COALESCE(h."activatedAt", h."createdAt") AND ${at} >= i."createdAt"))`
}

/**
 * The condition that a viewer may see a reference. What a reviewer collects in a blind phase shows what they are about to mark, so others see it only
 * when the phase ends, or earlier through a visible mark or verdict that cites it. A reference from before the phase, or made by someone who reviews
 * in none, is visible to all (docs/decisions/0015-blindness.md).
 */
export function seesReference(viewer: Viewer, referenceId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    NOT EXISTS (
      SELECT 1 FROM "Event" e
      WHERE e."workspaceId" = ${viewer.workspaceId} AND e."subjectId" = ${referenceId} AND e."type" = 'reference.created'
        AND ${isBlindWork(viewer, { actorId: Prisma.sql`e."actorId"`, at: Prisma.sql`e."at"` })})
    OR EXISTS (
      SELECT 1 FROM "Citation" c
      JOIN "Annotation" a ON a."workspaceId" = c."workspaceId" AND a."id" = c."annotationId"
      JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
      JOIN "Document" d ON d."workspaceId" = v."workspaceId" AND d."id" = v."documentId"
      WHERE c."workspaceId" = ${viewer.workspaceId} AND c."referenceId" = ${referenceId} AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL AND ${seesAnnotation(viewer)})
    OR EXISTS (
      SELECT 1 FROM "VerdictCitation" w
      JOIN "Verdict" q ON q."workspaceId" = w."workspaceId" AND q."id" = w."verdictId"
      JOIN "Claim" k ON k."workspaceId" = q."workspaceId" AND k."id" = q."claimId"
      JOIN "ReviewSession" h ON h."workspaceId" = k."workspaceId" AND h."id" = k."sessionId"
      WHERE w."workspaceId" = ${viewer.workspaceId} AND w."referenceId" = ${referenceId} AND h."state" = 'closed' AND NOT ${readsBlind(viewer, Prisma.sql`k."documentId"`)}))`
}

/**
 * Ids of the workspace's references that the viewer may not see; almost always empty.
 * @param among looks at these only: a whole library takes tens of milliseconds while a session is in its blind phase
 */
export async function readHiddenReferences(
  reader: Reader | Transaction,
  viewer: Viewer,
  among?: readonly string[],
): Promise<string[]> {
  const { workspaceId } = viewer
  const blind = await reader.$queryRaw<unknown[]>`
    SELECT 1 AS "blind" FROM "ReviewSession" y WHERE y."workspaceId" = ${workspaceId} AND y."blind" AND y."state" = 'active' LIMIT 1`
  if (blind.length === 0) return []
  const narrowed = among === undefined ? Prisma.empty : Prisma.sql`AND r."id" IN (${Prisma.join([...among])})`
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "Reference" r
    WHERE r."workspaceId" = ${workspaceId} ${narrowed} AND NOT ${seesReference(viewer, Prisma.sql`r."id"`)}`
  return rows.map(({ id }) => id)
}

/** Whether the viewer may see a reference of their workspace. */
export async function maySeeReference(reader: Reader | Transaction, viewer: Viewer, id: string): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT 1 AS "seen" FROM "Reference" r
    WHERE r."id" = ${id} AND r."workspaceId" = ${viewer.workspaceId} AND ${seesReference(viewer, Prisma.sql`r."id"`)}`
  return rows.length > 0
}

/** How many citations of a reference are in annotations that the viewer may see. */
export async function countCitations(reader: Reader | Transaction, viewer: Viewer, id: string): Promise<number> {
  const [row] = await reader.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count" FROM "Citation" c
    JOIN "Annotation" a ON a."workspaceId" = c."workspaceId" AND a."id" = c."annotationId"
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    WHERE c."referenceId" = ${id} AND a."workspaceId" = ${viewer.workspaceId} AND a."deletedAt" IS NULL AND ${seesAnnotation(viewer)}`
  return Number(row?.count ?? 0)
}
