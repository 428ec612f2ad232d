import { planLocked } from '@/lib/domain/assignments/obstacles'
import { assignmentStateAfter, isFinished, type AssignmentTransition } from '@/lib/domain/assignments/states'
import type { EventType } from '@/lib/domain/audit/events'
import { notFound } from '@/lib/domain/errors'
import type { NotificationType } from '@/lib/domain/notifications/schema'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import type { WriteContext } from '../db/write'
import { lockLiveSession, type SessionRow } from '../visibility/sessions'
import { refusePastDate, rowsOf } from './assign'
import { tellReviewers } from './notifications'
import { dueOfRow } from './present'
import type { AssignmentRow } from './rows'

/** The changes a lead can make to existing assignments. */
export type LeadChange =
  | { action: 'withdraw' | 'return'; comment: string }
  | { action: 'release' | 'accept' | 'reinstate' | 'remind' | 'remove' }
  | { action: 'extend'; dueAt: Date | null }

/** Assignments of one session whose row is locked. */
export interface Changed {
  session: SessionRow
  rows: readonly AssignmentRow[]
  change: LeadChange
}

/** The time after a reminder in which no other is sent, in ms. */
const reminderPause = 60 * 60 * 1000

const transitionOf: Partial<Record<LeadChange['action'], AssignmentTransition>> = {
  withdraw: 'withdraw',
  release: 'withdraw',
  return: 'return',
  accept: 'accept',
  reinstate: 'reinstate',
}

const eventOf: Record<LeadChange['action'], EventType> = {
  withdraw: 'assignment.withdrawn',
  release: 'assignment.withdrawn',
  return: 'assignment.returned',
  accept: 'assignment.accepted',
  reinstate: 'assignment.reinstated',
  extend: 'assignment.extended',
  remind: 'assignment.reminded',
  remove: 'assignment.removed',
}

const tellingOf: Partial<Record<LeadChange['action'], NotificationType>> = {
  withdraw: 'assignment-withdrawn',
  release: 'assignment-withdrawn',
  return: 'assignment-returned',
  accept: 'assignment-accepted',
  reinstate: 'assignment-given',
  extend: 'assignment-extended',
  remind: 'assignment-reminder',
}

/** Whether the change is already made, so that a repeated call changes nothing. */
function isDone({ state, dueAt, remindedAt }: AssignmentRow, change: LeadChange, now: Date): boolean {
  switch (change.action) {
    case 'withdraw':
    case 'release':
      return state === 'withdrawn'
    case 'return':
      return state === 'returned'
    case 'accept':
      return state === 'accepted'
    case 'reinstate':
      return state === 'started'
    case 'extend':
      return (dueAt?.getTime() ?? null) === (change.dueAt?.getTime() ?? null)
    case 'remind':
      return remindedAt !== null && now.getTime() - remindedAt.getTime() < reminderPause
    case 'remove':
      return false
  }
}

const waysOut: Record<AssignmentRow['state'], string> = {
  assigned: 'it was not started yet',
  started: 'it is being worked on and not submitted yet',
  submitted: 'it is submitted',
  returned: 'it was returned and is not submitted again yet',
  accepted: 'it is accepted',
  withdrawn: 'it was taken back; reinstate it first',
}

const verbs: Record<LeadChange['action'], string> = {
  withdraw: 'be taken back',
  release: 'be released',
  return: 'be returned',
  accept: 'be accepted',
  reinstate: 'be reinstated',
  extend: 'get another due date',
  remind: 'be reminded of',
  remove: 'be taken out of the plan',
}

interface Asked {
  change: LeadChange
  now: Date
  actorId: string
}

function findObstacle(session: SessionRow, row: AssignmentRow, { change, now, actorId }: Asked): string | null {
  const { action } = change
  if (action === 'accept' && row.memberId === actorId)
    return `“${row.title}” is your own work: another lead accepts it. Its claims can be settled without.`
  const what = `${row.memberName}’s “${row.title}”`
  const stateObstacle = `${what} cannot ${verbs[action]}: ${waysOut[row.state]}.`
  if (action === 'remove') {
    return session.state === 'draft'
      ? null
      : `${what} cannot be taken out of the plan: “${session.name}” is not a draft any more. Withdraw it: the work done is kept.`
  }
  // Submitted work may still be accepted while its claims are settled, because accepting changes no marks.
  if (action !== 'accept' || session.state !== 'adjudication') {
    const locked = planLocked(session)
    if (locked !== null) return locked
  }
  if (session.state === 'draft' && action !== 'extend')
    return `“${session.name}” is a draft: change its plan instead, or make it active first.`
  const transition = transitionOf[action]
  if (transition === undefined) return isFinished(row.state) ? stateObstacle : null
  if (assignmentStateAfter(row.state, transition) === null) return stateObstacle
  if (action !== 'release') return null
  if (isFinished(row.state)) return stateObstacle
  const { due, overdue } = dueOfRow(row, now)
  if (overdue) return null
  const when = due === null ? 'has no due date' : `is due on ${due.toISOString()}`
  return `${what} is not late: it ${when}, and it is ${now.toISOString()} here. To take it back all the same, withdraw it.`
}

