import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '@/lib/server/access/gate'
import { database } from '@/lib/server/db/client'

/**
 * Finds the actor of the command line. The person who runs the machine has all rights of an owner and acts as the workspace's first owner; the audit
 * trail names the command line as the channel.
 * @param workspace id or name; optional when there is only one
 * @throws DomainError `invalid` naming the workspaces to choose from, `not-found` for an unknown workspace or one without an owner.
 */
export async function operatorOf(workspace: string | undefined): Promise<Actor> {
  const { read } = await database()
  const workspaces = await read.workspace.findMany({ orderBy: { createdAt: 'asc' }, select: { id: true, name: true } })
  const matching =
    workspace === undefined ? workspaces : workspaces.filter(({ id, name }) => id === workspace || name === workspace)
  const [chosen, another] = matching
  if (chosen === undefined) {
    const known = workspaces.map(({ name }) => `"${name}"`).join(', ')
    const message =
      known === ''
        ? 'There is no workspace yet: set one up in the browser first.'
        : `There is no such workspace. There are: ${known}.`
    throw new DomainError('not-found', message)
  }
  if (another !== undefined) {
    const choices = matching.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
    throw new DomainError('invalid', `There are several workspaces. Name one with --workspace:\n${choices}`)
  }
  const owner = await read.member.findFirst({
    where: { workspaceId: chosen.id, role: 'owner', status: 'active' },
    orderBy: { createdAt: 'asc' },
    select: { id: true, userId: true, user: { select: { name: true } } },
  })
  if (owner === null)
    throw new DomainError('not-found', `The workspace "${chosen.name}" has no active owner in whose name to act.`)
  return {
    workspaceId: chosen.id,
    memberId: owner.id,
    userId: owner.userId,
    name: owner.user.name,
    role: 'owner',
    via: 'command-line',
    scopes: 'all',
  }
}
