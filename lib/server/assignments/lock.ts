import { notFound } from '@/lib/domain/errors'
import type { Transaction } from '../db/client'
import type { SessionRow } from '../visibility/sessions'
import { lockLiveSession } from '../visibility/sessions'
import { rowsOf } from './assign'
import type { AssignmentRow } from './rows'

/**
 * An assignment and its session, whose row is locked until the write is done.
 * @throws DomainError `not-found`, also for one whose session was deleted.
 */
export async function lockOne(
  tx: Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<{ session: SessionRow; row: AssignmentRow }> {
  const known = await tx.assignment.findFirst({ where: { id, workspaceId }, select: { sessionId: true } })
  if (known === null) throw notFound('assignment')
  const session = await lockLiveSession(tx, { workspaceId, id: known.sessionId })
  // Locked before it is read: a mark or submission at this moment goes first.
  await tx.assignment.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
  const [row] = await rowsOf(tx, workspaceId, [id])
  if (row === undefined) throw notFound('assignment')
  return { session, row }
}
