import type { WorkspaceView } from '@/lib/domain/members/schema'
import { mayDo, type Actor } from '../access/gate'
import type { WorkspaceRow } from './data'

/** A workspace as the API shows it to an actor. */
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
