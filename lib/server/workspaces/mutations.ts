import { DomainError } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { write } from '../db/write'
import { readWorkspace, type WorkspaceRow } from './data'

/**
 * Renames the workspace.
 * @throws DomainError `version-mismatch` when somebody changed it since `edit.version` was read.
 */
export async function renameWorkspace(
  permit: Permit<'workspace.update'>,
  edit: { name: string; version: number },
): Promise<WorkspaceRow> {
  return write(permit, async ({ tx, now, record }) => {
    const before = await readWorkspace(permit, tx)
    const { count } = await tx.workspace.updateMany({
      where: { id: permit.workspaceId, version: edit.version },
      data: { name: edit.name, version: { increment: 1 }, updatedAt: now },
    })
    if (count === 0) {
      throw new DomainError(
        'version-mismatch',
        'Somebody changed the workspace meanwhile. Look at the new name and change it again.',
        {
          current: { id: before.id, name: before.name, version: before.version },
        },
      )
    }
    record({ type: 'workspace.updated', subjectId: before.id, data: { before: before.name, after: edit.name } })
    return readWorkspace(permit, tx)
  })
}
