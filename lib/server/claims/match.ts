import type { Rating } from '@/lib/domain/annotations/rating'
import { uuidv7 } from 'uuidv7'
import { isSameJson } from '@/lib/domain/audit/changes'
import { claimSpan } from '@/lib/domain/claims/claim-context'
import { explainMatch, type MatchedClaim } from '@/lib/domain/claims/match-claims'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { matchRecordOf } from '@/lib/domain/claims/match-record'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { inChunks } from '../db/parameters'
import type { WriteContext } from '../db/write'

interface Place {
  workspaceId: string
  sessionId: string
}

/** The result of matching a session's annotations. */
export interface MatchSummary {
  /** The number of claims now. */
  claims: number
  made: number
  kept: number
  removed: number
}

interface CountedSpan {
  id: string
  authorId: string
  revisionId: string
  documentId: string
  start: number
  end: number
  exact: string
  rating: Rating
}

/**
 * The session's annotations that count: live, on the revision under review, and of a reviewer whose assignment was not withdrawn. With a second
 * reading, only documents read twice count, because only they are adjudicated.
 */
async function readCounted(tx: Transaction, { workspaceId, sessionId }: Place): Promise<CountedSpan[]> {
  const session = await tx.reviewSession.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: sessionId } },
    select: { protocol: true },
  })
  const hasPart = protocolSchema.parse(session.protocol).secondReading !== undefined
  return tx.$queryRaw<CountedSpan[]>`
    SELECT a."id", a."authorId", a."revisionId", sd."documentId", a."start", a."end", a."exact", CAST(a."rating" AS TEXT) AS "rating"
    FROM "SessionDocument" sd
    JOIN "Document" d ON d."workspaceId" = sd."workspaceId" AND d."id" = sd."documentId"
    JOIN "Annotation" a ON a."workspaceId" = sd."workspaceId" AND a."revisionId" = sd."revisionId" AND a."sessionId" = sd."sessionId"
    JOIN "Assignment" s ON s."workspaceId" = sd."workspaceId" AND s."sessionId" = sd."sessionId" AND s."documentId" = sd."documentId" AND s."memberId" = a."authorId"
    WHERE sd."sessionId" = ${sessionId} AND sd."workspaceId" = ${workspaceId}
      AND d."deletedAt" IS NULL AND a."deletedAt" IS NULL AND CAST(s."state" AS TEXT) <> 'withdrawn'
      ${hasPart ? Prisma.sql`AND sd."readTwice"` : Prisma.empty}
    ORDER BY sd."position", a."start", a."id"`
}

interface StoredClaim {
  id: string
  revisionId: string
  start: number
  end: number
  match: unknown
  annotationIds: string[]
  /** A person decided, split or merged it. */
  fixed: boolean
}

async function readStored(tx: Transaction, { workspaceId, sessionId }: Place): Promise<StoredClaim[]> {
  const ofSession = { workspaceId, sessionId, deletedAt: null }
  const rows = await tx.claim.findMany({
    where: ofSession,
    select: { id: true, revisionId: true, start: true, end: true, match: true, origin: true },
  })
  if (rows.length === 0) return []
  const links = await tx.$queryRaw<{ claimId: string; annotationId: string }[]>`
    SELECT ca."claimId", ca."annotationId" FROM "ClaimAnnotation" ca JOIN "Claim" c ON c."workspaceId" = ca."workspaceId" AND c."id" = ca."claimId"
    WHERE c."sessionId" = ${sessionId} AND c."workspaceId" = ${workspaceId} AND c."deletedAt" IS NULL`
  const decided = await tx.$queryRaw<{ claimId: string }[]>`
    SELECT v."claimId" FROM "Verdict" v JOIN "Claim" c ON c."workspaceId" = v."workspaceId" AND c."id" = v."claimId"
    WHERE c."sessionId" = ${sessionId} AND c."workspaceId" = ${workspaceId}`
  const decidedIds = new Set(decided.map(({ claimId }) => claimId))
  const idsOf = new Map<string, string[]>()
  for (const { claimId, annotationId } of links) idsOf.set(claimId, [...(idsOf.get(claimId) ?? []), annotationId])
  return rows.map(({ origin, ...row }) => ({
    ...row,
    annotationIds: idsOf.get(row.id) ?? [],
    fixed: origin !== 'matched' || decidedIds.has(row.id),
  }))
}

function keyOf(ids: readonly string[]): string {
  return [...ids].sort().join(' ')
}

/**
 * Pairs each matched claim with the stored claim that it continues: one with the same annotations, or one that a person had put together and that
 * gains annotations.
 */
