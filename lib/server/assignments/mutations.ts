import { describeIncomplete } from '@/lib/domain/assignments/completeness'
import type { AssignmentView, BulkAssignments } from '@/lib/domain/assignments/schema'
import { isOpenForMarks } from '@/lib/domain/assignments/states'
import { DomainError, notFound } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { marksLocked, sessionLocked } from '../marking/active-assignment'
import { lockAssignment } from '../marking/lock-assignment'
import { lockLiveSession, type SessionRow } from '../visibility/sessions'
import { assignPairs, refusedTogether, rowsOf } from './assign'
import { changeAssignments, lockOne, type LeadChange } from './changes'
import { checkWork, findAssignmentRow, presentCompleteness, viewOfRow, viewsOf, type CheckedWork } from './data'
import { tellLeads } from './notifications'
import { dueOfRow } from './present'
import { reassignMany } from './reassign'
import { selectAssignments, type AssignmentRow } from './rows'

/** The actor's own assignment. @throws DomainError `not-found`; `forbidden` for another's. */
async function ownRow(permit: Permit, id: string): Promise<AssignmentRow> {
  const { read } = await database()
  const row = await findAssignmentRow(read, permit.actor, id)
  if (row.memberId !== permit.actor.memberId)
    throw new DomainError('forbidden', `This is the work of ${row.memberName}: only they may do this with it.`)
  return row
}

function checkOpen(row: AssignmentRow): void {
  if (!isOpenForMarks(row.state)) throw marksLocked(row)
  if (row.sessionState !== 'active') throw sessionLocked(row.sessionName)
}

/**
 * Starts the actor's own assignment; one that was already started is returned as it is.
 * @throws DomainError `not-found`, `forbidden`, `conflict` for work that is not open.
 */
export async function startAssignment(permit: Permit<'assignment.work'>, id: string): Promise<AssignmentView> {
  const { workspaceId, actor } = permit
  const before = await ownRow(permit, id)
  checkOpen(before)
  return write(permit, async (context) => {
    await lockAssignment(context, workspaceId, before)
    const [row] = await rowsOf(context.tx, workspaceId, [id])
    if (row === undefined) throw notFound('assignment')
    return viewOfRow(context.tx, { actor, row, now: context.now })
  })
}

function incomplete(work: CheckedWork): DomainError {
  return new DomainError(
    'conflict',
    `This cannot be submitted yet: ${describeIncomplete(work.places)}. Each place is listed in “current”.`,
    { current: presentCompleteness(work) },
  )
}

/** Stores the ratings of a blind session as they are at the first submission. Agreement is computed from these, and they never change. */
async function keepBlindRatings(
  { tx, now }: WriteContext,
  { workspaceId, row, revisionId }: { workspaceId: string; row: AssignmentRow; revisionId: string },
): Promise<void> {
  const { id: assignmentId, sessionId, documentId, memberId } = row
  const annotations = await tx.annotation.findMany({
    where: { workspaceId, sessionId, revisionId, authorId: memberId, deletedAt: null },
    orderBy: { start: 'asc' },
    select: { id: true, start: true, end: true, rating: true, disputed: true, partial: true },
  })
  await tx.blindRating.createMany({
    data: annotations.map(({ id: annotationId, ...rating }) => ({
      ...rating,
      annotationId,
      workspaceId,
      assignmentId,
      sessionId,
      documentId,
      memberId,
      createdAt: now,
    })),
  })
}

/** Whether this would be the assignment's first submission in the session's blind phase. */
async function isBlindSubmission(tx: Transaction, workspaceId: string, row: AssignmentRow): Promise<boolean> {
  if (!row.blind || row.submittedAt !== null) return false
  const session = await tx.reviewSession.findUnique({
    where: { workspaceId_id: { workspaceId, id: row.sessionId } },
    select: { blindEndedAt: true },
  })
  return session?.blindEndedAt === null
}

/**
 * Submits the actor's own assignment, which locks its marks; one that is already submitted is returned as it is. The first submission in a blind
 * session stores the blind ratings.
 *
 * A mark that arrives at the same moment is either stored first and checked with the others, or refused: it is never added after the submission.
 * @throws DomainError `not-found`, `forbidden` for another's; `conflict` with every place that is incomplete, or when the work is not open.
 */
