import { permit, type Actor } from '../access/gate'
import { database } from '../db/client'

/** The workspaces that the actor's person may work in, the oldest membership first. The one they work in now is among them. */
export async function loadWorkspaces(actor: Actor): Promise<{ id: string; name: string }[]> {
  permit(actor, 'workspace.read')
  const { read } = await database()
  const rows = await read.member.findMany({
    where: { userId: actor.userId, status: 'active' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { workspace: { select: { id: true, name: true } } },
  })
  return rows.map(({ workspace }) => workspace)
}
