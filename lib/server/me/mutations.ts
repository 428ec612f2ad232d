import { DomainError, notFound } from '@/lib/domain/errors'
import { passwordProblem } from '@/lib/domain/members/password'
import type { Permit } from '../access/gate'
import { hashPassword } from '../auth/passwords'
import { endSessionsOf } from '../auth/sessions'
import { isPresentPassword, type SignedInUser } from '../auth/sign-in'
import { database } from '../db/client'
import { writeAccount } from './write-account'

/** A token must not take over the account it belongs to. */
function assertPerson(permit: Permit<'account.update'>): void {
  if (permit.actor.via === 'token') {
    throw new DomainError('forbidden', 'A token cannot change the account. Sign in and change it under Settings.')
  }
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

/** Changes what the person is called. */
export async function renameMe(permit: Permit<'account.update'>, name: string): Promise<void> {
  assertPerson(permit)
  await writeAccount(permit.actor.userId, 'member.renamed', async ({ tx, now }) => {
    await tx.user.update({ where: { id: permit.actor.userId }, data: { name, updatedAt: now }, select: { id: true } })
  })
}

/**
 * Changes the password and ends every session of the person, this one too; the answer is what a new session is made from.
 * @throws DomainError `invalid` naming the field that is wrong; `too-many-requests`; `conflict` for an account without a password.
 */
export async function changePassword(
  permit: Permit<'account.update'>,
  change: { currentPassword: string; newPassword: string },
): Promise<SignedInUser> {
  assertPerson(permit)
  const { userId } = permit.actor
  const user = await readAccount(userId)
  if (user.passwordHash === null) {
    throw new DomainError(
      'conflict',
      'This account signs in without a password. Whoever runs the server can make a link to choose one.',
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
  return writeAccount(userId, 'member.password-changed', async ({ tx, now }) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } })
    await tx.passwordReset.deleteMany({ where: { userId, usedAt: null } })
    return { id: userId, email: user.email, name: user.name, sessionEpoch: await endSessionsOf(tx, userId, now) }
  })
}

/** Ends every session of the person, on every device. */
export async function endMySessions(permit: Permit<'account.update'>): Promise<void> {
  assertPerson(permit)
  const { userId } = permit.actor
  await writeAccount(userId, 'member.sessions-ended', async ({ tx, now }) => {
    await endSessionsOf(tx, userId, now)
  })
}