export async function submitAssignment(permit: Permit<'assignment.work'>, id: string): Promise<AssignmentView> {
  const { workspaceId, actor } = permit
  const seen = await ownRow(permit, id)
  if (isOpenForMarks(seen.state) && seen.sessionState === 'active') {
    // Checked before the transaction too, so that a failing check does not hold up other writes.
    const { read } = await database()
    const work = await checkWork(read, { ...seen, workspaceId })
    if (work.places.length > 0) throw incomplete(work)
  }
  return write(permit, async (context) => {
    const { tx, now, record } = context
    await tx.assignment.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
    const [row] = await rowsOf(tx, workspaceId, [id])
    if (row === undefined) throw notFound('assignment')
    if (row.state === 'submitted' || row.state === 'accepted') return viewOfRow(tx, { actor, row, now })
    checkOpen(row)
    const work = await checkWork(tx, { ...row, workspaceId })
    if (work.places.length > 0) throw incomplete(work)
    if (await isBlindSubmission(tx, workspaceId, row)) await keepBlindRatings(context, { workspaceId, row, ...work })
    await tx.assignment.updateMany({
      where: { id, workspaceId },
      data: {
        state: 'submitted',
        startedAt: row.startedAt ?? now,
        submittedAt: now,
        version: { increment: 1 },
        updatedAt: now,
      },
    })
    const { sessionId, documentId, state } = row
    record({
      type: 'assignment.submitted',
      subjectId: id,
      documentId,
      sessionId,
      data: { before: { state }, after: { state: 'submitted' } },
    })
    await tellLeads(context, row, { workspaceId, by: actor })
    const [after] = await rowsOf(tx, workspaceId, [id])
    return viewOfRow(tx, { actor, row: after ?? row, now })
  })
}

/** The refusal of a single change, in its own words. */
function refusedOne(refused: readonly { message: string }[]): DomainError {
  return new DomainError('conflict', refused[0]?.message ?? 'This cannot be done now.')
}

/**
 * Changes one assignment that is at `version`; a change that is already made returns it as it is.
 * @throws DomainError `not-found`, `version-mismatch`, `conflict` saying what is in the way, `invalid` for a due date that has passed.
 */
export async function changeAssignment(
  permit: Permit<'assignment.manage'>,
  { id, version, change }: { id: string; version: number; change: LeadChange },
): Promise<AssignmentView> {
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const { tx, now } = context
    const { session, row } = await lockOne(tx, { workspaceId, id })
    const current = await viewOfRow(tx, { actor, row, now })
    const result = await changeAssignments(context, permit, { session, rows: [row], change })
    if ('refused' in result) {
      if (row.version !== version) throw versionMismatch('assignment', { expected: version, current })
      throw refusedOne(result.refused)
    }
    if (result.changed === 0) return current
    if (row.version !== version) throw versionMismatch('assignment', { expected: version, current })
    const [after] = result.rows
    return after === undefined ? current : viewOfRow(tx, { actor, row: after, now })
  })
}

/**
 * Reminds a reviewer of unfinished work; nothing is sent within an hour of the last reminder.
 * @throws DomainError `not-found`; `conflict` for work that nobody waits for.
 */
export async function remindAssignment(permit: Permit<'assignment.manage'>, id: string): Promise<AssignmentView> {
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const { tx, now } = context
    const { session, row } = await lockOne(tx, { workspaceId, id })
    const result = await changeAssignments(context, permit, { session, rows: [row], change: { action: 'remind' } })
    if ('refused' in result) throw refusedOne(result.refused)
    return viewOfRow(tx, { actor, row: result.rows[0] ?? row, now })
  })
}

/**
 * Removes an assignment from a draft's plan; removing it again changes nothing.
 * @throws DomainError `not-found`, `version-mismatch`; `conflict` when the session is not a draft any more.
 */
export async function removeAssignment(
  permit: Permit<'assignment.manage'>,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async (context) => {
    const { tx, now } = context
    const removed = await tx.event.count({ where: { workspaceId, subjectId: id, type: 'assignment.removed' } })
    if (removed > 0) return
    const { session, row } = await lockOne(tx, { workspaceId, id })
    if (row.version !== version)
      throw versionMismatch('assignment', { expected: version, current: await viewOfRow(tx, { actor, row, now }) })
    const result = await changeAssignments(context, permit, { session, rows: [row], change: { action: 'remove' } })
    if ('refused' in result) throw refusedOne(result.refused)
  })
}

