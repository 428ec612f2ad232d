import { findTwins, type MarkOrigin } from '@/lib/domain/annotations/origins'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { seesAnnotation, viewerOf } from '../visibility/marks'

/** The most marks of a revision that are looked through for twins. */
const maxMarks = 20_000

/**
 * How many annotations of their own on a revision the member does not see while they review it in a session, because it starts afresh: those made in
 * open reading and in other sessions. They are shown again when the session is not active any more.
 */
export async function countPutAside(
  permit: Permit<'annotation.read'>,
  { revisionId, sessionId }: { revisionId: string; sessionId: string },
): Promise<number> {
  const { read } = await database()
  return read.annotation.count({
    where: {
      workspaceId: permit.workspaceId,
      revisionId,
      authorId: permit.actor.memberId,
      deletedAt: null,
      OR: [{ sessionId: null }, { sessionId: { not: sessionId } }],
    },
  })
}

/**
 * Of the annotations of a revision that the member may see, those that their author made more than once on the same words, each with whether it was made
 * in a session (true) or in open reading (false).
 */
export async function readTwins(
  permit: Permit<'annotation.read'>,
  revisionId: string,
): Promise<Record<string, boolean>> {
  const { read } = await database()
  const marks = await read.$queryRaw<MarkOrigin[]>`
    SELECT a."id", a."authorId", a."sessionId", a."start", a."end"
    FROM "Annotation" a JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    WHERE a."workspaceId" = ${permit.workspaceId} AND a."revisionId" = ${revisionId} AND a."deletedAt" IS NULL
      AND ${seesAnnotation(viewerOf(permit))}
    LIMIT ${Prisma.sql`${maxMarks}`}`
  const twins = findTwins(marks)
  return Object.fromEntries(
    marks.filter(({ id }) => twins.has(id)).map(({ id, sessionId }) => [id, sessionId !== null]),
  )
}
