import { uuidv7 } from 'uuidv7'
import type { AssignmentReason } from '@/lib/domain/assignments/distribution/reason'
import { findAssigningObstacle, type AssigningFacts } from '@/lib/domain/assignments/obstacles'
import type { AssignmentInput, AssignmentView } from '@/lib/domain/assignments/schema'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import { DomainError, notFound } from '@/lib/domain/errors'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { idTaken } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { asJson } from '../db/parameters'
import { write, type WriteContext } from '../db/write'
import { lockLiveSession, type SessionRow } from '../visibility/sessions'
import { readConflicts } from './conflicts-of-interest'
import { viewOfRow } from './data'
import { tellReviewers } from './notifications'
import { selectAssignments, type AssignmentRow } from './rows'

/** A document to assign to a member. `why` is a distribution's reason; `dueAt` is its own due date, where that differs from the common one. */
export interface Pair {
  id?: string | undefined
  documentId: string
  memberId: string
  why?: AssignmentReason
  dueAt?: Date | null
}

/** The facts that are checked before documents are assigned. */
interface Place {
  workspaceId: string
  session: SessionRow
}

function keyOf(documentId: string, memberId: string): string {
  return `${documentId} ${memberId}`
}

/** Names of the other sessions, active or in adjudication, in which the members have assignments, by pair of document and member. */
export async function readElsewhere(
  tx: Reader | Transaction,
  { workspaceId, sessionId, memberIds }: { workspaceId: string; sessionId: string; memberIds: readonly string[] },
): Promise<Map<string, string>> {
  if (memberIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ documentId: string; memberId: string; name: string }[]>`
    SELECT a."documentId", a."memberId", s."name"
    FROM "Assignment" a
    JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId" AND s."state" IN ('active', 'adjudication') AND s."deletedAt" IS NULL
    WHERE a."workspaceId" = ${workspaceId} AND a."sessionId" <> ${sessionId} AND a."state" <> 'withdrawn'
      AND a."memberId" IN (${Prisma.join([...memberIds])})`
  return new Map(rows.map(({ documentId, memberId, name }) => [keyOf(documentId, memberId), name]))
}

/** For a session with a second reading: the documents to be read once, and those of them that are assigned to someone. */
async function readTaken(
  tx: Transaction,
  { workspaceId, session }: Place,
  documents: readonly { documentId: string; readTwice: boolean }[],
): Promise<{ once: ReadonlySet<string>; taken: ReadonlySet<string> }> {
  if (protocolSchema.parse(session.protocol).secondReading === undefined) return { once: new Set(), taken: new Set() }
  const once = documents.flatMap(({ documentId, readTwice }) => (readTwice ? [] : [documentId]))
  const rows = await tx.assignment.findMany({
    where: { workspaceId, sessionId: session.id, documentId: { in: once }, state: { not: 'withdrawn' } },
    select: { documentId: true },
  })
  return { once: new Set(once), taken: new Set(rows.map(({ documentId }) => documentId)) }
}

/** Reads the facts that decide each pair, with one query per table. @throws DomainError `not-found` for an unknown member or document. */
async function readFacts(
  tx: Transaction,
  { workspaceId, session }: Place,
  pairs: readonly Pair[],
): Promise<AssigningFacts[]> {
  const memberIds = [...new Set(pairs.map(({ memberId }) => memberId))]
  const documentIds = [...new Set(pairs.map(({ documentId }) => documentId))]
  const sessionId = session.id
  const members = await tx.member.findMany({
    where: { workspaceId, id: { in: memberIds } },
    select: { id: true, role: true, status: true, user: { select: { name: true } } },
  })
  const documents = await tx.document.findMany({
    where: { workspaceId, id: { in: documentIds } },
    select: { id: true, title: true, sourceId: true, deletedAt: true },
  })
  const parts = await tx.sessionMember.findMany({
    where: { workspaceId, sessionId, memberId: { in: memberIds }, reviews: true },
    select: { memberId: true },
  })
  const inSession = await tx.sessionDocument.findMany({
    where: { workspaceId, sessionId, documentId: { in: documentIds } },
    select: { documentId: true, readTwice: true },
  })
  const { once, taken } = await readTaken(tx, { workspaceId, session }, inSession)
  const standing = await tx.assignment.findMany({
    where: { workspaceId, sessionId, memberId: { in: memberIds }, documentId: { in: documentIds } },
    select: { documentId: true, memberId: true, state: true },
  })
  const conflicts = await readConflicts(tx, { workspaceId, memberIds })
  const elsewhere = await readElsewhere(tx, { workspaceId, sessionId, memberIds })
  const memberOf = new Map(members.map((member) => [member.id, member]))
  const documentOf = new Map(documents.map((document) => [document.id, document]))
  const reviewing = new Set(parts.map(({ memberId }) => memberId))
  const contained = new Set(inSession.map(({ documentId }) => documentId))
  const states = new Map<string, AssignmentState>(
    standing.map(({ documentId, memberId, state }) => [keyOf(documentId, memberId), state]),
  )
  return pairs.map((pair) => {
    const { documentId, memberId } = pair
    const member = memberOf.get(memberId)
    const document = documentOf.get(documentId)
    if (member === undefined) throw notFound('member')
    if (document === undefined) throw notFound('document')
    const declared = conflicts.find(
      (conflict) =>
        conflict.memberId === memberId &&
        (conflict.documentId === documentId || (conflict.sourceId !== null && conflict.sourceId === document.sourceId)),
    )
    const key = keyOf(documentId, memberId)
    return {
      session,
      document: {
        title: document.title,
        inSession: contained.has(documentId),
        deleted: document.deletedAt !== null,
        isTaken:
          taken.has(documentId) ||
          pairs.some((other) => other.documentId === documentId && other !== pair && once.has(documentId)),
      },
      member: {
        name: member.user.name,
        role: member.role,
        status: member.status,
        reviewsHere: reviewing.has(memberId),
      },
      conflict:
        declared === undefined
          ? null
          : { about: declared.documentId === null ? 'source' : 'document', reason: declared.reason },
      existing: states.get(key) ?? null,
      elsewhere: elsewhere.get(key) ?? null,
    }
  })
}

