import type { Rating } from '@/lib/domain/annotations/rating'
import type { SettledClaim } from '@/lib/domain/documents/review-state'
import { adjudicatesIn, seesClaims } from '@/lib/domain/review-sessions/access'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, viewerOf } from '../visibility/marks'
import { visibleSession } from '../visibility/sessions'

/** What a session settled about one source's documents, in the order of the session. */
export interface SourceOutcome {
  id: string
  name: string
  documents: { id: string; title: string; claims: SettledClaim[] }[]
}

interface Row {
  documentId: string
  title: string
  sourceId: string
  sourceName: string
  claimId: string | null
  verdictId: string | null
  rating: Rating | null
}

/**
 * What a session's claims came to, by source and document; null where the actor is not shown its claims. Documents that the actor is to judge blind in
 * another session are left out. @throws DomainError `not-found`, also for a session that the actor may not see.
 */
export async function readSessionOutcome(
  permit: Permit<'review-session.read'>,
  sessionId: string,
): Promise<SourceOutcome[] | null> {
  const { read } = await database()
  const { actor, workspaceId } = permit
  const session = await visibleSession(read, actor, sessionId)
  const part = await read.sessionMember.findFirst({
    where: { sessionId, memberId: actor.memberId, workspaceId },
    select: { adjudicates: true },
  })
  if (!seesClaims({ role: actor.role, adjudicates: adjudicatesIn(actor.role, part) }, session.state)) return null
  const rows = await read.$queryRaw<Row[]>`
    SELECT d."id" AS "documentId", d."title", o."id" AS "sourceId", o."name" AS "sourceName",
      c."id" AS "claimId", v."id" AS "verdictId", v."rating"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId" AND d."deletedAt" IS NULL
    JOIN "Source" o ON o."workspaceId" = d."workspaceId" AND o."id" = d."sourceId"
    LEFT JOIN "Claim" c ON c."workspaceId" = e."workspaceId" AND c."sessionId" = e."sessionId" AND c."documentId" = e."documentId" AND c."deletedAt" IS NULL
    LEFT JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" = ${sessionId}
      AND NOT ${readsBlind(viewerOf(permit), Prisma.sql`e."documentId"`)}
    ORDER BY e."position", e."documentId", c."start", c."id"`
  const sources = new Map<string, SourceOutcome>()
  for (const row of rows) {
    const source = sources.get(row.sourceId) ?? { id: row.sourceId, name: row.sourceName, documents: [] }
    sources.set(row.sourceId, source)
    let document = source.documents.find(({ id }) => id === row.documentId)
    if (document === undefined) source.documents.push((document = { id: row.documentId, title: row.title, claims: [] }))
    if (row.claimId !== null)
      document.claims.push({ id: row.claimId, end: row.verdictId === null ? 'open' : (row.rating ?? 'no_claim') })
  }
  return [...sources.values()]
}
