import { notFound } from '@/lib/domain/errors'
import type { WorkspaceView } from '@/lib/domain/members/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'

/** A workspace as the database stores it. */
export interface WorkspaceRow {
  id: string
  name: string
  timeZone: string
  version: number
  createdAt: Date
}

/** The workspace of the permit. */
export async function readWorkspace(
  permit: Permit<'workspace.read' | 'workspace.update'>,
  client?: Transaction,
): Promise<WorkspaceRow> {
  const row = await (client ?? (await database()).read).workspace.findUnique({
    where: { id: permit.workspaceId },
    select: { id: true, name: true, timeZone: true, version: true, createdAt: true },
  })
  if (row === null) throw notFound('workspace')
  return row
}

/** Locks a workspace's row: other transactions that lock it wait until this one ends. SQLite has one writer anyway. */
export async function lockWorkspace(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.workspace.updateMany({ where: { id: workspaceId }, data: { version: { increment: 0 } } })
}

/** Presents a workspace to an actor. */
export function presentWorkspace(row: WorkspaceRow, actor: Actor): WorkspaceView {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.timeZone,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    can: mayDo(actor, 'workspace.update') ? ['workspace.update'] : [],
  }
}
