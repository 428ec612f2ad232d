import { changesOf } from '@/lib/domain/audit/changes'
import { DomainError } from '@/lib/domain/errors'
import type { WorkspaceChange } from '@/lib/domain/members/schema'
import { moveDueDay } from '@/lib/domain/time/due-day'
import type { Permit } from '../access/gate'
import { write, type WriteContext } from '../db/write'
import { readWorkspace, type WorkspaceRow } from './data'
import { openStates } from '@/lib/domain/assignments/states'

/**
 * Changes the workspace's name or time zone. With the time zone, due days of unfinished work move to the end of the same day in the new zone. A
 * change without effect returns the workspace as it is.
 * @throws DomainError `version-mismatch` when it was changed since `version` was read.
 */
export async function updateWorkspace(
  permit: Permit<'workspace.update'>,
  { change, version }: { change: WorkspaceChange; version: number },
): Promise<WorkspaceRow> {
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const before = await readWorkspace(permit, tx)
    const { id, name, timeZone } = before
    const changes = changesOf({ name, timeZone }, change)
    if (changes === null) return before
    const { count } = await tx.workspace.updateMany({
      where: { id: permit.workspaceId, version },
      data: {
        ...(changes.after.name === undefined ? {} : { name: changes.after.name }),
        ...(changes.after.timeZone === undefined ? {} : { timeZone: changes.after.timeZone }),
        version: { increment: 1 },
        updatedAt: now,
      },
    })
    if (count === 0) {
      throw new DomainError(
        'version-mismatch',
        'Another owner changed the workspace in the meantime. Look at it as it is now and change it again.',
        { current: { id, name, timeZone, version: before.version } },
      )
    }
    record({ type: 'workspace.updated', subjectId: id, data: { ...changes } })
    if (changes.after.timeZone !== undefined)
      await moveDueDays(context, { workspaceId: id, from: timeZone, to: changes.after.timeZone })
    return readWorkspace(permit, tx)
  })
}

/** Moves the due days of unfinished sessions and assignments from the end of the day in one zone to that in another. */
async function moveDueDays(
  { tx, now, record }: WriteContext,
  { workspaceId, from, to }: { workspaceId: string; from: string; to: string },
): Promise<void> {
  const moved = (dueAt: Date | null) => {
    if (dueAt === null) return null
    const after = new Date(moveDueDay(dueAt.getTime(), { from, to }))
    return after.getTime() === dueAt.getTime() ? null : after
  }
  const changed = { version: { increment: 1 }, updatedAt: now }
  const select = { id: true, dueAt: true } as const
  const sessions = await tx.reviewSession.findMany({
    where: { workspaceId, dueAt: { not: null }, state: { not: 'closed' }, deletedAt: null },
    select,
  })
  for (const { id, dueAt } of sessions) {
    const after = moved(dueAt)
    if (dueAt === null || after === null) continue
    await tx.reviewSession.updateMany({ where: { id, workspaceId }, data: { dueAt: after, ...changed } })
    const data = { before: { dueAt: dueAt.toISOString() }, after: { dueAt: after.toISOString() } }
    record({ type: 'review-session.updated', subjectId: id, sessionId: id, data })
  }
  const assignments = await tx.assignment.findMany({
    where: { workspaceId, dueAt: { not: null }, state: { in: [...openStates] } },
    select: { ...select, documentId: true, sessionId: true },
  })
  for (const { id, dueAt, documentId, sessionId } of assignments) {
    const after = moved(dueAt)
    if (dueAt === null || after === null) continue
    await tx.assignment.updateMany({ where: { id, workspaceId }, data: { dueAt: after, ...changed } })
    const data = { before: { dueAt: dueAt.toISOString() }, after: { dueAt: after.toISOString() } }
    record({ type: 'assignment.extended', subjectId: id, documentId, sessionId, data })
  }
}
