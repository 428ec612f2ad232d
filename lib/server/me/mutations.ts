import type { EventType } from '@/lib/domain/audit/events'
import { DomainError, notFound } from '@/lib/domain/errors'
import { passwordProblem } from '@/lib/domain/members/password'
import { permitOfLink, type Permit } from '../access/gate'
import { hashPassword } from '../auth/passwords'
import { endSessionsOf, sessionLife } from '../auth/session/sessions'
import { isPresentPassword, type SignedInUser } from '../auth/sign-in'
import { database } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { logSecurity } from '../log'
import { revokeTokensOf } from './tokens'

/** Refuses a token, which must not take over the account it belongs to. @throws DomainError `forbidden`. */
export function assertPerson(permit: Permit): void {
  if (permit.actor.via === 'token') {
    throw new DomainError('forbidden', 'A token cannot change the account. Sign in and change it under Settings.')
  }
}

/**
 * Runs a change of a user's own account, and records an event with `data` in every workspace they belong to: an account spans workspaces, an event
 * belongs to one. @throws DomainError `conflict` when they belong to none.
 */
export async function writeAccount<T>(
  userId: string,
  type: EventType,
  body: (context: WriteContext) => Promise<{ result: T; data: Record<string, unknown> }>,
): Promise<T> {
  const { read } = await database()
  const members = await read.member.findMany({
    where: { userId },
    select: { id: true, workspaceId: true, role: true, user: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const [first, ...others] = members
  if (first === undefined)
    throw new DomainError('conflict', 'This account belongs to no workspace. Accept an invitation first.')
  const { id: memberId, workspaceId, role, user } = first
  return write(permitOfLink({ workspaceId, memberId, userId, name: user.name, role }), async (context) => {
    const { result, data } = await body(context)
    context.record({ type, subjectId: memberId, data })
    for (const member of others) {
      const as = { workspaceId: member.workspaceId, memberId: member.id }
      context.record({ type, subjectId: member.id, data }, as)
    }
    return result
  })
}

async function readAccount(userId: string) {
  const { read } = await database()
  const user = await read.user.findUnique({
    where: { id: userId },
    select: { id: true, email: true, name: true, passwordHash: true, sessionEpoch: true },
  })
  if (user === null) throw notFound('user')
  return user
}

/** Changes the person's name. */
export async function renameMe(permit: Permit<'account.update'>, name: string): Promise<void> {
  assertPerson(permit)
  const { userId } = permit.actor
  await writeAccount(userId, 'member.renamed', async ({ tx, now }) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } })
    await tx.user.update({ where: { id: userId }, data: { name, updatedAt: now }, select: { id: true } })
    return { result: null, data: { before, after: { name } } }
  })
}

/**
 * Changes the password. Ends all sessions of the person, including the current one, and revokes their personal tokens unless they are kept; the
 * result is what a new session is made from.
 * @throws DomainError `invalid` naming the field that is wrong; `too-many-requests`; `conflict` for an account without a password.
 */
export async function changePassword(
  permit: Permit<'account.update'>,
  change: { currentPassword: string; newPassword: string; keepTokens: boolean },
): Promise<SignedInUser> {
  assertPerson(permit)
  const { userId } = permit.actor
  const user = await readAccount(userId)
  if (user.passwordHash === null) {
    throw new DomainError(
      'conflict',
      'This account signs in without a password. The server’s administrator can make a link to choose one.',
    )
  }
  if (!(await isPresentPassword(userId, user.passwordHash, change.currentPassword))) {
    const message = 'This is not your current password.'
    throw new DomainError('invalid', message, { fields: [{ path: 'currentPassword', message }] })
  }
  const problem = passwordProblem(change.newPassword, { email: user.email, name: user.name })
  if (problem !== null)
    throw new DomainError('invalid', problem, { fields: [{ path: 'newPassword', message: problem }] })
  const passwordHash = await hashPassword(change.newPassword)
  const { keepTokens } = change
  const changed = await writeAccount(userId, 'member.password-changed', async (context) => {
    const { tx, now } = context
    await tx.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } })
    await tx.passwordReset.deleteMany({ where: { userId, usedAt: null } })
    if (!keepTokens) await revokeTokensOf(context, userId)
    const sessionEpoch = await endSessionsOf(tx, userId, now)
    return {
      result: { id: userId, email: user.email, name: user.name, sessionEpoch },
      data: { tokensKept: keepTokens },
    }
  })
  logSecurity('password-changed', { userId, via: permit.actor.via })
  return changed
}

/** Ends all sessions of the person on every device, invalidates open password links, and revokes their personal tokens unless they are kept. */
export async function endMySessions(
  permit: Permit<'account.update'>,
  { keepTokens = false }: { keepTokens?: boolean } = {},
): Promise<void> {
  assertPerson(permit)
  const { userId } = permit.actor
  await writeAccount(userId, 'member.sessions-ended', async (context) => {
    const { tx, now } = context
    await tx.passwordReset.deleteMany({ where: { userId, usedAt: null } })
    if (!keepTokens) await revokeTokensOf(context, userId)
    await endSessionsOf(tx, userId, now)
    return { result: null, data: { tokensKept: keepTokens } }
  })
  logSecurity('sessions-ended', { userId, via: permit.actor.via })
}

/** Ends one of the person's sessions, on any device. @throws DomainError `not-found` for one that is not theirs or has ended. */
export async function endSignIn(permit: Permit<'sign-in.end'>, signInId: string): Promise<void> {
  assertPerson(permit)
  const { userId } = permit.actor
  await writeAccount(userId, 'member.session-ended', async ({ tx }) => {
    const signIn = await tx.signIn.findFirst({
      where: { id: signInId, userId },
      select: { startedAt: true },
    })
    if (signIn === null) throw notFound('sign-in')
    const expiresAt = new Date(signIn.startedAt.getTime() + sessionLife * 1000)
    await tx.endedSession.create({ data: { id: signInId, expiresAt }, select: { id: true } })
    await tx.signIn.deleteMany({ where: { id: signInId } })
    return { result: null, data: { before: { startedAt: signIn.startedAt.toISOString() } } }
  })
  logSecurity('session-ended', { userId, via: permit.actor.via })
}
