import { stepsDone, type FirstStep } from '@/lib/domain/members/first-steps'
import type { WorkspaceView } from '@/lib/domain/members/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { database } from '../db/client'
import { presentWorkspace, readWorkspace } from './data'

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

/** The actor's workspace, for a page. */
export async function loadWorkspace(actor: Actor): Promise<WorkspaceView> {
  return presentWorkspace(await readWorkspace(permit(actor, 'workspace.read')), actor)
}

/** The first steps done in the actor's workspace; null for an actor who cannot do them. */
export async function loadFirstSteps(actor: Actor): Promise<FirstStep[] | null> {
  if (!mayDo(actor, 'document.create') || !mayDo(actor, 'review-session.create')) return null
  const { read } = await database()
  const { workspaceId } = actor
  const sessions = { workspaceId, deletedAt: null, isTemplate: false }
  const [documents, members, invitations, startedSessions, closedSessions] = await Promise.all([
    read.document.count({ where: { workspaceId, deletedAt: null } }),
    read.member.count({ where: { workspaceId, status: 'active' } }),
    read.invitation.count({
      where: { workspaceId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    }),
    read.reviewSession.count({ where: { ...sessions, state: { not: 'draft' } } }),
    read.reviewSession.count({ where: { ...sessions, state: 'closed' } }),
  ])
  return [...stepsDone({ documents, members, invitations, startedSessions, closedSessions })]
}
