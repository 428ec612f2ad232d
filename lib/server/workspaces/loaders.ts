import { permit, type Actor } from '../access/gate'
import { database } from '../db/client'
import type { WorkspaceView } from '@/lib/domain/members/schema'
import { readWorkspace } from './data'
import { presentWorkspace } from './present'

/** The workspaces a person may work in, in the order they joined. */
export async function loadWorkspaces(actor: Actor): Promise<{ id: string; name: string; timeZone: string }[]> {
  const { read } = await database()
  const members = await read.member.findMany({
    where: { userId: actor.userId, status: 'active' },
    select: { workspace: { select: { id: true, name: true, timeZone: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return members.map(({ workspace }) => workspace)
}

/** The actor's workspace for a page. */
export async function loadWorkspace(actor: Actor): Promise<WorkspaceView> {
  return presentWorkspace(await readWorkspace(permit(actor, 'workspace.read')), actor)
}