/** The result of a bulk action: the assignments after it, and how many of them it changed or made. */
export interface BulkResult {
  items: AssignmentView[]
  changed: number
}

function changeOf(input: Exclude<BulkAssignments, { action: 'assign' | 'reassign' }>): LeadChange {
  if (input.action === 'extend') return { action: 'extend', dueAt: input.dueAt === null ? null : new Date(input.dueAt) }
  if (input.action === 'withdraw' || input.action === 'return') return { action: input.action, comment: input.comment }
  return { action: input.action }
}

async function rowsToChange(
  tx: Transaction,
  {
    workspaceId,
    session,
    ids,
    now,
  }: { workspaceId: string; session: SessionRow; ids: string[] | undefined; now: Date },
): Promise<AssignmentRow[]> {
  const here = Prisma.sql`a."workspaceId" = ${workspaceId} AND a."sessionId" = ${session.id}`
  await tx.assignment.updateMany({
    where: { workspaceId, sessionId: session.id, ...(ids === undefined ? {} : { id: { in: ids } }) },
    data: { version: { increment: 0 } },
  })
  if (ids === undefined) return (await selectAssignments(tx, here)).filter((row) => dueOfRow(row, now).overdue)
  const rows = await selectAssignments(tx, Prisma.sql`${here} AND a."id" IN (${Prisma.join(ids)})`)
  if (rows.length !== new Set(ids).size) throw notFound('assignment')
  return rows
}

/** Existing assignments of the pairs that are to be assigned. */
async function rowsOfPairs(
  tx: Transaction,
  {
    workspaceId,
    sessionId,
    pairs,
  }: Omit<Extract<BulkAssignments, { action: 'assign' }>, 'action' | 'dueAt'> & {
    workspaceId: string
    sessionId: string
  },
): Promise<AssignmentRow[]> {
  const wanted = new Set(pairs.map(({ documentId, memberId }) => `${documentId} ${memberId}`))
  const members = Prisma.join([...new Set(pairs.map(({ memberId }) => memberId))])
  const rows = await selectAssignments(
    tx,
    Prisma.sql`a."workspaceId" = ${workspaceId} AND a."sessionId" = ${sessionId} AND a."state" <> 'withdrawn'
      AND a."memberId" IN (${members})`,
  )
  return rows.filter(({ documentId, memberId }) => wanted.has(`${documentId} ${memberId}`))
}

/**
 * Applies one action to many assignments of a session, all or none. Assignments that already have the change stay as they are.
 * @throws DomainError `not-found` for the session or any of the ids; `conflict` with every refusal; `invalid`.
 */
export async function changeManyAssignments(
  permit: Permit<'assignment.manage'>,
  { sessionId, input }: { sessionId: string; input: BulkAssignments },
): Promise<BulkResult> {
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const { tx, now } = context
    const session = await lockLiveSession(tx, { workspaceId, id: sessionId })
    if (input.action === 'assign') {
      const dueAt = input.dueAt === null ? null : new Date(input.dueAt)
      const standing = await rowsOfPairs(tx, { workspaceId, sessionId, pairs: input.pairs })
      const there = new Set(standing.map(({ documentId, memberId }) => `${documentId} ${memberId}`))
      const pairs = input.pairs.filter(({ documentId, memberId }) => !there.has(`${documentId} ${memberId}`))
      const made = pairs.length === 0 ? [] : await assignPairs(context, permit, { session, pairs, dueAt })
      return { items: await viewsOf(tx, { actor, rows: [...standing, ...made], now }), changed: made.length }
    }
    const rows = await rowsToChange(tx, { workspaceId, session, ids: input.ids, now })
    if (input.action === 'reassign') {
      const given = await reassignMany(context, permit, { session, rows, to: input })
      return { items: await viewsOf(tx, { actor, rows: given.rows, now }), changed: given.changed }
    }
    const result = await changeAssignments(context, permit, { session, rows, change: changeOf(input) })
    if ('refused' in result) throw refusedTogether(result.refused)
    return { items: await viewsOf(tx, { actor, rows: result.rows, now }), changed: result.changed }
  })
}
