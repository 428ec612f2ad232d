import type { AssignmentView, BulkAssignments, Reassignment } from '@/lib/domain/assignments/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import type { SessionRow } from '../visibility/sessions'
import { assignPairs, findMade, refusedTogether, refusePastDate } from './assign'
import { changeAssignments, lockOne, type LeadChange } from './changes'
import { viewOfRow } from './data'
import { selectAssignments, type AssignmentRow } from './rows'

interface HandOver {
  session: SessionRow
  rows: readonly AssignmentRow[]
  /** `id` is the new assignment's, when only one is made. */
  to: Reassignment
}

/** The due date carried over when no other is asked for; a date that has passed is dropped. */
function dueDateOf({ dueAt }: AssignmentRow, to: Reassignment, now: Date): Date | null {
  if (to.dueAt !== undefined) return to.dueAt === null ? null : new Date(to.dueAt)
  return dueAt !== null && dueAt > now ? dueAt : null
}

function refuseSame(rows: readonly AssignmentRow[], memberId: string): void {
  const own = rows.find((row) => row.memberId === memberId)
  if (own !== undefined)
    throw new DomainError('invalid', `${own.memberName} has “${own.title}” already. Choose another member.`, {
      fields: [{ path: 'memberId', message: 'Choose another member.' }],
    })
  const twice = rows.filter(({ documentId }, at) => rows.findIndex((row) => row.documentId === documentId) < at)
  if (twice.length > 0)
    throw refusedTogether(
      twice.map(({ id, title }) => ({
        id,
        message: `“${title}” is among these more than once, and nobody reads a document twice. Give it to two people.`,
      })),
    )
}

/**
 * Reassigns assignments of one session to another reviewer within the caller's transaction, all or none. The session's row must be locked.
 * @returns the rows that were withdrawn (in a draft: removed from the plan) and the new ones, in the order of the given ones.
 * @throws DomainError `conflict` with every refusal, `invalid` for a member who has it already or a due date that has passed.
 */
async function handOver(
  context: WriteContext,
  permit: Permit,
  { session, rows, to }: HandOver,
): Promise<{ taken: AssignmentRow[]; made: AssignmentRow[] }> {
  const { now } = context
  if (to.dueAt !== undefined && to.dueAt !== null) refusePastDate(new Date(to.dueAt), now)
  refuseSame(rows, to.memberId)
  // In a draft no work exists yet: the plan changes, and nobody is notified.
  const change: LeadChange =
    session.state === 'draft' ? { action: 'remove' } : { action: 'withdraw', comment: to.comment }
  const result = await changeAssignments(context, permit, { session, rows, change })
  if ('refused' in result) throw refusedTogether(result.refused)
  const pairs = rows.map((row) => ({
    id: to.id,
    documentId: row.documentId,
    memberId: to.memberId,
    dueAt: dueDateOf(row, to, now),
  }))
  const made = pairs.length === 0 ? [] : await assignPairs(context, permit, { session, pairs, dueAt: null })
  const after = new Map(result.rows.map((row) => [row.id, row]))
  return { taken: rows.map((row) => after.get(row.id) ?? { ...row, state: 'withdrawn' }), made }
}

/**
 * Reassigns an assignment that is at `version` to another reviewer in one step: it is withdrawn, its work kept as locked, and the other reviewer gets
 * the document. Repeating the call with the same id of the new assignment returns the same result.
 * @throws DomainError `not-found`, `version-mismatch`, `conflict` saying what is in the way, `invalid`.
 */
export async function reassign(
  permit: Permit<'assignment.manage'>,
  { id, version, to }: { id: string; version: number; to: Reassignment },
): Promise<{ withdrawn: AssignmentView; assigned: AssignmentView }> {
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const { tx, now } = context
    const { session, row } = await lockOne(tx, { workspaceId, id })
    const { documentId, sessionId } = row
    const view = async (withdrawn: AssignmentRow, assigned: AssignmentRow) => ({
      withdrawn: await viewOfRow(tx, { actor, row: withdrawn, now }),
      assigned: await viewOfRow(tx, { actor, row: assigned, now }),
    })
    if (to.id !== undefined) {
      const made = await findMade(tx, { workspaceId, id: to.id, sessionId, documentId, memberId: to.memberId })
      if (made !== null) return view(row, made)
    }
    if (row.version !== version)
      throw versionMismatch('assignment', { expected: version, current: await viewOfRow(tx, { actor, row, now }) })
    const { taken, made } = await handOver(context, permit, { session, rows: [row], to })
    const [withdrawn, assigned] = [taken[0], made[0]]
    if (withdrawn === undefined || assigned === undefined) throw notFound('assignment')
    return view(withdrawn, assigned)
  })
}

/** The fields of a bulk reassignment, without the ids. */
export type ReassignMany = Omit<Extract<BulkAssignments, { action: 'reassign' }>, 'action' | 'ids'>

/**
 * Reassigns assignments of a session whose row is locked to another reviewer, all or none. An assignment that was withdrawn earlier and whose
 * document the other reviewer has counts as done.
 * @returns the other reviewer's assignments of these documents, and how many of them this call made.
 * @throws DomainError `conflict` with every refusal, `invalid`.
 */
export async function reassignMany(
  context: WriteContext,
  permit: Permit,
  { session, rows, to }: { session: SessionRow; rows: readonly AssignmentRow[]; to: ReassignMany },
): Promise<{ rows: AssignmentRow[]; changed: number }> {
  const documents = new Set(rows.map(({ documentId }) => documentId))
  const standing = await selectAssignments(
    context.tx,
    Prisma.sql`a."workspaceId" = ${permit.workspaceId} AND a."sessionId" = ${session.id} AND a."memberId" = ${to.memberId}
      AND a."state" <> 'withdrawn'`,
  )
  const there = new Map(
    standing.filter(({ documentId }) => documents.has(documentId)).map((row) => [row.documentId, row]),
  )
  const open = rows.filter(({ documentId, state }) => state !== 'withdrawn' || !there.has(documentId))
  const { made } = await handOver(context, permit, { session, rows: open, to })
  for (const row of made) there.set(row.documentId, row)
  return {
    rows: [...documents].flatMap((documentId) => there.get(documentId) ?? []),
    changed: made.length,
  }
}
