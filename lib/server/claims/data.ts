import { z } from 'zod'
import type { ClaimCounts, ClaimFilter, ClaimView } from '@/lib/domain/claims/schema'
import type { ClaimAgreement } from '@/lib/domain/claims/verdict'
import { notFound } from '@/lib/domain/errors'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { assertMayRead, findClaimAccess, readClaimAccess, type ClaimAccess } from '../visibility/claims'
import { readsBlind, viewerOf } from '../visibility/marks'
import { lockSession } from '../visibility/sessions'
import { seesComment, seesThread } from '../visibility/threads'
import { presentClaim } from './present'
import { counts, selectClaims, type ClaimRow } from './rows'

const cursorKey = z.tuple([z.number().int(), z.number().int(), z.string()])

/** The condition that the current member may read a claim `c`: they are not to judge its document blind in any session. */
function visible(permit: Permit): Prisma.Sql {
  return Prisma.sql`NOT ${readsBlind(viewerOf(permit), Prisma.sql`c."documentId"`)}`
}

/** The tables `t` (each claim's votes: how many, how many different ratings), `r` (each document's reviewers) and `v` (its verdict). */
function tallies({ workspaceId }: Permit, sessionId: string): Prisma.Sql {
  return Prisma.sql`
    LEFT JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"
    LEFT JOIN (
      SELECT ca."claimId", COUNT(*) AS "votes", COUNT(DISTINCT a."rating") AS "ratings"
      FROM "ClaimAnnotation" ca
      JOIN "Claim" o ON o."workspaceId" = ca."workspaceId" AND o."id" = ca."claimId"
      JOIN "Annotation" a ON a."workspaceId" = ca."workspaceId" AND a."id" = ca."annotationId"
      JOIN "Assignment" s ON s."workspaceId" = o."workspaceId" AND s."sessionId" = o."sessionId" AND s."documentId" = o."documentId" AND s."memberId" = a."authorId"
      WHERE o."workspaceId" = ${workspaceId} AND o."sessionId" = ${sessionId} AND ${counts}
      GROUP BY ca."claimId"
    ) t ON t."claimId" = c."id"
    LEFT JOIN (
      SELECT s."documentId", COUNT(*) AS "reviewers" FROM "Assignment" s
      WHERE s."workspaceId" = ${workspaceId} AND s."sessionId" = ${sessionId} AND s."state" <> 'withdrawn' GROUP BY s."documentId"
    ) r ON r."documentId" = c."documentId"`
}

/** Whether a claim's reviewers agree, over the tables of `tallies`. */
const agreeing: Record<ClaimAgreement, Prisma.Sql> = {
  'no-votes': Prisma.sql`t."votes" IS NULL`,
  disagreement: Prisma.sql`t."ratings" > 1`,
  unmarked: Prisma.sql`t."ratings" = 1 AND t."votes" < r."reviewers"`,
  single: Prisma.sql`t."ratings" = 1 AND t."votes" >= r."reviewers" AND t."votes" = 1`,
  unanimous: Prisma.sql`t."ratings" = 1 AND t."votes" >= r."reviewers" AND t."votes" > 1`,
}

function conditionsOf({ state, agreement, document, rating }: ClaimFilter): Prisma.Sql[] {
  return [
    ...(state === undefined ? [] : [state === 'open' ? Prisma.sql`v."id" IS NULL` : Prisma.sql`v."id" IS NOT NULL`]),
    ...(agreement === undefined ? [] : [agreeing[agreement]]),
    ...(document === undefined ? [] : [Prisma.sql`c."documentId" = ${document}`]),
    // PostgreSQL compares its enum with text only after a cast.
    ...(rating === undefined
      ? []
      : [
          Prisma.sql`(CAST(v."rating" AS TEXT) = ${rating} OR EXISTS (
            SELECT 1 FROM "ClaimAnnotation" ca
            JOIN "Annotation" a ON a."workspaceId" = ca."workspaceId" AND a."id" = ca."annotationId"
            JOIN "Assignment" s ON s."workspaceId" = c."workspaceId" AND s."sessionId" = c."sessionId" AND s."documentId" = c."documentId" AND s."memberId" = a."authorId"
            WHERE ca."workspaceId" = c."workspaceId" AND ca."claimId" = c."id" AND ${counts} AND CAST(a."rating" AS TEXT) = ${rating}))`,
        ]),
  ]
}

