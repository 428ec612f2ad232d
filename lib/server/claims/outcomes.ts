import type { AssignmentOutcome, VerdictView } from '@/lib/domain/claims/schema'
import { DomainError } from '@/lib/domain/errors'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import type { Permit } from '../access/gate'
import { findAssignmentRow } from '../assignments/data'
import { database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, viewerOf } from '../visibility/marks'
import { countClaimComments } from './comments'
import { presentClaim, presentVerdict } from './present'
import { selectClaims } from './rows'
import { readClaimAccess } from '../visibility/claims'

/** The most claims of one document in one session. */
const maxClaims = 20_000

/**
 * What was decided on the document of an assignment, and why: every claim with its verdict, the current member's ratings marked `mine`. For its reviewer and
 * for leads.
 * @throws DomainError `not-found`, also for an assignment that the current member may not know of; `forbidden` for another's assignment, `conflict` until the session is closed.
 */
export async function readOutcome(permit: Permit<'claim.read'>, assignmentId: string): Promise<AssignmentOutcome> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const { sessionId, documentId, memberId, sessionState } = await findAssignmentRow(read, actor, assignmentId)
  if (memberId !== actor.memberId && !leadsSessions(actor.role))
    throw new DomainError('forbidden', 'This is another member’s assignment. Ask for the outcome of one of yours.')
  if (sessionState !== 'closed')
    throw new DomainError('conflict', 'What was decided is shown once the session is closed.')
  const access = await readClaimAccess(read, permit, sessionId)
  const blind = readsBlind(viewerOf(permit), Prisma.sql`c."documentId"`)
  const rows = await selectClaims(
    read,
    Prisma.sql`c."sessionId" = ${sessionId} AND c."documentId" = ${documentId} AND NOT ${blind}`,
    { workspaceId, limit: maxClaims },
  )
  const items = await Promise.all(rows.map((row) => presentClaim(row, permit, access)))
  return { session: { id: sessionId, name: access.name }, items }
}

/** The verdict of a closed session on an annotation of the current member's. */
export interface OwnOutcome {
  annotationId: string
  sessionName: string
  verdict: VerdictView
  /** The claim it is part of, and how many comments its discussion has. */
  claim: { id: string; sessionId: string; comments: number }
}

/** What became of the current member's annotations of a revision, in sessions that are closed. */
export async function listOwnOutcomes(permit: Permit<'claim.read'>, revisionId: string): Promise<OwnOutcome[]> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const blind = readsBlind(viewerOf(permit), Prisma.sql`c."documentId"`)
  const rows = await selectClaims(
    read,
    Prisma.sql`c."revisionId" = ${revisionId} AND w."state" = 'closed' AND NOT ${blind} AND EXISTS (
      SELECT 1 FROM "ClaimAnnotation" ca JOIN "Annotation" a ON a."workspaceId" = ca."workspaceId" AND a."id" = ca."annotationId"
      WHERE ca."workspaceId" = c."workspaceId" AND ca."claimId" = c."id" AND a."authorId" = ${actor.memberId} AND a."deletedAt" IS NULL)`,
    { workspaceId, limit: maxClaims },
  )
  if (rows.length === 0) return []
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ sessionId }) => sessionId))] } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(sessions.map(({ id, name }) => [id, name]))
  const comments = await countClaimComments(read, actor, { claimIds: rows.map(({ id }) => id) })
  return rows.flatMap(({ id, verdict, votes, sessionId }) => {
    const own = votes.find(({ authorId }) => authorId === actor.memberId)
    if (own === undefined || verdict === null) return []
    return [
      {
        annotationId: own.id,
        sessionName: nameOf.get(sessionId) ?? '',
        verdict: presentVerdict(verdict, votes),
        claim: { id, sessionId, comments: comments.get(id) ?? 0 },
      },
    ]
  })
}
