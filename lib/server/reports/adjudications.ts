import { z } from 'zod'
import { keptVoteSchema } from '@/lib/domain/claims/schema'
import type {
  AdjudicatedClaim,
  DocumentAdjudication,
  ReportCitation,
  SessionRecord,
} from '@/lib/domain/reports/input-schema'
import { defaultProtocol, protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { sampleSchema } from '@/lib/domain/review-sessions/schema'
import { quoteFinder, type QuoteFinder } from '@/lib/domain/references/locate-quote'
import { checkOfQuote } from '@/lib/domain/references/quote-check'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

interface ClosedSession {
  revisionId: string
  documentId: string
  sessionId: string
}

/** The latest closed session of each revision. */
async function readClosed(
  read: Transaction,
  workspaceId: string,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, ClosedSession>> {
  const rows = await read.$queryRaw<ClosedSession[]>`
    SELECT e."revisionId", e."documentId", e."sessionId"
    FROM "SessionDocument" e
    JOIN "ReviewSession" w ON w."workspaceId" = e."workspaceId" AND w."id" = e."sessionId"
    WHERE e."workspaceId" = ${workspaceId} AND e."revisionId" IN (${Prisma.join(revisionIds)})
      AND w."state" = 'closed' AND w."deletedAt" IS NULL
    ORDER BY w."closedAt", w."id"`
  return new Map(rows.map((row) => [row.revisionId, row]))
}

async function readClaims(read: Transaction, workspaceId: string, closed: readonly ClosedSession[]) {
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
      ownAnnotation: true,
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
      snapshotSha256: true,
      snapshotAt: true,
    },
  })
  return { claims, verdicts, citations, references }
}

type Rows = Awaited<ReturnType<typeof readClaims>>

