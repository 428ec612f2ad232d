import { describeIncomplete } from '@/lib/domain/assignments/completeness'
import type { AssignmentView } from '@/lib/domain/assignments/schema'
import { isOpenForMarks } from '@/lib/domain/assignments/states'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { rowsOf } from './assign'
import { checkWork, presentCompleteness, type CheckedWork } from './completeness'
import { findAssignmentRow, viewOfRow } from './data'
import { lockAssignment } from '../marking/lock-assignment'
import { marksLocked, sessionLocked } from '../marking/active-assignment'
import type { AssignmentRow } from './rows'
import { tellLeads } from './notifications'

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
 * Starts the actor's own assignment; one that was started already answers as it is.
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

/** Keeps the ratings of a blind session as they stand at the first submission: agreement is computed from these, for ever. */
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

/** Whether this would be the first submission in the blind phase of the session. */
async function isBlindSubmission(tx: Transaction, workspaceId: string, row: AssignmentRow): Promise<boolean> {
  if (!row.blind || row.submittedAt !== null) return false
  const session = await tx.reviewSession.findUnique({
    where: { workspaceId_id: { workspaceId, id: row.sessionId } },
    select: { blindEndedAt: true },
  })
  return session?.blindEndedAt === null
}

/**
 * Submits the actor's own assignment: its marks are locked then. Submitting again what is submitted answers as it is. At the first submission
 * in a blind session the ratings are kept as they stand.
 *
 * Marks that are on their way are stored before, and checked with the others, or refused after: never added behind the submission.
 * @throws DomainError `not-found`, `forbidden` for another's; `conflict` with every place that is incomplete, or when the work is not open.
 */
export async function submitAssignment(permit: Permit<'assignment.work'>, id: string): Promise<AssignmentView> {
  const { workspaceId, actor } = permit
  const seen = await ownRow(permit, id)
  if (isOpenForMarks(seen.state) && seen.sessionState === 'active') {
    // Looked at before, too, so that other writes do not wait for a check that fails.
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
