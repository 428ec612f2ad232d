import type { ActivationEffects } from '@/lib/domain/review-sessions/activation'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { seesAnnotation, viewerOf } from '../visibility/marks'
import { visibleSession } from '../visibility/sessions'

/** The most entries that are named. */
const maxNamed = 50

interface Row {
  memberId: string
  memberName: string
  documentId: string
  title: string
  marks: number | bigint
}

/**
 * What activating a session puts aside: the marks that those with assignments made before on what they are to review, as far as the actor may see
 * them. @throws DomainError `not-found`, also for a session that the actor may not see.
 */
export async function readActivationEffects(
  permit: Permit<'review-session.update'>,
  sessionId: string,
): Promise<ActivationEffects> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const session = await visibleSession(read, actor, sessionId)
  const rows = await read.$queryRaw<Row[]>`
    SELECT m."id" AS "memberId", u."name" AS "memberName", d."id" AS "documentId", d."title", COUNT(*) AS "marks"
    FROM "Assignment" s
    JOIN "SessionDocument" e ON e."workspaceId" = s."workspaceId" AND e."sessionId" = s."sessionId" AND e."documentId" = s."documentId"
    JOIN "Annotation" a ON a."workspaceId" = e."workspaceId" AND a."revisionId" = e."revisionId" AND a."authorId" = s."memberId" AND a."deletedAt" IS NULL
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    JOIN "Document" d ON d."workspaceId" = s."workspaceId" AND d."id" = s."documentId" AND d."deletedAt" IS NULL
    JOIN "Member" m ON m."workspaceId" = s."workspaceId" AND m."id" = s."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE s."workspaceId" = ${workspaceId} AND s."sessionId" = ${sessionId} AND s."state" <> 'withdrawn'
      AND (a."sessionId" IS NULL OR a."sessionId" <> ${sessionId}) AND ${seesAnnotation(viewerOf(permit))}
    GROUP BY m."id", u."name", d."id", d."title"
    ORDER BY u."name", d."title", d."id"`
  return {
    blind: protocolSchema.parse(session.protocol).blind,
    total: rows.reduce((sum, { marks }) => sum + Number(marks), 0),
    putAside: rows.slice(0, maxNamed).map(({ memberId, memberName, documentId, title, marks }) => ({
      member: { id: memberId, name: memberName },
      document: { id: documentId, title },
      marks: Number(marks),
    })),
  }
}
