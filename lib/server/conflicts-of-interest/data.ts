import { z } from 'zod'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { presentConflict, type ConflictRow } from './present'

const cursorKey = z.tuple([z.string()])

/** The columns a conflict of interest is presented from. */
const conflictColumns = {
  id: true,
  memberId: true,
  sourceId: true,
  documentId: true,
  reason: true,
  createdById: true,
  createdAt: true,
  member: { select: { user: { select: { name: true } } } },
  source: { select: { name: true } },
  document: { select: { title: true } },
} as const

/** How many unfinished assignments go against each conflict of interest, by its id. */
async function countStanding(
  reader: Reader | Transaction,
  workspaceId: string,
  rows: readonly ConflictRow[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const unfinished = await reader.assignment.findMany({
    where: {
      workspaceId,
      memberId: { in: [...new Set(rows.map(({ memberId }) => memberId))] },
      state: { in: ['assigned', 'started', 'returned'] },
      session: { deletedAt: null, state: { in: ['draft', 'active'] } },
    },
    select: { memberId: true, documentId: true, document: { select: { sourceId: true } } },
  })
  return new Map(
    rows.map((row) => [
      row.id,
      unfinished.filter(
        ({ memberId, documentId, document }) =>
          memberId === row.memberId && (documentId === row.documentId || document.sourceId === row.sourceId),
      ).length,
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
  return reader.conflictOfInterest.findFirst({ where: { id, workspaceId }, select: conflictColumns })
}

/** Declared conflicts of interest, the first declared first: one's own, and for leads everybody's. */
export async function listConflicts(
  permit: Permit<'conflict-of-interest.list'>,
  { memberId, cursor, limit }: { memberId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<ConflictView>> {
  const { workspaceId, actor } = permit
  const { read } = await database()
  const key = decodeCursor(cursor, cursorKey)
  const own = leadsSessions(actor.role) ? {} : { memberId: actor.memberId }
  const rows = await read.conflictOfInterest.findMany({
    where: {
      AND: [
        { workspaceId, ...own },
        memberId === undefined ? {} : { memberId },
        key === null ? {} : { id: { gt: key[0] } },
      ],
    },
    orderBy: { id: 'asc' },
    take: limit + 1,
    select: conflictColumns,
  })
  const page = pageOf(rows, limit, { key: ({ id }) => [id], present: (row) => row })
  return { items: await viewsOf(read, permit, page.items), next: page.next }
}
