import { allowedActions, refusalOf } from '@/lib/domain/access/policy'
import { notFound } from '@/lib/domain/errors'
import type { Me, SignInView } from '@/lib/domain/members/schema'
import type { Permit } from '../access/gate'
import { idleLimit } from '../auth/session/sessions'
import { database } from '../db/client'
import { assertPerson } from './mutations'

/** The acting person, what their membership allows, and the workspaces they can switch to. */
export async function readMe(permit: Permit<'account.read'>): Promise<Me> {
  const { actor } = permit
  const { read } = await database()
  const user = await read.user.findUnique({
    where: { id: actor.userId },
    select: {
      email: true,
      name: true,
      passwordHash: true,
      members: {
        where: { status: 'active' },
        select: { role: true, workspace: { select: { id: true, name: true, timeZone: true } } },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      },
    },
  })
  const own = user?.members.find(({ workspace }) => workspace.id === actor.workspaceId)
  if (user === null || own === undefined) throw notFound('user')
  // A token is bound to one workspace and does not show the others.
  const shown = actor.scopes === 'all' ? user.members : [own]
  return {
    userId: actor.userId,
    memberId: actor.memberId,
    name: user.name,
    email: user.email,
    role: actor.role,
    via: actor.via,
    scopes: actor.scopes === 'all' ? 'all' : [...actor.scopes],
    hasPassword: user.passwordHash !== null,
    workspace: own.workspace,
    workspaces: shown.map(({ role, workspace: { id, name } }) => ({ id, name, role })),
    can: allowedActions(actor.role).filter((action) => refusalOf(action, actor.role, actor.scopes) === null),
  }
}

/** The name of a signed-in user. @throws DomainError `not-found`. */
export async function readUserName(userId: string): Promise<string> {
  const { read } = await database()
  const user = await read.user.findUnique({ where: { id: userId }, select: { name: true } })
  if (user === null) throw notFound('user')
  return user.name
}

/** The person's sessions, last used first. @throws DomainError `forbidden` for a token. */
export async function listSignIns(permit: Permit<'sign-in.list'>): Promise<SignInView[]> {
  assertPerson(permit)
  const { actor } = permit
  const { read } = await database()
  const rows = await read.signIn.findMany({
    where: { userId: actor.userId, lastUsedAt: { gt: new Date(Date.now() - idleLimit) } },
    select: { id: true, device: true, startedAt: true, lastUsedAt: true },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }],
  })
  return rows.map(({ id, device, startedAt, lastUsedAt }) => ({
    id,
    device,
    startedAt: startedAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    current: id === actor.signInId,
  }))
}
