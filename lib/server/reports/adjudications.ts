import { z } from 'zod'
import { keptVoteSchema } from '@/lib/domain/claims/schema'
import type { ReportCitation } from '@/lib/domain/reports/assess-claim'
import type { AdjudicatedClaim, DocumentAdjudication } from '@/lib/domain/reports/report-claims'
import { defaultProtocol, protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { locateQuote } from '@/lib/domain/annotations/locate-quote'
import type { Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

interface ClosedSession {
  revisionId: string
  documentId: string
  sessionId: string
}

/** The latest closed session of each revision. */
async function readClosed(
  read: Reader,
  workspaceId: string,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, ClosedSession>> {
  const rows = await read.$queryRaw<ClosedSession[]>`
    SELECT e."revisionId", e."documentId", e."sessionId"
    FROM "SessionDocument" e
    JOIN "ReviewSession" w ON w."id" = e."sessionId"
    WHERE e."workspaceId" = ${workspaceId} AND e."revisionId" IN (${Prisma.join(revisionIds)})
      AND w."state" = 'closed' AND w."deletedAt" IS NULL
    ORDER BY w."closedAt", w."id"`
  return new Map(rows.map((row) => [row.revisionId, row]))
}

async function readClaims(read: Reader, workspaceId: string, closed: readonly ClosedSession[]) {
  const claims = await read.claim.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      sessionId: { in: [...new Set(closed.map(({ sessionId }) => sessionId))] },
      revisionId: { in: closed.map(({ revisionId }) => revisionId) },
    },
    orderBy: [{ start: 'asc' }, { id: 'asc' }],
    select: { id: true, sessionId: true, revisionId: true, start: true, end: true, exact: true },
  })
  const ofClaims = { workspaceId, claimId: { in: claims.map(({ id }) => id) } }
  const verdicts = await read.verdict.findMany({
    where: ofClaims,
    select: {
      id: true,
      claimId: true,
      rating: true,
      disputed: true,
      partial: true,
      reason: true,
      words: true,
      votes: true,
    },
  })
  const citations = await read.verdictCitation.findMany({
    where: { workspaceId, verdictId: { in: verdicts.map(({ id }) => id) } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, verdictId: true, referenceId: true, stance: true, quote: true, locator: true },
  })
  const references = await read.reference.findMany({
    where: { workspaceId, id: { in: [...new Set(citations.map(({ referenceId }) => referenceId))] } },
    select: {
      id: true,
      title: true,
      author: true,
      publisher: true,
      issued: true,
      url: true,
      doi: true,
      snapshotText: true,
    },
  })
  return { claims, verdicts, citations, references }
}

type Rows = Awaited<ReturnType<typeof readClaims>>

function citationsByVerdict({ citations, references }: Rows): ReadonlyMap<string, ReportCitation[]> {
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const found = new Map<string, ReportCitation[]>()
  for (const { verdictId, referenceId, quote, ...citation } of citations) {
    const known = referenceOf.get(referenceId)
    if (known === undefined) continue
    const { snapshotText, ...reference } = known
    const quoteFound = snapshotText !== null && quote.trim() !== '' && locateQuote(snapshotText, quote) !== null
    found.set(verdictId, [...(found.get(verdictId) ?? []), { ...citation, quote, quoteFound, reference }])
  }
  return found
}

function claimsByPlace(rows: Rows): ReadonlyMap<string, AdjudicatedClaim[]> {
  const citationsOf = citationsByVerdict(rows)
  const verdictOf = new Map(rows.verdicts.map((verdict) => [verdict.claimId, verdict]))
  const found = new Map<string, AdjudicatedClaim[]>()
  for (const { sessionId, revisionId, ...claim } of rows.claims) {
    const verdict = verdictOf.get(claim.id)
    if (verdict === undefined) continue
    const { id: verdictId, claimId: _claimId, votes, ...settled } = verdict
    const key = `${sessionId} ${revisionId}`
    const adjudicated = {
      ...claim,
      ...settled,
      votes: z
        .array(keptVoteSchema)
        .parse(votes)
        .map(({ annotationId, rating, late }) => ({ annotationId, rating, late })),
      citations: citationsOf.get(verdictId) ?? [],
    }
    found.set(key, [...(found.get(key) ?? []), adjudicated])
  }
  return found
}

