import { z } from 'zod'
import { measureCoverage } from '@/lib/domain/annotations/coverage'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { findIncomplete, type AnnotationToCheck } from '@/lib/domain/assignments/completeness'
import type { AssignmentView, Completeness, IncompletePlace } from '@/lib/domain/assignments/schema'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import { DomainError, notFound } from '@/lib/domain/errors'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { readsBlindIn } from '@/lib/domain/review-sessions/visibility'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { readSecrecy } from '../visibility/marks'
import { visibleSession } from '../visibility/sessions'
import { readCheckable, readProgress } from './checkable'
import { presentAssignment } from './present'
import { selectAssignments, type AssignmentRow } from './rows'

const cursorKey = z.tuple([z.string()])

/** The most incomplete places that one answer lists. */
const maxPlaces = 500

/**
 * The condition on assignments an actor may see, over the tables of `selectAssignments`. Leads see all; others see their own, and those of sessions
 * they may see where nobody works blind any more (`maySeeSession` and `seesWorkOfAll` of lib/domain/review-sessions/access.ts).
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

/** Presents assignments to the actor, with progress and, for leads, the names in explanations. */
export async function viewsOf(
  reader: Reader | Transaction,
  { actor, rows, now }: { actor: Actor; rows: readonly AssignmentRow[]; now: Date },
): Promise<AssignmentView[]> {
  const { workspaceId, memberId, role } = actor
  const leads = leadsSessions(role)
  // A lead who judges a document blind sees no more of the other reviewers than a reviewer does.
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

/** The filters of a list of assignments. */
export interface AssignmentFilter {
  sessionId?: string | undefined
  memberId?: string | undefined
  documentId?: string | undefined
  state?: AssignmentState | undefined
  cursor?: string | undefined
  limit: number
}

/** Lists the assignments that the actor may see, oldest first. */
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
  // PostgreSQL compares its enum with text only after a cast.
  if (state !== undefined) conditions.push(Prisma.sql`CAST(a."state" AS TEXT) = ${state}`)
  if (key !== null) conditions.push(Prisma.sql`a."id" > ${key[0]}`)
  const rows = await selectAssignments(read, Prisma.join(conditions, ' AND '), {
    orderBy: Prisma.sql`a."id"`,
    limit: limit + 1,
  })
  const page = pageOf(rows, limit, { key: ({ id }) => [id], present: (row) => row })
  return { items: await viewsOf(read, { actor, rows: page.items, now: new Date() }), next: page.next }
}

/** The row of an assignment that the actor may see. @throws DomainError `not-found`. */
export async function findAssignmentRow(
  reader: Reader | Transaction,
  actor: Actor,
  id: string,
): Promise<AssignmentRow> {
  const [row] = await selectAssignments(reader, Prisma.sql`${visibleAssignments(actor)} AND a."id" = ${id}`)
  if (row === undefined) throw notFound('assignment')
  return row
}

/** An assignment's view, read in a transaction or outside one. */
export async function viewOfRow(
  reader: Reader | Transaction,
  { actor, row, now }: { actor: Actor; row: AssignmentRow; now: Date },
): Promise<AssignmentView> {
  const [view] = await viewsOf(reader, { actor, rows: [row], now })
  if (view === undefined) throw notFound('assignment')
  return view
}

/** One assignment, with the answer to “why did I get this”. @throws DomainError `not-found`, also for one that the actor may not see. */
export async function readAssignment(permit: Permit<'assignment.read'>, id: string): Promise<AssignmentView> {
  const { actor } = permit
  const { read } = await database()
  return viewOfRow(read, { actor, row: await findAssignmentRow(read, actor, id), now: new Date() })
}

/** Identifies the work to check: its session, document and member. */
interface WorkOf {
  workspaceId: string
  sessionId: string
  documentId: string
  memberId: string
}

/** What is incomplete in the work of an assignment, and its progress. */
export interface CheckedWork {
  revisionId: string
  places: IncompletePlace[]
  decided: number
  total: number
}

interface RawAnnotation {
  id: string
  start: number
  end: number
  rating: Rating
  note: string
  stance: Stance | null
  quote: string | null
}

/** The member's live annotations of a revision in a session, with what their completeness depends on, in one query. */
async function readAnnotations(
  reader: Reader | Transaction,
  { workspaceId, revisionId, sessionId, memberId }: WorkOf & { revisionId: string },
): Promise<AnnotationToCheck[]> {
  const rows = await reader.$queryRaw<RawAnnotation[]>`
    SELECT a."id", a."start", a."end", a."rating", a."note", c."stance", c."quote"
    FROM "Annotation" a
    LEFT JOIN "Citation" c ON c."workspaceId" = a."workspaceId" AND c."annotationId" = a."id"
    WHERE a."workspaceId" = ${workspaceId} AND a."sessionId" = ${sessionId} AND a."revisionId" = ${revisionId} AND a."authorId" = ${memberId} AND a."deletedAt" IS NULL`
  const found = new Map<string, AnnotationToCheck & { citations: { stance: Stance; quote: string }[] }>()
  for (const { stance, quote, ...row } of rows) {
    const annotation = found.get(row.id) ?? { ...row, citations: [] }
    if (stance !== null) annotation.citations.push({ stance, quote: quote ?? '' })
    found.set(row.id, annotation)
  }
  return [...found.values()]
}

/**
 * Checks the work of an assignment against its session's protocol.
 * @throws DomainError `conflict` when the document was taken out of the session.
 */
export async function checkWork(reader: Reader | Transaction, work: WorkOf): Promise<CheckedWork> {
  const { workspaceId, sessionId, documentId, memberId } = work
  const session = await reader.reviewSession.findUnique({
    where: { workspaceId_id: { workspaceId, id: sessionId } },
    select: { protocol: true },
  })
  const place = await reader.sessionDocument.findUnique({
    where: { workspaceId_sessionId_documentId: { workspaceId, sessionId, documentId } },
    select: { revisionId: true },
  })
  if (session === null || place === null)
    throw new DomainError('conflict', 'This document was taken out of the session. Ask the lead what to do with it.')
  const { revisionId } = place
  const sentences = (await readCheckable(reader, [revisionId])).get(revisionId) ?? []
  const annotations = await readAnnotations(reader, { ...work, revisionId })
  const decisions = await reader.sentenceDecision.findMany({
    where: { workspaceId, revisionId, authorId: memberId, sessionKey: sessionId },
    select: { start: true, end: true },
  })
  const places = findIncomplete({
    protocol: protocolSchema.parse(session.protocol),
    sentences,
    annotations,
    decisions,
  })
  const { decided, total } = measureCoverage({ sentences, annotations, decisions })
  return { revisionId, places, decided, total }
}

/** Presents the work. */
export function presentCompleteness({ places, decided, total }: CheckedWork): Completeness {
  return {
    complete: places.length === 0,
    progress: { decided, total },
    count: places.length,
    places: places.slice(0, maxPlaces),
  }
}

/**
 * Whether the actor's own assignment can be submitted, and what stands in the way.
 * @throws DomainError `not-found`; `forbidden` for another's, because what someone's marks lack shows what they marked.
 */
export async function readCompleteness(permit: Permit<'assignment.work'>, id: string): Promise<Completeness> {
  const { actor } = permit
  const { read } = await database()
  const row = await findAssignmentRow(read, actor, id)
  if (row.memberId !== actor.memberId)
    throw new DomainError('forbidden', `Only ${row.memberName} is told what this work still lacks.`)
  return presentCompleteness(await checkWork(read, { ...row, workspaceId: permit.workspaceId }))
}
