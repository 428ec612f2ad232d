import { z } from 'zod'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { keptVoteSchema, type KeptVote } from '@/lib/domain/claims/schema'
import { matchRecordSchema, type MatchRecord } from '@/lib/domain/claims/match-record'
import type { AnnotationRow } from '../annotations/present'
import { selectAnnotations } from '../annotations/rows'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { referenceSummaryColumns, type ReferenceSummaryRow } from '../references/present'

/** An annotation that counts in a claim. */
export type VoteRow = AnnotationRow & { late: boolean }

/** A verdict's citation with its reference. */
export interface VerdictCitationRow {
  id: string
  stance: Stance
  quote: string
  locator: string
  reference: ReferenceSummaryRow
}

/** A verdict with its decider's name and its citations in order. */
export interface VerdictRow {
  id: string
  claimId: string
  deciderId: string
  deciderName: string
  rating: Rating | null
  disputed: boolean
  partial: boolean
  reason: string
  words: string
  votes: KeptVote[]
  inBulk: boolean
  ownAnnotation: boolean
  version: number
  createdAt: Date
  updatedAt: Date
  citations: VerdictCitationRow[]
}

/** A claim with its votes and verdict. `reviewers` is how many members read its document in the session. */
export interface ClaimRow {
  id: string
  sessionId: string
  documentId: string
  documentTitle: string
  revisionId: string
  start: number
  end: number
  exact: string
  origin: 'matched' | 'split' | 'merged'
  match: MatchRecord | null
  version: number
  position: number
  votes: VoteRow[]
  reviewers: number
  verdict: VerdictRow | null
}

type RawClaim = Omit<ClaimRow, 'match' | 'votes' | 'reviewers' | 'verdict'> & { match: unknown }

/** A JSON value of a raw query: text from SQLite, a value from PostgreSQL. */
function rawJson(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}

/** The condition that an annotation `a` counts in a session: live, and of a reviewer whose assignment `s` was not withdrawn. */
export const counts = Prisma.sql`a."deletedAt" IS NULL AND s."state" <> 'withdrawn'`

interface RawVote {
  claimId: string
  annotationId: string
  late: number | bigint
}

async function readVotes(
  reader: Reader | Transaction,
  workspaceId: string,
  claimIds: readonly string[],
): Promise<ReadonlyMap<string, VoteRow[]>> {
  const links = await reader.$queryRaw<RawVote[]>`
    SELECT ca."claimId", ca."annotationId", CASE WHEN a."phase" = 'post' THEN 1 ELSE 0 END AS "late"
    FROM "ClaimAnnotation" ca
    JOIN "Claim" c ON c."workspaceId" = ca."workspaceId" AND c."id" = ca."claimId"
    JOIN "Annotation" a ON a."workspaceId" = ca."workspaceId" AND a."id" = ca."annotationId"
    JOIN "Assignment" s ON s."workspaceId" = c."workspaceId" AND s."sessionId" = c."sessionId" AND s."documentId" = c."documentId" AND s."memberId" = a."authorId"
    WHERE ca."workspaceId" = ${workspaceId} AND ca."claimId" IN (${Prisma.join(claimIds)}) AND ${counts}`
  const votesOf = new Map<string, VoteRow[]>()
  if (links.length === 0) return votesOf
  const ids = links.map(({ annotationId }) => annotationId)
  const condition = Prisma.sql`a."id" IN (${Prisma.join(ids)})`
  const rows = await selectAnnotations(reader, { workspaceId, condition, limit: ids.length })
  const linkOf = new Map(links.map((link) => [link.annotationId, link]))
  for (const row of rows) {
    const link = linkOf.get(row.id)
    if (link === undefined) continue
    votesOf.set(link.claimId, [...(votesOf.get(link.claimId) ?? []), { ...row, late: Number(link.late) === 1 }])
  }
  return votesOf
}

