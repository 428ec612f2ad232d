import { uuidv7 } from 'uuidv7'
import { DomainError } from '@/lib/domain/errors'
import { passwordProblem } from '@/lib/domain/members/password'
import { passwordResetLife } from '@/lib/domain/members/rules'
import { emailSchema } from '@/lib/domain/members/schema'
import { hashPassword } from '../auth/passwords'
import { endSessionsOf } from '../auth/session/sessions'
import type { SignedInUser } from '../auth/sign-in'
import { hashSecret, makeSecret } from '../auth/token-secret'
import { database } from '../db/client'
import { transact } from '../db/write'
import { publicUrl } from '../env'
import { logSecurity } from '../log'
import { writeAccount } from './mutations'
import { revokeTokensOf } from './tokens'

/** A link by which a user chooses a new password. */
export interface PasswordResetLink {
  url: string
  email: string
  name: string
  expiresAt: Date
}

/**
 * Makes a one-time link by which the user with this address chooses a new password. It is valid for an hour, and earlier links stop working.
 * @throws DomainError `not-found` when nobody has the address.
 */
export async function createPasswordResetLink(email: string): Promise<PasswordResetLink> {
  const address = emailSchema.safeParse(email)
  const secret = makeSecret()
  const now = new Date()
  const expiresAt = new Date(now.getTime() + passwordResetLife)
  return transact(async (tx) => {
    const user = address.success
      ? await tx.user.findUnique({ where: { email: address.data }, select: { id: true, email: true, name: true } })
      : null
    if (user === null) throw new DomainError('not-found', `Nobody here has the address ${email}.`)
    await tx.passwordReset.deleteMany({ where: { userId: user.id, usedAt: null } })
    await tx.passwordReset.create({
      data: { id: uuidv7(), userId: user.id, tokenHash: hashSecret(secret), createdAt: now, expiresAt },
      select: { id: true },
    })
    return { url: publicUrl(`/new-password/${secret}`), email: user.email, name: user.name, expiresAt }
  })
}

/**
 * The user whose password a link resets. @throws DomainError `not-found` for a link that does not exist, `gone` for one that was used or has expired.
 */
export async function readPasswordReset(
  secret: string,
  now: Date,
): Promise<{ userId: string; email: string; name: string }> {
  const { read } = await database()
  const reset = await read.passwordReset.findUnique({
    where: { tokenHash: hashSecret(secret) },
    select: { usedAt: true, expiresAt: true, user: { select: { id: true, email: true, name: true } } },
  })
  if (reset === null)
    throw new DomainError('not-found', 'There is no such link. Copy the whole link, or ask for a new one.')
  if (reset.usedAt !== null)
    throw new DomainError('gone', 'This link was used already. Sign in with the new password, or ask for another link.')
  if (reset.expiresAt <= now)
    throw new DomainError('gone', 'This link has expired: it was valid for an hour. Ask for a new one.')
  return { userId: reset.user.id, email: reset.user.email, name: reset.user.name }
}

/**
 * Sets the new password, ends all sessions of the user and revokes their personal tokens. Of several concurrent requests with the same link, one
 * wins.
 * @throws DomainError `not-found` or `gone` as `readPasswordReset`; `invalid` for a password that is refused.
 */
export async function resetPassword(secret: string, password: string): Promise<SignedInUser> {
  const { userId, email, name } = await readPasswordReset(secret, new Date())
  const problem = passwordProblem(password, { email, name })
  if (problem !== null) throw new DomainError('invalid', problem, { fields: [{ path: 'password', message: problem }] })
  const passwordHash = await hashPassword(password)
  const changed = await writeAccount(userId, 'member.password-changed', async (context) => {
    const { tx, now } = context
    const { count } = await tx.passwordReset.updateMany({
      where: { tokenHash: hashSecret(secret), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (count === 0) throw new DomainError('gone', 'This link was used or has expired. Ask for a new one.')
    await tx.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } })
    await revokeTokensOf(context, userId)
    return {
      result: { id: userId, email, name, sessionEpoch: await endSessionsOf(tx, userId, now) },
      data: { tokensKept: false },
    }
  })
  logSecurity('password-changed', { userId, via: 'link' })
  return changed
}