/** Counts the decided claims of a session, of those the current member may read. */
export async function countClaims(
  reader: Reader | Transaction,
  permit: Permit,
  sessionId: string,
): Promise<ClaimCounts> {
  const open = (agreement: ClaimAgreement) =>
    Prisma.sql`SUM(CASE WHEN v."id" IS NULL AND ${agreeing[agreement]} THEN 1 ELSE 0 END)`
  const [row] = await reader.$queryRaw<Record<keyof ClaimCounts, number | bigint | null>[]>`
    SELECT COUNT(*) AS "claims", COUNT(v."id") AS "decided", ${open('unanimous')} AS "unanimous",
      ${open('disagreement')} AS "disagreement", ${open('unmarked')} AS "unmarked", ${open('single')} AS "single"
    FROM "Claim" c
    JOIN "Document" d ON d."workspaceId" = c."workspaceId" AND d."id" = c."documentId" AND d."deletedAt" IS NULL
    JOIN "SessionDocument" e ON e."workspaceId" = c."workspaceId" AND e."sessionId" = c."sessionId" AND e."documentId" = c."documentId"
    ${tallies(permit, sessionId)}
    WHERE c."workspaceId" = ${permit.workspaceId} AND c."sessionId" = ${sessionId} AND c."deletedAt" IS NULL AND ${visible(permit)}`
  const of = (key: keyof ClaimCounts) => Number(row?.[key] ?? 0)
  return {
    claims: of('claims'),
    decided: of('decided'),
    unanimous: of('unanimous'),
    disagreement: of('disagreement'),
    unmarked: of('unmarked'),
    single: of('single'),
  }
}

/**
 * A page of a session's claims, in the order of its documents and of their text, with the counts of all of them.
 * @throws DomainError `not-found` for the session; `conflict` and `forbidden` as `assertMayRead`.
 */
export async function listClaims(
  permit: Permit<'claim.read'>,
  {
    sessionId,
    cursor,
    limit,
    ...filter
  }: ClaimFilter & { sessionId: string; cursor?: string | undefined; limit: number },
): Promise<Page<ClaimView> & { counts: ClaimCounts }> {
  const { read } = await database()
  const access = await readClaimAccess(read, permit, sessionId)
  assertMayRead(access)
  const key = decodeCursor(cursor, cursorKey)
  const conditions = [Prisma.sql`c."sessionId" = ${sessionId}`, visible(permit), ...conditionsOf(filter)]
  if (key !== null) {
    const [position, start, id] = key
    conditions.push(
      Prisma.sql`(e."position" > ${position} OR (e."position" = ${position} AND (c."start" > ${start} OR (c."start" = ${start} AND c."id" > ${id}))))`,
    )
  }
  const rows = await selectClaims(read, Prisma.join(conditions, ' AND '), {
    workspaceId: permit.workspaceId,
    limit: limit + 1,
    tables: tallies(permit, sessionId),
  })
  const page = pageOf(rows, limit, {
    key: ({ position, start, id }) => [position, start, id],
    present: (row) => presentClaim(row, permit, access),
  })
  return {
    items: await Promise.all(page.items),
    next: page.next,
    counts: await countClaims(read, permit, sessionId),
  }
}