function pairWithStored(
  counted: readonly CountedSpan[],
  stored: readonly StoredClaim[],
): { matched: MatchedClaim<CountedSpan>; continues: StoredClaim | null }[] {
  const spansOf = new Map<string, CountedSpan[]>()
  for (const span of counted) {
    const group = spansOf.get(span.revisionId)
    if (group === undefined) spansOf.set(span.revisionId, [span])
    else group.push(span)
  }
  const fixedOf = new Map<string, StoredClaim>()
  const sameOf = new Map<string, StoredClaim>()
  for (const claim of stored) {
    sameOf.set(keyOf(claim.annotationIds), claim)
    if (claim.fixed) for (const id of claim.annotationIds) fixedOf.set(id, claim)
  }
  return [...spansOf].flatMap(([revisionId, spans]) => {
    const kept = stored.filter((claim) => claim.fixed && claim.revisionId === revisionId)
    return explainMatch(
      spans,
      kept.map(({ annotationIds }) => annotationIds),
    ).map((matched) => ({
      matched,
      continues:
        matched.spans.flatMap(({ id }) => fixedOf.get(id) ?? [])[0] ??
        sameOf.get(keyOf(matched.spans.map(({ id }) => id))) ??
        null,
    }))
  })
}

/**
 * Matches the annotations of a session into claims within the caller's transaction, each time adjudication starts. Withdrawn work and open reading do
 * not count. A claim with a verdict, or one that a person split or merged, is kept and gains annotations of further reviewers that overlap it. A
 * claim with the same annotations keeps its id; other claims are hidden.
 */
export async function matchSessionClaims(context: WriteContext, place: Place): Promise<MatchSummary> {
  const { tx, now, record } = context
  const { workspaceId, sessionId } = place
  const stored = await readStored(tx, place)
  const pairs = pairWithStored(await readCounted(tx, place), stored)
  const continued = new Set(pairs.flatMap(({ continues }) => continues?.id ?? []))
  const obsolete = stored.filter(({ id, fixed }) => !fixed && !continued.has(id)).map(({ id }) => id)
  await inChunks(obsolete, (ids) => tx.claimAnnotation.deleteMany({ where: { workspaceId, claimId: { in: ids } } }))
  await inChunks(obsolete, (ids) =>
    tx.claim.updateMany({
      where: { workspaceId, id: { in: ids } },
      data: { deletedAt: now, updatedAt: now, version: { increment: 1 } },
    }),
  )
  const claims: Prisma.ClaimCreateManyInput[] = []
  const links: Prisma.ClaimAnnotationCreateManyInput[] = []
  for (const { matched, continues } of pairs) {
    const span = claimSpan(matched.spans)
    if (span === null) continue
    const { revisionId, documentId, start, end, exact } = span
    const match = matchRecordOf(matched)
    const claimId = continues?.id ?? uuidv7()
    const linked = new Set(continues?.annotationIds)
    const added = matched.spans.filter(({ id }) => !linked.has(id))
    links.push(...added.map(({ id }) => ({ workspaceId, claimId, annotationId: id })))
    if (continues === null) {
      claims.push({
        id: claimId,
        workspaceId,
        sessionId,
        documentId,
        revisionId,
        start,
        end,
        exact,
        match,
        createdAt: now,
        updatedAt: now,
      })
      continue
    }
    // A claim that a person decided or made keeps the words they saw.
    const moved = !continues.fixed && (continues.start !== start || continues.end !== end)
    if (!moved && added.length === 0 && isSameJson(continues.match, match)) continue
    await tx.claim.updateMany({
      where: { id: claimId, workspaceId },
      data: { ...(moved ? { start, end, exact } : {}), match, version: { increment: 1 }, updatedAt: now },
    })
  }
  await inChunks(claims, (data) => tx.claim.createMany({ data }))
  await inChunks(links, (data) => tx.claimAnnotation.createMany({ data }))
  const kept = stored.length - obsolete.length
  const summary = { claims: kept + claims.length, made: claims.length, kept, removed: obsolete.length }
  record({ type: 'claims.matched', subjectId: sessionId, sessionId, data: { after: summary } })
  return summary
}

/** How many claims of a session have no verdict. The session cannot be closed while there are any. */
export async function countOpenClaims(reader: Reader | Transaction, place: Place): Promise<number> {
  return reader.claim.count({
    where: { workspaceId: place.workspaceId, sessionId: place.sessionId, deletedAt: null, verdict: null },
  })
}