/** The failure of a change that is made as a whole or not at all. It lists every refusal with its subject. */
export function refusedTogether(refused: readonly { id?: string; message: string }[]): DomainError {
  const [first] = refused
  const more = refused.length > 1 ? ` And ${String(refused.length - 1)} more: see “current”. Nothing was changed.` : ''
  return new DomainError('conflict', `${first?.message ?? ''}${more}`, { current: { refused: refused.slice(0, 100) } })
}

/**
 * Assigns documents to members within the caller's transaction, all or none, and notifies the members. The session's row must be locked.
 * @throws DomainError `not-found`, `conflict` with every refusal.
 */
export async function assignPairs(
  context: WriteContext,
  permit: Permit,
  { session, pairs, dueAt }: { session: SessionRow; pairs: readonly Pair[]; dueAt: Date | null },
): Promise<AssignmentRow[]> {
  const { tx, now, record } = context
  const { workspaceId, actor } = permit
  const unique = [...new Map(pairs.map((pair) => [keyOf(pair.documentId, pair.memberId), pair])).values()]
  refusePastDate(dueAt, now)
  const facts = await readFacts(tx, { workspaceId, session }, unique)
  const refused = facts.flatMap((fact, place) => {
    const message = findAssigningObstacle(fact)
    const pair = unique[place]
    return message === null || pair === undefined
      ? []
      : [{ documentId: pair.documentId, memberId: pair.memberId, message }]
  })
  if (refused.length > 0) throw refusedTogether(refused)
  const made = unique.map(({ id = uuidv7(), dueAt: own = dueAt, ...pair }) => ({ ...pair, id, dueAt: own }))
  await tx.assignment.createMany({
    data: made.map(({ why, ...row }) => ({
      ...row,
      workspaceId,
      sessionId: session.id,
      ...(why === undefined ? {} : { why: asJson(why) }),
      createdById: actor.memberId,
      createdAt: now,
      updatedAt: now,
    })),
  })
  for (const { id, documentId, memberId, why, dueAt: due } of made) {
    record({
      type: 'assignment.created',
      subjectId: id,
      documentId,
      sessionId: session.id,
      data: {
        after: { documentId, memberId, dueAt: due?.toISOString() ?? null, ...(why === undefined ? {} : { why }) },
      },
    })
  }
  const rows = await rowsOf(
    tx,
    workspaceId,
    made.map(({ id }) => id),
  )
  await tellReviewers(context, rows, { workspaceId, by: actor, type: 'assignment-given' })
  return rows
}

/** Rows of assignments by id, in the order of the ids. Ids without a row are left out. */
export async function rowsOf(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<AssignmentRow[]> {
  const found: AssignmentRow[] = []
  // SQLite accepts at most 32,766 parameters.
  for (let from = 0; from < ids.length; from += 10_000) {
    const some = Prisma.join(ids.slice(from, from + 10_000))
    found.push(...(await selectAssignments(tx, Prisma.sql`a."workspaceId" = ${workspaceId} AND a."id" IN (${some})`)))
  }
  const byId = new Map(found.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Refuses a due date that has passed by the server's clock. @throws DomainError `invalid`. */
export function refusePastDate(dueAt: Date | null, now: Date): void {
  if (dueAt === null || dueAt > now) return
  const message = `This date has passed: it is ${now.toISOString()} here. Choose a later one.`
  throw new DomainError('invalid', message, { fields: [{ path: 'dueAt', message }] })
}

/**
 * Assigns a document to a member by hand. Idempotent: the same id and content is the same assignment, and `created` is then false.
 * @throws DomainError `not-found`; `conflict` saying what is in the way; `invalid` for a due date that has passed.
 */
export async function createAssignment(
  permit: Permit<'assignment.manage'>,
  { sessionId, input }: { sessionId: string; input: AssignmentInput },
): Promise<{ assignment: AssignmentView; created: boolean }> {
  const { workspaceId, actor } = permit
  const { id, documentId, memberId, dueAt } = input
  return write(permit, async (context) => {
    const { tx, now } = context
    const session = await lockLiveSession(tx, { workspaceId, id: sessionId })
    if (id !== undefined) {
      const made = await findMade(tx, { workspaceId, id, sessionId, documentId, memberId })
      if (made !== null) return { assignment: await viewOfRow(tx, { actor, row: made, now }), created: false }
    }
    const due = dueAt === null ? null : new Date(dueAt)
    const [row] = await assignPairs(context, permit, { session, pairs: [{ id, documentId, memberId }], dueAt: due })
    if (row === undefined) throw notFound('assignment')
    return { assignment: await viewOfRow(tx, { actor, row, now }), created: true }
  })
}

/**
 * The assignment with this id when it has the same content; null when the id is free. @throws DomainError `conflict` when the id is taken by another.
 */
export async function findMade(
  tx: Transaction,
  asked: { workspaceId: string; id: string; sessionId: string; documentId: string; memberId: string },
): Promise<AssignmentRow | null> {
  const { workspaceId, id } = asked
  if ((await tx.assignment.count({ where: { workspaceId, id } })) === 0) return null
  const [row] = await rowsOf(tx, workspaceId, [id])
  const same =
    row?.sessionId === asked.sessionId && row.documentId === asked.documentId && row.memberId === asked.memberId
  if (!same) throw idTaken('assignment', null)
  return row
}