interface DecisionRow {
  sessionId: string
  revisionId: string
  authorId: string
  start: number
  end: number
}

/** "No claim here" in closed sessions, by those whose work counts. */
async function readDecisions(read: Reader, closed: readonly ClosedSession[]): Promise<DecisionRow[]> {
  const sessionIds = [...new Set(closed.map(({ sessionId }) => sessionId))]
  return read.$queryRaw<DecisionRow[]>`
    SELECT d."sessionId", d."revisionId", d."authorId", d."start", d."end"
    FROM "SentenceDecision" d
    JOIN "SessionDocument" e ON e."sessionId" = d."sessionId" AND e."revisionId" = d."revisionId"
    JOIN "Assignment" s ON s."sessionId" = d."sessionId" AND s."documentId" = e."documentId" AND s."memberId" = d."authorId"
    WHERE d."sessionId" IN (${Prisma.join(sessionIds)}) AND s."state" <> 'withdrawn'
    ORDER BY d."start", d."id"`
}

async function readReviewers(read: Reader, closed: readonly ClosedSession[]): Promise<ReadonlyMap<string, number>> {
  const sessionIds = [...new Set(closed.map(({ sessionId }) => sessionId))]
  const rows = await read.$queryRaw<{ sessionId: string; documentId: string; n: number | bigint }[]>`
    SELECT s."sessionId", s."documentId", COUNT(*) AS "n" FROM "Assignment" s
    WHERE s."sessionId" IN (${Prisma.join(sessionIds)}) AND s."state" <> 'withdrawn'
    GROUP BY s."sessionId", s."documentId"`
  return new Map(rows.map(({ sessionId, documentId, n }) => [`${sessionId} ${documentId}`, Number(n)]))
}

/**
 * What closed sessions settled about revisions, by revision: of several sessions that reviewed one, the one closed last. A revision that no closed
 * session reviewed has no entry. One query a table.
 */
export async function readAdjudications(
  read: Reader,
  { workspaceId, revisionIds }: { workspaceId: string; revisionIds: readonly string[] },
): Promise<ReadonlyMap<string, DocumentAdjudication>> {
  if (revisionIds.length === 0) return new Map()
  const closed = [...(await readClosed(read, workspaceId, revisionIds)).values()]
  if (closed.length === 0) return new Map()
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, id: { in: [...new Set(closed.map(({ sessionId }) => sessionId))] } },
    select: { id: true, name: true, protocol: true, closedAt: true, updatedAt: true },
  })
  const sessionOf = new Map(sessions.map((session) => [session.id, session]))
  const claimsAt = claimsByPlace(await readClaims(read, workspaceId, closed))
  const decisions = await readDecisions(read, closed)
  const reviewers = await readReviewers(read, closed)
  const found = new Map<string, DocumentAdjudication>()
  for (const { sessionId, documentId, revisionId } of closed) {
    const session = sessionOf.get(sessionId)
    if (session === undefined) continue
    const protocol = protocolSchema.safeParse(session.protocol)
    const { minimumReviewers } = protocol.success ? protocol.data : defaultProtocol
    found.set(revisionId, {
      sessionId,
      sessionName: session.name,
      closedAt: (session.closedAt ?? session.updatedAt).toISOString(),
      minimumReviewers,
      reviewers: reviewers.get(`${sessionId} ${documentId}`) ?? 0,
      claims: claimsAt.get(`${sessionId} ${revisionId}`) ?? [],
      decisions: decisions
        .filter((decision) => decision.sessionId === sessionId && decision.revisionId === revisionId)
        .map(({ authorId, start, end }) => ({ authorId, start, end })),
    })
  }
  return found
}