function citationsByVerdict({ citations, references }: Rows): ReadonlyMap<string, ReportCitation[]> {
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const found = new Map<string, ReportCitation[]>()
  const finders = new Map<string, QuoteFinder>()
  for (const { verdictId, referenceId, quote, ...citation } of citations) {
    const known = referenceOf.get(referenceId)
    if (known === undefined) continue
    const { snapshotText, snapshotAt, ...described } = known
    const reference = { ...described, snapshotAt: snapshotAt?.toISOString() ?? null }
    const finder = finders.get(referenceId) ?? (snapshotText === null ? () => null : quoteFinder(snapshotText))
    finders.set(referenceId, finder)
    const place = finder(quote)
    const check = {
      quoteCheck: checkOfQuote({ quote, hasSnapshot: snapshotText !== null, place }),
      quoteStart: place?.start ?? null,
    }
    found.set(verdictId, [...(found.get(verdictId) ?? []), { ...citation, quote, ...check, reference }])
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
    const { id: verdictId, claimId: _claimId, votes, ownAnnotation: own, ...settled } = verdict
    const key = `${sessionId} ${revisionId}`
    const adjudicated = {
      ...claim,
      ...settled,
      own,
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
async function readDecisions(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedSession[],
): Promise<DecisionRow[]> {
  const sessionIds = [...new Set(closed.map(({ sessionId }) => sessionId))]
  return read.$queryRaw<DecisionRow[]>`
    SELECT d."sessionId", d."revisionId", d."authorId", d."start", d."end"
    FROM "SentenceDecision" d
    JOIN "SessionDocument" e ON e."workspaceId" = d."workspaceId" AND e."sessionId" = d."sessionId" AND e."revisionId" = d."revisionId"
    JOIN "Assignment" s ON s."workspaceId" = d."workspaceId" AND s."sessionId" = d."sessionId" AND s."documentId" = e."documentId" AND s."memberId" = d."authorId"
    WHERE d."workspaceId" = ${workspaceId} AND d."sessionId" IN (${Prisma.join(sessionIds)}) AND s."state" <> 'withdrawn'
    ORDER BY d."start", d."id"`
}

async function readReviewers(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedSession[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const sessionIds = [...new Set(closed.map(({ sessionId }) => sessionId))]
  const rows = await read.$queryRaw<{ sessionId: string; documentId: string; memberId: string }[]>`
    SELECT s."sessionId", s."documentId", s."memberId" FROM "Assignment" s
    WHERE s."workspaceId" = ${workspaceId} AND s."sessionId" IN (${Prisma.join(sessionIds)}) AND s."state" <> 'withdrawn'
    ORDER BY s."memberId"`
  const found = new Map<string, string[]>()
  for (const { sessionId, documentId, memberId } of rows) {
    const key = `${sessionId} ${documentId}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [memberId])
    else known.push(memberId)
  }
  return found
}

/** The sessions as they are stored, with how many documents they have. */
async function readSessions(
  read: Transaction,
  { workspaceId, sourceId, ids }: { workspaceId: string; sourceId: string; ids: readonly string[] },
): Promise<SessionRecord[]> {
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, question: true, protocol: true, sample: true, closedAt: true, updatedAt: true },
  })
  const counts = await read.$queryRaw<{ sessionId: string; n: number | bigint; ofSource: number | bigint }[]>`
    SELECT e."sessionId", COUNT(*) AS "n", SUM(CASE WHEN d."sourceId" = ${sourceId} THEN 1 ELSE 0 END) AS "ofSource"
    FROM "SessionDocument" e JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join([...ids])})
    GROUP BY e."sessionId"`
  const countOf = new Map(counts.map((count) => [count.sessionId, count]))
  return sessions.map(({ id, name, question, protocol, sample, closedAt, updatedAt }) => {
    const rules = protocolSchema.safeParse(protocol)
    const drawn = sampleSchema.safeParse(sample)
    const count = countOf.get(id)
    return {
      id,
      name,
      question,
      closedAt: (closedAt ?? updatedAt).toISOString(),
      protocol: rules.success ? rules.data : defaultProtocol,
      sample: drawn.success ? drawn.data : null,
      documents: { all: Number(count?.n ?? 0), ofSource: Number(count?.ofSource ?? 0) },
    }
  })
}

/** What a closed session settled, but for the sentences that counted. */
export type Settled = Omit<DocumentAdjudication, 'checkable'>

/** What closed sessions settled, by revision, and the sessions. */
export interface Adjudications {
  byRevision: ReadonlyMap<string, Settled>
  sessions: readonly SessionRecord[]
}

/**
 * What closed sessions settled about revisions, by revision: of several sessions that reviewed one, the one closed last. A revision that no closed
 * session reviewed has no entry. One query a table.
 */
export async function readAdjudications(
  read: Transaction,
  { workspaceId, sourceId, revisionIds }: { workspaceId: string; sourceId: string; revisionIds: readonly string[] },
): Promise<Adjudications> {
  const nothing = { byRevision: new Map<string, Settled>(), sessions: [] }
  if (revisionIds.length === 0) return nothing
  const closed = [...(await readClosed(read, workspaceId, revisionIds)).values()]
  if (closed.length === 0) return nothing
  const ids = [...new Set(closed.map(({ sessionId }) => sessionId))]
  const sessions = await readSessions(read, { workspaceId, sourceId, ids })
  const sessionOf = new Map(sessions.map((session) => [session.id, session]))
  const claimsAt = claimsByPlace(await readClaims(read, workspaceId, closed))
  const decisions = await readDecisions(read, workspaceId, closed)
  const reviewers = await readReviewers(read, workspaceId, closed)
  const byRevision = new Map<string, Settled>()
  for (const { sessionId, documentId, revisionId } of closed) {
    const session = sessionOf.get(sessionId)
    if (session === undefined) continue
    byRevision.set(revisionId, {
      sessionId,
      sessionName: session.name,
      closedAt: session.closedAt,
      minimumReviewers: session.protocol.minimumReviewers,
      reviewerIds: [...(reviewers.get(`${sessionId} ${documentId}`) ?? [])],
      claims: claimsAt.get(`${sessionId} ${revisionId}`) ?? [],
      decisions: decisions
        .filter((decision) => decision.sessionId === sessionId && decision.revisionId === revisionId)
        .map(({ authorId, start, end }) => ({ authorId, start, end })),
    })
  }
  return { byRevision, sessions }
}
