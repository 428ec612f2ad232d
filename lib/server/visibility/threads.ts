import type { ThreadPlace, ThreadViewer } from '@/lib/domain/threads/visibility'
import { adjudicatesIn, leadsSessions } from '@/lib/domain/review-sessions/access'
import type { Role } from '@/lib/domain/access/policy'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Actor } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, seesMark } from './marks'

/** A member as the rule of discussions needs it. */
export type ThreadActor = Pick<Actor, 'workspaceId' | 'memberId' | 'role'>

const yes = Prisma.sql`1 = 1`
const no = Prisma.sql`1 = 0`
const documentId = Prisma.sql`t."documentId"`

/** Whether the thread's claim is shown to the member: after closing, or in adjudication to leads and adjudicators. */
function seesClaim({ memberId, role }: ThreadActor): Prisma.Sql {
  const settles = Prisma.sql`EXISTS (
    SELECT 1 FROM "SessionMember" p WHERE p."workspaceId" = q."workspaceId" AND p."sessionId" = q."id" AND p."memberId" = ${memberId} AND p."adjudicates")`
  const inAdjudication = leadsSessions(role) ? yes : role === 'viewer' ? no : settles
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "Claim" k JOIN "ReviewSession" q ON q."workspaceId" = k."workspaceId" AND q."id" = k."sessionId"
    WHERE k."workspaceId" = t."workspaceId" AND k."id" = t."claimId" AND q."deletedAt" IS NULL
      AND (q."state" = 'closed' OR (q."state" = 'adjudication' AND ${inAdjudication})))`
}

/** The condition that a viewer may see the annotation `a` of the thread `t`; false when it has none. */
export function seesThreadMark(viewer: ThreadActor): Prisma.Sql {
  const place = { authorId: Prisma.sql`a."authorId"`, documentId, sessionId: Prisma.sql`a."sessionId"` }
  return Prisma.sql`(a."id" IS NOT NULL AND ${seesMark(viewer, place)})`
}

/** The condition that a viewer who sees the thread `t` may also see its passage: `maySeePassage` of lib/domain/threads/visibility.ts. */
export function seesThreadPassage(viewer: ThreadActor): Prisma.Sql {
  return seesMark(viewer, { authorId: Prisma.sql`t."createdById"`, documentId, sessionId: Prisma.sql`t."sessionId"` })
}

/**
 * The condition that a viewer may see a thread: `maySeeThread` of lib/domain/threads/visibility.ts, over the tables `t` (Thread) and `a` (its
 * Annotation, joined by LEFT JOIN).
 */
export function seesThread(viewer: ThreadActor): Prisma.Sql {
  return Prisma.sql`(t."createdById" = ${viewer.memberId} OR (
    NOT ${readsBlind(viewer, documentId)}
    AND CASE
      WHEN t."audience" = 'leads' THEN ${leadsSessions(viewer.role) ? yes : no}
      WHEN t."claimId" IS NOT NULL THEN ${seesClaim(viewer)}
      ELSE ${seesThreadPassage(viewer)} AND (t."annotationId" IS NULL OR ${seesThreadMark(viewer)}) END))`
}

/** The condition that a viewer who sees the thread `t` may see its comment `c`: `maySeeComment` of the same file. */
export function seesComment(viewer: ThreadActor): Prisma.Sql {
  return Prisma.sql`(c."authorId" = ${viewer.memberId} OR t."audience" = 'leads' OR NOT ${readsBlind(viewer, documentId)})`
}

/** The facts of a thread for the rule, for code that judges several members at once; null when the thread is unknown. */
export async function readThreadPlace(
  reader: Reader | Transaction,
  { workspaceId, threadId }: { workspaceId: string; threadId: string },
): Promise<ThreadPlace | null> {
  const row = await reader.thread.findUnique({
    where: { workspaceId_id: { workspaceId, id: threadId } },
    select: {
      createdById: true,
      audience: true,
      documentId: true,
      sessionId: true,
      annotationId: true,
      claimId: true,
    },
  })
  if (row === null) return null
  const { createdById, annotationId, claimId, ...place } = row
  const mark =
    annotationId === null
      ? null
      : await reader.annotation.findUnique({
          where: { workspaceId_id: { workspaceId, id: annotationId } },
          select: { authorId: true, sessionId: true },
        })
  const session =
    claimId === null || row.sessionId === null
      ? null
      : await reader.reviewSession.findUnique({
          where: { workspaceId_id: { workspaceId, id: row.sessionId } },
          select: { state: true, deletedAt: true },
        })
  const sessionState: SessionState | null = session?.deletedAt === null ? session.state : null
  return {
    ...place,
    startedById: createdById,
    mark: mark === null ? null : { ...mark, documentId: row.documentId },
    claim: claimId === null ? null : { sessionState },
  }
}

/** Active members of the workspace, as the rule needs them: `settles` is for the session. */
export async function readThreadViewers(
  reader: Reader | Transaction,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string | null },
): Promise<(ThreadViewer & { name: string; role: Role })[]> {
  const members = await reader.member.findMany({
    where: { workspaceId, status: 'active' },
    orderBy: { id: 'asc' },
    select: { id: true, role: true, user: { select: { name: true } } },
  })
  const parts =
    sessionId === null
      ? []
      : await reader.sessionMember.findMany({
          where: { workspaceId, sessionId },
          select: { memberId: true, adjudicates: true },
        })
  const partOf = new Map(parts.map(({ memberId, adjudicates }) => [memberId, { adjudicates }]))
  return members.map(({ id, role, user }) => ({
    memberId: id,
    name: user.name,
    role,
    leads: leadsSessions(role),
    settles: adjudicatesIn(role, partOf.get(id) ?? null),
  }))
}
