import { z } from 'zod'
import type { AssignmentView } from '@/lib/domain/assignments/schema'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import { notFound } from '@/lib/domain/errors'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import { readsBlindIn } from '@/lib/domain/review-sessions/visibility'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { readSecrecy } from '../visibility/marks'
import { visibleSession } from '../visibility/sessions'
import { presentAssignment } from './present'
import { readProgress } from './progress'
import { selectAssignments, type AssignmentRow } from './rows'

const cursorKey = z.tuple([z.string()])

/**
 * Which assignments an actor may know of, over the tables of `selectAssignments`: leads all; others their own, and those of sessions they may see
 * where nobody works blind any more (`maySeeSession` and `seesWorkOfAll` of lib/domain/review-sessions/access.ts).
 */
function visibleAssignments({ workspaceId, memberId, role }: Actor): Prisma.Sql {
  const here = Prisma.sql`a."workspaceId" = ${workspaceId}`
  if (leadsSessions(role)) return here
  const closed = Prisma.sql`s."state" = 'closed'`
  if (role === 'viewer') return Prisma.sql`${here} AND ${closed}`
  return Prisma.sql`${here} AND s."state" <> 'draft' AND (a."memberId" = ${memberId} OR ${closed} OR (
    (NOT s."blind" OR s."state" <> 'active')
    AND EXISTS (SELECT 1 FROM "SessionMember" p WHERE p."sessionId" = s."id" AND p."memberId" = ${memberId})))`
}

/** Assignments as the actor is shown them, with progress and, for leads, the names in explanations. */
export async function viewsOf(
  reader: Reader | Transaction,
  { actor, rows, now }: { actor: Actor; rows: readonly AssignmentRow[]; now: Date },
): Promise<AssignmentView[]> {
  const { workspaceId, memberId, role } = actor
  const leads = leadsSessions(role)
  // A lead who judges a document blind is told no more of the others than any reviewer.
  const secrecy = leads ? await readSecrecy(reader, workspaceId) : null
  const counted = rows.filter(
    (row) => row.memberId === memberId || (secrecy !== null && !readsBlindIn(secrecy, memberId, row.documentId)),
  )
  const progress = await readProgress(reader, { workspaceId, assignmentIds: counted.map(({ id }) => id) })
  const people = leads && rows.some(({ why }) => why !== null) ? await readPeople(reader, workspaceId) : new Map()
  return rows.map((row) => presentAssignment(row, { actor, now, progress, people }))
}

async function readPeople(reader: Reader | Transaction, workspaceId: string): Promise<Map<string, string>> {
  const members = await reader.member.findMany({
    where: { workspaceId },
    select: { id: true, user: { select: { name: true } } },
  })
  return new Map(members.map(({ id, user }) => [id, user.name]))
}

/** What a list of assignments is narrowed to. */
export interface AssignmentFilter {
  sessionId?: string | undefined
  memberId?: string | undefined
  documentId?: string | undefined
  state?: AssignmentState | undefined
  cursor?: string | undefined
  limit: number
}

/** Assignments that the actor may know of, the first made first. */
export async function listAssignments(
  permit: Permit<'assignment.read'>,
  { sessionId, memberId, documentId, state, cursor, limit }: AssignmentFilter,
): Promise<Page<AssignmentView>> {
  const { actor } = permit
  const { read } = await database()
  if (sessionId !== undefined) await visibleSession(read, actor, sessionId)
  const key = decodeCursor(cursor, cursorKey)
  const conditions = [visibleAssignments(actor)]
  if (sessionId !== undefined) conditions.push(Prisma.sql`a."sessionId" = ${sessionId}`)
  if (memberId !== undefined) conditions.push(Prisma.sql`a."memberId" = ${memberId}`)
  if (documentId !== undefined) conditions.push(Prisma.sql`a."documentId" = ${documentId}`)
  // PostgreSQL compares its enum with text only when told to.
  if (state !== undefined) conditions.push(Prisma.sql`CAST(a."state" AS TEXT) = ${state}`)
  if (key !== null) conditions.push(Prisma.sql`a."id" > ${key[0]}`)
  const rows = await selectAssignments(read, Prisma.join(conditions, ' AND '), {
    orderBy: Prisma.sql`a."id"`,
    limit: limit + 1,
  })
  const page = pageOf(rows, limit, { key: ({ id }) => [id], present: (row) => row })
  return { items: await viewsOf(read, { actor, rows: page.items, now: new Date() }), next: page.next }
}

/** An assignment's row that the actor may know of. @throws DomainError `not-found`. */
export async function findAssignmentRow(
  reader: Reader | Transaction,
  actor: Actor,
  id: string,
): Promise<AssignmentRow> {
  const [row] = await selectAssignments(reader, Prisma.sql`${visibleAssignments(actor)} AND a."id" = ${id}`)
  if (row === undefined) throw notFound('assignment')
  return row
}

/** An assignment's view, inside a write or outside. */
export async function viewOfRow(
  reader: Reader | Transaction,
  { actor, row, now }: { actor: Actor; row: AssignmentRow; now: Date },
): Promise<AssignmentView> {
  const [view] = await viewsOf(reader, { actor, rows: [row], now })
  if (view === undefined) throw notFound('assignment')
  return view
}

/** One assignment, with the answer to “why did I get this”. @throws DomainError `not-found`, also for one that the actor may not know of. */
export async function readAssignment(permit: Permit<'assignment.read'>, id: string): Promise<AssignmentView> {
  const { actor } = permit
  const { read } = await database()
  return viewOfRow(read, { actor, row: await findAssignmentRow(read, actor, id), now: new Date() })
}