/** A claim's row with the current member's access. @throws DomainError `not-found`, also for a claim they may not read. */
export async function findClaim(
  reader: Reader | Transaction,
  permit: Permit,
  id: string,
): Promise<{ row: ClaimRow; access: ClaimAccess }> {
  const { workspaceId } = permit
  const [row] = await selectClaims(reader, Prisma.sql`c."id" = ${id} AND ${visible(permit)}`, { workspaceId, limit: 1 })
  const access = row === undefined ? null : await findClaimAccess(reader, permit, row.sessionId)
  if (row === undefined || access === null) throw notFound('claim')
  return { row, access }
}

/** `findClaim` for a write: the claim's session cannot change state until the write is done. @throws DomainError `not-found`. */
export async function holdClaim(
  tx: Transaction,
  permit: Permit,
  id: string,
): Promise<{ row: ClaimRow; access: ClaimAccess }> {
  const { workspaceId } = permit
  const known = await tx.claim.findFirst({ where: { id, workspaceId }, select: { sessionId: true } })
  if (known !== null) await lockSession(tx, { workspaceId, id: known.sessionId })
  return findClaim(tx, permit, id)
}

/** One claim. @throws DomainError `not-found`; `conflict` and `forbidden` as `assertMayRead`. */
export async function readClaim(permit: Permit<'claim.read'>, id: string): Promise<ClaimView> {
  const { read } = await database()
  const { row, access } = await findClaim(read, permit, id)
  assertMayRead(access)
  return presentClaim(row, permit, access)
}

/** Claims of a session by id, of those the current member may read, in text order. */
export async function findClaims(
  reader: Reader | Transaction,
  permit: Permit,
  { sessionId, ids }: { sessionId: string; ids: readonly string[] },
): Promise<ClaimRow[]> {
  if (ids.length === 0) return []
  const condition = Prisma.sql`c."sessionId" = ${sessionId} AND c."id" IN (${Prisma.join(ids)}) AND ${visible(permit)}`
  return selectClaims(reader, condition, { workspaceId: permit.workspaceId, limit: ids.length })
}

/** The documents of a session that have claims the current member may read, in the session's order. */
export async function listClaimDocuments(
  reader: Reader | Transaction,
  permit: Permit,
  sessionId: string,
): Promise<{ id: string; title: string }[]> {
  return reader.$queryRaw<{ id: string; title: string }[]>`
    SELECT d."id", d."title" FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId" AND d."deletedAt" IS NULL
    WHERE e."sessionId" = ${sessionId} AND e."workspaceId" = ${permit.workspaceId}
      AND EXISTS (
        SELECT 1 FROM "Claim" c
        WHERE c."workspaceId" = e."workspaceId" AND c."sessionId" = e."sessionId" AND c."documentId" = e."documentId" AND c."deletedAt" IS NULL AND ${visible(permit)})
    ORDER BY e."position", d."id"`
}

/**
 * Counts the comments the actor may see in the discussions of claims, by claim. Claims without comments are left out.
 * @param which the claims of a session, or some by id
 */
export async function countClaimComments(
  reader: Reader | Transaction,
  actor: Actor,
  which: { sessionId: string } | { claimIds: readonly string[] },
): Promise<Map<string, number>> {
  if ('claimIds' in which && which.claimIds.length === 0) return new Map()
  const wanted =
    'sessionId' in which
      ? Prisma.sql`t."claimId" IN (SELECT k."id" FROM "Claim" k WHERE k."workspaceId" = ${actor.workspaceId} AND k."sessionId" = ${which.sessionId})`
      : Prisma.sql`t."claimId" IN (${Prisma.join([...which.claimIds])})`
  const rows = await reader.$queryRaw<{ claimId: string; comments: number | bigint }[]>`
    SELECT t."claimId", COUNT(*) AS "comments"
    FROM "Thread" t
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    JOIN "Comment" c ON c."workspaceId" = t."workspaceId" AND c."threadId" = t."id" AND c."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    WHERE t."workspaceId" = ${actor.workspaceId} AND ${wanted} AND ${seesThread(actor)} AND ${seesComment(actor)}
    GROUP BY t."claimId"`
  return new Map(rows.map(({ claimId, comments }) => [claimId, Number(comments)]))
}
