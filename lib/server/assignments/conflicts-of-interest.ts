import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { ConflictInput, ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import { idTaken } from '@/lib/domain/versions'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { openForMarks } from '../db/open-assignments'
import { write } from '../db/write'
import { shownTitle } from '../documents/shown-title'
import { decodeCursor, pageOf, type Page } from '../http/pagination'

const cursorKey = z.tuple([z.string()])

type RawConflict = Omit<ConflictRow, 'createdAt'> & { createdAt: Date | string }

/** A conflict of interest's row with the names that answers show. Of source and document, one is null. */
interface ConflictRow {
  id: string
  memberId: string
  sourceId: string | null
  documentId: string | null
  reason: string
  createdById: string
  createdAt: Date
  memberName: string
  sourceName: string | null
  title: string | null
}

/** Whether the actor may withdraw the declaration: leads may, and a member who declared it of themselves. */
function mayWithdraw({ memberId, createdById }: ConflictRow, actor: Actor): boolean {
  return leadsSessions(actor.role) || (memberId === actor.memberId && createdById === actor.memberId)
}

/** A conflict of interest's row as answers show it. */
function presentConflict(row: ConflictRow, actor: Actor, standing: number): ConflictView {
  const { id, memberId, memberName, sourceId, sourceName, documentId, title, reason, createdAt } = row
  return {
    id,
    member: { id: memberId, name: memberName },
    source: sourceId === null ? null : { id: sourceId, name: sourceName ?? '' },
    document: documentId === null ? null : { id: documentId, title: title ?? '' },
    reason,
    standing,
    createdAt: createdAt.toISOString(),
    may: { withdraw: mayWithdraw(row, actor) },
  }
}

/** Reads conflicts of interest that meet a condition on `c`, oldest first, at most `limit`, with all names in one query. */
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

/** Counts the unfinished assignments that go against each conflict of interest, by its id. */
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

/** Presents rows to the permit's actor. */
async function viewsOf(
  reader: Reader | Transaction,
  permit: Permit,
  rows: readonly ConflictRow[],
): Promise<ConflictView[]> {
  const standing = await countStanding(reader, permit.workspaceId, rows)
  return rows.map((row) => presentConflict(row, permit.actor, standing.get(row.id) ?? 0))
}

/** A conflict of interest's row; null when it is unknown or another workspace's. */
async function findConflict(
  reader: Reader | Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<ConflictRow | null> {
  const [row] = await selectConflicts(reader, Prisma.sql`c."id" = ${id} AND c."workspaceId" = ${workspaceId}`, 1)
  return row ?? null
}

/** The filters of a list of conflicts of interest. */
export interface ConflictFilter {
  memberId?: string | undefined
  /** Those of any of these members. */
  memberIds?: readonly string[] | undefined
  cursor?: string | undefined
  limit: number
}

/** Lists declared conflicts of interest, oldest first: one's own, and for leads everyone's. */
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

/** The part of a conflict of interest that assigning needs. One of the two ids is null. */
interface DeclaredConflict {
  memberId: string
  sourceId: string | null
  documentId: string | null
  reason: string
}

/** The conflicts of interest of members. */
export async function readConflicts(
  reader: Reader | Transaction,
  { workspaceId, memberIds }: { workspaceId: string; memberIds: readonly string[] },
): Promise<DeclaredConflict[]> {
  return reader.conflictOfInterest.findMany({
    where: { workspaceId, memberId: { in: [...memberIds] } },
    orderBy: { id: 'asc' },
    select: { memberId: true, sourceId: true, documentId: true, reason: true },
  })
}

async function viewOf(tx: Transaction, permit: Permit, row: ConflictRow | null): Promise<ConflictView> {
  const [view] = row === null ? [] : await viewsOf(tx, permit, [row])
  if (view === undefined) throw notFound('conflict of interest')
  return view
}

/**
 * Declares a conflict of interest: one's own, or, by a lead, anyone's. An identical earlier declaration is returned as it is. Assignments that go
 * against it stay until a lead reassigns them; the answer counts them.
 * @throws DomainError `not-found` for an unknown member, source or document; `forbidden` for another's without leading; `conflict` for an id that is
 * taken.
 */
export async function declareConflict(
  permit: Permit<'conflict-of-interest.declare'>,
  input: ConflictInput,
): Promise<{ conflict: ConflictView; created: boolean }> {
  const { workspaceId, actor } = permit
  const { id = uuidv7(), memberId = actor.memberId, sourceId = null, documentId = null, reason } = input
  if (memberId !== actor.memberId && !leadsSessions(actor.role))
    throw new DomainError('forbidden', 'Declare your own conflicts of interest; a lead declares those of others.')
  return write(permit, async ({ tx, now, record }) => {
    const taken = await tx.conflictOfInterest.count({ where: { workspaceId, id } })
    const before =
      taken === 0
        ? await tx.conflictOfInterest.findFirst({
            where: { workspaceId, memberId, sourceId, documentId },
            select: { id: true },
          })
        : { id }
    if (before !== null) {
      const row = await findConflict(tx, { workspaceId, id: before.id })
      const same = row?.memberId === memberId && row.sourceId === sourceId && row.documentId === documentId
      if (!same) throw idTaken('conflict of interest', null)
      return { conflict: await viewOf(tx, permit, row), created: false }
    }
    if ((await tx.member.count({ where: { id: memberId, workspaceId } })) === 0) throw notFound('member')
    if (sourceId !== null && (await tx.source.count({ where: { id: sourceId, workspaceId, deletedAt: null } })) === 0)
      throw notFound('source')
    if (
      documentId !== null &&
      (await tx.document.count({ where: { id: documentId, workspaceId, deletedAt: null } })) === 0
    )
      throw notFound('document')
    const values = { memberId, sourceId, documentId, reason }
    await tx.conflictOfInterest.create({
      data: { id, workspaceId, ...values, createdById: actor.memberId, createdAt: now },
      select: { id: true },
    })
    record({ type: 'conflict-of-interest.declared', subjectId: id, documentId, data: { after: values } })
    return { conflict: await viewOf(tx, permit, await findConflict(tx, { workspaceId, id })), created: true }
  })
}

/**
 * Withdraws a declaration; withdrawing it again changes nothing. Leads may withdraw any, others those they declared of themselves.
 * @throws DomainError `not-found` for one that never existed or that the actor may not see; `forbidden` for one that a lead declared.
 */
export async function withdrawConflict(permit: Permit<'conflict-of-interest.declare'>, id: string): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async ({ tx, record }) => {
    const row = await findConflict(tx, { workspaceId, id })
    if (row === null) {
      const before = await tx.event.count({
        where: { workspaceId, subjectId: id, type: 'conflict-of-interest.withdrawn', actorId: actor.memberId },
      })
      if (before === 0) throw notFound('conflict of interest')
      return
    }
    if (!mayWithdraw(row, actor)) {
      if (row.memberId !== actor.memberId) throw notFound('conflict of interest')
      throw new DomainError('forbidden', 'A lead declared this. Ask a lead to take it back.')
    }
    const { memberId, sourceId, documentId, reason } = row
    const { count } = await tx.conflictOfInterest.deleteMany({ where: { id, workspaceId } })
    if (count > 0)
      record({
        type: 'conflict-of-interest.withdrawn',
        subjectId: id,
        documentId,
        data: { before: { memberId, sourceId, documentId, reason } },
      })
  })
}