async function findDoubled({ tx }: WriteContext, row: AssignmentRow, workspaceId: string): Promise<string | null> {
  const other = await tx.assignment.findFirst({
    where: {
      workspaceId,
      memberId: row.memberId,
      documentId: row.documentId,
      id: { not: row.id },
      state: { not: 'withdrawn' },
      session: { state: { in: ['active', 'adjudication'] }, deletedAt: null },
    },
    select: { session: { select: { name: true } } },
  })
  if (other === null) return null
  return `${row.memberName} has “${row.title}” in “${other.session.name}” now. Withdraw that assignment first.`
}

/** Why a change is refused, by assignment; empty when all can be changed. Assignments that already have the change are not checked. */
async function findRefusals(
  context: WriteContext,
  permit: Permit,
  { session, rows, change }: Changed,
): Promise<{ id: string; message: string }[]> {
  const refused: { id: string; message: string }[] = []
  for (const row of rows) {
    const message = findObstacle(session, row, { change, now: context.now, actorId: permit.actor.memberId })
    if (message !== null) refused.push({ id: row.id, message })
  }
  if (change.action !== 'reinstate' || refused.length > 0) return refused
  const members = await context.tx.member.findMany({
    where: { workspaceId: permit.workspaceId, id: { in: rows.map(({ memberId }) => memberId) } },
    select: { id: true, role: true, status: true },
  })
  const able = new Set(
    members.filter(({ role, status }) => status === 'active' && role !== 'viewer').map(({ id }) => id),
  )
  for (const row of rows) {
    const message = able.has(row.memberId)
      ? await findDoubled(context, row, permit.workspaceId)
      : `${row.memberName} may not review now: reinstate the member, or give the document to another reviewer.`
    if (message !== null) refused.push({ id: row.id, message })
  }
  return refused
}

function dataOf(change: LeadChange, now: Date) {
  const { action } = change
  switch (action) {
    case 'withdraw':
      return { state: 'withdrawn', withdrawnAt: now, comment: change.comment } as const
    case 'release':
      return { state: 'withdrawn', withdrawnAt: now } as const
    case 'return':
      return { state: 'returned', returnedAt: now, comment: change.comment } as const
    case 'accept':
      return { state: 'accepted', acceptedAt: now } as const
    case 'reinstate':
      return { state: 'started', startedAt: now } as const
    case 'extend':
      return { dueAt: change.dueAt } as const
    case 'remind':
    case 'remove':
      return { remindedAt: now } as const
  }
}

function eventData(row: AssignmentRow, change: LeadChange): Record<string, unknown> {
  const { memberId, documentId, state, dueAt } = row
  const after = assignmentStateAfter(state, transitionOf[change.action] ?? 'start')
  switch (change.action) {
    case 'extend':
      return {
        before: { dueAt: dueAt?.toISOString() ?? null },
        after: { dueAt: change.dueAt?.toISOString() ?? null },
      }
    case 'remove':
      return { before: { memberId, documentId } }
    case 'remind':
      return { memberId }
    case 'withdraw':
    case 'return':
      return { before: { state }, after: { state: after, memberId, comment: change.comment } }
    case 'release':
      return { before: { state }, after: { state: after, memberId, because: 'overdue' } }
    case 'accept':
    case 'reinstate':
      return { before: { state }, after: { state: after, memberId } }
  }
}

/**
 * Changes assignments of one session within the caller's transaction, all or none, records the changes and notifies the reviewers. Assignments that
 * already have the change stay as they are. Withdrawn work keeps its marks, locked.
 * @returns the rows after the change, in the given order, and how many changed; or every refusal.
 */
export async function changeAssignments(
  context: WriteContext,
  permit: Permit,
  { session, rows, change }: Changed,
): Promise<{ rows: AssignmentRow[]; changed: number } | { refused: { id: string; message: string }[] }> {
  const { tx, now, record } = context
  const { workspaceId, actor } = permit
  if (change.action === 'extend') refusePastDate(change.dueAt, now)
  const open = rows.filter((row) => !isDone(row, change, now))
  const refused = await findRefusals(context, permit, { session, rows: open, change })
  if (refused.length > 0) return { refused }
  const ids = open.map(({ id }) => id)
  const where = { workspaceId, id: { in: ids } }
  if (change.action === 'remove') await tx.assignment.deleteMany({ where })
  else
    await tx.assignment.updateMany({
      where,
      data: { ...dataOf(change, now), version: { increment: 1 }, updatedAt: now },
    })
  for (const row of open) {
    const { id, documentId, sessionId } = row
    record({ type: eventOf[change.action], subjectId: id, documentId, sessionId, data: eventData(row, change) })
  }
  const after = await rowsOf(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  )
  const type = tellingOf[change.action]
  const touched = new Set(ids)
  if (type !== undefined)
    await tellReviewers(
      context,
      after.filter(({ id }) => touched.has(id)),
      { workspaceId, by: actor, type, ...('comment' in change ? { words: change.comment } : {}) },
    )
  return { rows: after, changed: ids.length }
}

/**
 * Reads an assignment and its session, and locks the session's row until the transaction ends.
 * @throws DomainError `not-found`, also for one whose session was deleted.
 */
export async function lockOne(
  tx: Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<{ session: SessionRow; row: AssignmentRow }> {
  const known = await tx.assignment.findFirst({ where: { id, workspaceId }, select: { sessionId: true } })
  if (known === null) throw notFound('assignment')
  const session = await lockLiveSession(tx, { workspaceId, id: known.sessionId })
  // Locks before reading, so that a mark or submission under way is stored first.
  await tx.assignment.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
  const [row] = await rowsOf(tx, workspaceId, [id])
  if (row === undefined) throw notFound('assignment')
  return { session, row }
}
