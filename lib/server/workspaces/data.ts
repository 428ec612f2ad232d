import { notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'

/** A workspace as the database holds it. */
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

/** Makes other transactions that lock the same workspace wait until this one ends. SQLite has one writer anyway. */
export async function lockWorkspace(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.workspace.updateMany({ where: { id: workspaceId }, data: { version: { increment: 0 } } })
}