async function readVerdicts(
  reader: Reader | Transaction,
  workspaceId: string,
  claimIds: readonly string[],
): Promise<ReadonlyMap<string, VerdictRow>> {
  const rows = await reader.verdict.findMany({
    where: { workspaceId, claimId: { in: [...claimIds] } },
    select: {
      id: true,
      claimId: true,
      deciderId: true,
      rating: true,
      disputed: true,
      partial: true,
      reason: true,
      words: true,
      votes: true,
      inBulk: true,
      ownAnnotation: true,
      version: true,
      createdAt: true,
      updatedAt: true,
    },
  })
  if (rows.length === 0) return new Map()
  const citations = await reader.verdictCitation.findMany({
    where: { workspaceId, verdictId: { in: rows.map(({ id }) => id) } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, verdictId: true, referenceId: true, stance: true, quote: true, locator: true },
  })
  const references = await reader.reference.findMany({
    where: { workspaceId, id: { in: [...new Set(citations.map(({ referenceId }) => referenceId))] } },
    select: referenceSummaryColumns,
  })
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const deciders = await reader.member.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ deciderId }) => deciderId))] } },
    select: { id: true, user: { select: { name: true } } },
  })
  const nameOf = new Map(deciders.map(({ id, user }) => [id, user.name]))
  return new Map(
    rows.map((row) => [
      row.claimId,
      {
        ...row,
        votes: z.array(keptVoteSchema).parse(row.votes),
        deciderName: nameOf.get(row.deciderId) ?? '',
        citations: citations.flatMap(({ verdictId, referenceId, ...citation }) => {
          const reference = referenceOf.get(referenceId)
          return verdictId !== row.id || reference === undefined ? [] : [{ ...citation, reference }]
        }),
      },
    ]),
  )
}

async function readReviewerCounts(
  reader: Reader | Transaction,
  workspaceId: string,
  claims: readonly RawClaim[],
): Promise<ReadonlyMap<string, number>> {
  const documentIds = [...new Set(claims.map(({ documentId }) => documentId))]
  const sessionIds = [...new Set(claims.map(({ sessionId }) => sessionId))]
  const rows = await reader.$queryRaw<{ sessionId: string; documentId: string; n: number | bigint }[]>`
    SELECT s."sessionId", s."documentId", COUNT(*) AS "n" FROM "Assignment" s
    WHERE s."workspaceId" = ${workspaceId} AND s."sessionId" IN (${Prisma.join(sessionIds)}) AND s."documentId" IN (${Prisma.join(documentIds)})
      AND s."state" <> 'withdrawn'
    GROUP BY s."sessionId", s."documentId"`
  return new Map(rows.map(({ sessionId, documentId, n }) => [`${sessionId} ${documentId}`, Number(n)]))
}

/**
 * Claims that meet a condition, in the order of the session's documents and of their text, at most `limit`, with votes and verdict.
 * @param condition over the tables `c` (Claim), `d` (its Document), `e` (SessionDocument), `w` (its ReviewSession)
 * @param tables joined after those
 */
export async function selectClaims(
  reader: Reader | Transaction,
  condition: Prisma.Sql,
  { workspaceId, limit, tables = Prisma.empty }: { workspaceId: string; limit: number; tables?: Prisma.Sql },
): Promise<ClaimRow[]> {
  const claims = await reader.$queryRaw<RawClaim[]>`
    SELECT c."id", c."sessionId", c."documentId", d."title" AS "documentTitle", c."revisionId", c."start", c."end", c."exact", c."origin",
      c."match", c."version", e."position"
    FROM "Claim" c
    JOIN "ReviewSession" w ON w."workspaceId" = c."workspaceId" AND w."id" = c."sessionId" AND w."deletedAt" IS NULL
    JOIN "Document" d ON d."workspaceId" = c."workspaceId" AND d."id" = c."documentId" AND d."deletedAt" IS NULL
    JOIN "SessionDocument" e ON e."workspaceId" = c."workspaceId" AND e."sessionId" = c."sessionId" AND e."documentId" = c."documentId"
    ${tables}
    WHERE c."workspaceId" = ${workspaceId} AND c."deletedAt" IS NULL AND ${condition}
    ORDER BY e."position", c."start", c."id"
    LIMIT ${limit}`
  if (claims.length === 0) return []
  const ids = claims.map(({ id }) => id)
  const votesOf = await readVotes(reader, workspaceId, ids)
  const verdictOf = await readVerdicts(reader, workspaceId, ids)
  const reviewersOf = await readReviewerCounts(reader, workspaceId, claims)
  return claims.map(({ match, ...claim }) => {
    const record = matchRecordSchema.safeParse(rawJson(match))
    return {
      ...claim,
      match: record.success ? record.data : null,
      votes: votesOf.get(claim.id) ?? [],
      reviewers: reviewersOf.get(`${claim.sessionId} ${claim.documentId}`) ?? 0,
      verdict: verdictOf.get(claim.id) ?? null,
    }
  })
}
