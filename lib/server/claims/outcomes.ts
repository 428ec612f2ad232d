import type { AssignmentOutcome, DocumentOutcome, OutcomeClaim, VerdictView } from '@/lib/domain/claims/schema'
import { DomainError } from '@/lib/domain/errors'
import { adjudicatesIn, leadsSessions } from '@/lib/domain/review-sessions/access'
import { scriptField } from '@/lib/domain/text/quotation'
import type { Permit } from '../access/gate'
import { findAssignmentRow } from '../assignments/data'
import { database, type Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { knownRevision, revisionFacts } from '../marking/revision-facts'
import { readClaimAccess } from '../visibility/claims'
import { readsBlind, viewerOf } from '../visibility/marks'
import { countClaimComments } from './data'
import { presentClaim, presentVerdict } from './present'
import { selectClaims, type ClaimRow } from './rows'

/** The most claims of one document in one session. */
const maxClaims = 20_000

/**
 * The outcome of an assignment's document: every claim with its verdict and reasons, the current member's ratings marked `mine`. For its reviewer and
 * for leads.
 * @throws DomainError `not-found`, also for an assignment that the current member may not see; `forbidden` for another's assignment, `conflict` until
 * the session is closed.
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

/** The verdict of a closed session on one of the current member's annotations. */
export interface OwnOutcome {
  annotationId: string
  sessionName: string
  verdict: VerdictView
  /** The claim it is part of, and how many comments its discussion has. */
  claim: { id: string; sessionId: string; comments: number }
}

/** The outcomes of the current member's annotations of a revision, in closed sessions. */
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

/** The most claims of a document that its outcome shows. */
const maxShown = 2_000

interface OutcomeSession {
  id: string
  name: string
  state: 'adjudication' | 'closed'
  closedAt: Date | null
}

/**
 * The session whose verdicts a revision shows the caller: one in adjudication whose claims they settle or lead, otherwise the one closed last.
 * Null where there is none, and while the caller is to judge the document blind.
 */
async function findOutcomeSession(read: Reader, permit: Permit, revisionId: string): Promise<OutcomeSession | null> {
  const { workspaceId, actor } = permit
  const blind = readsBlind(viewerOf(permit), Prisma.sql`e."documentId"`)
  const rows = await read.$queryRaw<{ id: string }[]>`
    SELECT w."id" FROM "SessionDocument" e JOIN "ReviewSession" w ON w."workspaceId" = e."workspaceId" AND w."id" = e."sessionId" AND w."deletedAt" IS NULL
    WHERE e."workspaceId" = ${workspaceId} AND e."revisionId" = ${revisionId}
      AND w."state" IN ('adjudication', 'closed') AND NOT ${blind}`
  if (rows.length === 0) return null
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, id: { in: rows.map(({ id }) => id) } },
    orderBy: [{ closedAt: 'desc' }, { id: 'desc' }],
    select: {
      id: true,
      name: true,
      state: true,
      closedAt: true,
      members: { where: { memberId: actor.memberId }, select: { adjudicates: true } },
    },
  })
  const running = sessions.find(
    ({ state, members }) =>
      state === 'adjudication' && (leadsSessions(actor.role) || adjudicatesIn(actor.role, members[0] ?? null)),
  )
  const found = running ?? sessions.find(({ state }) => state === 'closed')
  if (found === undefined) return null
  const { id, name, closedAt } = found
  return { id, name, state: found === running ? 'adjudication' : 'closed', closedAt }
}

/** The reviewers who had rated a claim differently when it was settled. Letters replace names until the session is closed. */
function dissentOf({ verdict, votes }: ClaimRow, { memberId, unmasked }: { memberId: string; unmasked: boolean }) {
  if (verdict === null) return []
  const nameOf = new Map(votes.map(({ authorId, author }) => [authorId, author.user.name]))
  return verdict.votes
    .filter(({ rating }) => rating !== verdict.rating)
    .map((vote) => ({
      who: (unmasked ? nameOf.get(vote.memberId) : undefined) ?? `Reviewer ${vote.mask}`,
      mine: vote.memberId === memberId,
      rating: vote.rating,
    }))
}

/**
 * What was settled about a revision, claim by claim: shown to everyone once the session is closed, and during adjudication to those who settle its
 * claims and to leads. Empty while the caller is to judge the document blind in another session.
 * @throws DomainError `not-found` for the revision.
 */
export async function readDocumentOutcome(permit: Permit<'claim.read'>, revisionId: string): Promise<DocumentOutcome> {
  await revisionFacts(permit, revisionId)
  const { read } = await database()
  const session = await findOutcomeSession(read, permit, revisionId)
  if (session === null) return { session: null, claims: [], cut: false }
  const { workspaceId, actor } = permit
  const blind = readsBlind(viewerOf(permit), Prisma.sql`c."documentId"`)
  const rows = await selectClaims(
    read,
    Prisma.sql`c."sessionId" = ${session.id} AND c."revisionId" = ${revisionId} AND NOT ${blind}`,
    { workspaceId, limit: maxShown + 1 },
  )
  const shown = rows.slice(0, maxShown)
  const comments = await countClaimComments(read, actor, { claimIds: shown.map(({ id }) => id) })
  const { placeOf, scripts } = await knownRevision(permit, revisionId)
  const unmasked = session.state === 'closed'
  const claims = shown.map((row): OutcomeClaim => {
    const { id, start, end, exact, verdict, votes } = row
    const own = votes.find(({ authorId }) => authorId === actor.memberId)
    return {
      id,
      start,
      end,
      exact,
      ...scriptField(scripts, row),
      place: placeOf(row),
      verdict: verdict === null ? null : presentVerdict(verdict, votes),
      own: own === undefined ? null : { annotationId: own.id, rating: own.rating },
      dissent: dissentOf(row, { memberId: actor.memberId, unmasked }),
      comments: comments.get(id) ?? 0,
    }
  })
  return {
    session: { ...session, closedAt: session.closedAt?.toISOString() ?? null },
    claims,
    cut: rows.length > maxShown,
  }
}
