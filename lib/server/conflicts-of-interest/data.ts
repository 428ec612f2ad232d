import { z } from 'zod'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { shownTitle } from '../documents/shown-title'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { presentConflict, type ConflictRow } from './present'
import { openForMarks } from '../db/open-assignments'

const cursorKey = z.tuple([z.string()])

type RawConflict = Omit<ConflictRow, 'createdAt'> & { createdAt: Date | string }

/** Conflicts of interest that meet a condition on `c`, the first declared first, at most `limit`; one query for all names. */
async function selectConflicts(
  reader: Reader | Transaction,
  condition: Prisma.Sql,
  limit: number,
): Promise<ConflictRow[]> {
  const rows = await reader.$queryRaw<RawConflict[]>`
    SELECT c."id", c."memberId", u."name" AS "memberName", c."sourceId", o."name" AS "sourceName", c."documentId", ${shownTitle} AS "title",
      c."reason", c."createdById", c."createdAt"
    FROM "ConflictOfInterest" c
    JOIN "Member" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."memberId"
    JOIN "User" u ON u."id" = m."userId"
    LEFT JOIN "Source" o ON o."workspaceId" = c."workspaceId" AND o."id" = c."sourceId"
    LEFT JOIN "Document" d ON d."workspaceId" = c."workspaceId" AND d."id" = c."documentId"
    WHERE ${condition}
    ORDER BY c."id"
    LIMIT ${limit}`
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }))
}

/** How many unfinished assignments go against each conflict of interest, by its id. */
async function countStanding(
  reader: Reader | Transaction,
  workspaceId: string,
  rows: readonly ConflictRow[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const members = Prisma.join([...new Set(rows.map(({ memberId }) => memberId))])
  const unfinished = await reader.$queryRaw<{ memberId: string; documentId: string; sourceId: string }[]>`
    SELECT a."memberId", a."documentId", d."sourceId"
    FROM "Assignment" a
    JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId" AND s."state" IN ('draft', 'active') AND s."deletedAt" IS NULL
    JOIN "Document" d ON d."workspaceId" = a."workspaceId" AND d."id" = a."documentId"
    WHERE a."workspaceId" = ${workspaceId} AND a."memberId" IN (${members}) AND a."state" IN ${openForMarks}`
  const counts = new Map<string, number>()
  for (const { memberId, documentId, sourceId } of unfinished) {
    for (const key of [`${memberId} ${documentId}`, `${memberId} ${sourceId}`])
      counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return new Map(
    rows.map(({ id, memberId, documentId, sourceId }) => [
      id,
      counts.get(`${memberId} ${documentId ?? sourceId ?? ''}`) ?? 0,
    ]),
  )
}

/** Rows as the permit's actor is shown them. */
export async function viewsOf(
  reader: Reader | Transaction,
  permit: Permit,
  rows: readonly ConflictRow[],
): Promise<ConflictView[]> {
  const standing = await countStanding(reader, permit.workspaceId, rows)
  return rows.map((row) => presentConflict(row, permit.actor, standing.get(row.id) ?? 0))
}

/** A conflict of interest's row; null when it is unknown or another workspace's. */
export async function findConflict(
  reader: Reader | Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<ConflictRow | null> {
  const [row] = await selectConflicts(reader, Prisma.sql`c."id" = ${id} AND c."workspaceId" = ${workspaceId}`, 1)
  return row ?? null
}

/** What a list of conflicts of interest is narrowed to. */
export interface ConflictFilter {
  memberId?: string | undefined
  /** Those of any of these. */
  memberIds?: readonly string[] | undefined
  cursor?: string | undefined
  limit: number
}

/** Declared conflicts of interest, the first declared first: one's own, and for leads everyone's. */
export async function listConflicts(
  permit: Permit<'conflict-of-interest.list'>,
  { memberId, memberIds, cursor, limit }: ConflictFilter,
): Promise<Page<ConflictView>> {
  const { workspaceId, actor } = permit
  const { read } = await database()
  const key = decodeCursor(cursor, cursorKey)
  const conditions = [Prisma.sql`c."workspaceId" = ${workspaceId}`]
  if (!leadsSessions(actor.role)) conditions.push(Prisma.sql`c."memberId" = ${actor.memberId}`)
  if (memberId !== undefined) conditions.push(Prisma.sql`c."memberId" = ${memberId}`)
  if (memberIds?.length === 0) return { items: [], next: null }
  if (memberIds !== undefined) conditions.push(Prisma.sql`c."memberId" IN (${Prisma.join([...memberIds])})`)
  if (key !== null) conditions.push(Prisma.sql`c."id" > ${key[0]}`)
  const rows = await selectConflicts(read, Prisma.join(conditions, ' AND '), limit + 1)
  const page = pageOf(rows, limit, { key: ({ id }) => [id], present: (row) => row })
  return { items: await viewsOf(read, permit, page.items), next: page.next }
}
