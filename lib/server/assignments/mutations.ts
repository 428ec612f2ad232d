import type { AssignmentView, BulkAssignments } from '@/lib/domain/assignments/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write } from '../db/write'
import type { SessionRow } from '../visibility/sessions'
import { lockLiveSession } from '../visibility/sessions'
import { assignPairs, refusedTogether } from './assign'
import { changeAssignments, type LeadChange } from './changes'
import { viewOfRow, viewsOf } from './data'
import { lockOne } from './lock'
import { dueOfRow } from './present'
import { reassignMany } from './reassign'
import { selectAssignments, type AssignmentRow } from './rows'

/** The refusal of a single change, in its own words. */
function refusedOne(refused: readonly { message: string }[]): DomainError {
  return new DomainError('conflict', refused[0]?.message ?? 'This cannot be done now.')
}

/**
 * Changes one assignment that is at `version`; what is done already answers as it is.
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
 * Reminds a reviewer of unfinished work; within an hour of the last reminder nothing is sent again.
 * @throws DomainError `not-found`; `conflict` for work that is not waited for.
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
 * Takes an assignment out of a draft's plan; one that is gone is gone.
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

/** What a bulk action did: the assignments as they are then, and how many of them it changed or made. */
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

/** Assignments that stand already, of pairs that are to be assigned. */
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
 * One action on many assignments of a session, all or none. Where it is done already nothing changes.
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
