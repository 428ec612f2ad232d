import { DomainError } from '@/lib/domain/errors'
import { emailSchema } from '@/lib/domain/members/schema'
import { database } from '../db/client'
import { logSecurity } from '../log'
import type { Caller } from './address'
import { deviceOf } from './cookies'
import { verifyPassword } from './passwords'
import { beginPasswordCheck, beginSignIn, endPasswordCheck, endSignIn } from './throttle'

/** The input of a new session. */
export interface SignedInUser {
  id: string
  email: string
  name: string
  sessionEpoch: number
}

/** The longest password that is checked, in UTF-16 code units; longer ones only cost time. */
const longestLookedAt = 1000

/**
 * The user with this address and password. An unknown address takes as long as a wrong password and gets the same answer.
 * @param attempt.device the device cookie's value, as the browser sent it
 * @throws DomainError `unauthenticated`; `too-many-requests` with the seconds to wait.
 */
export async function signInWithPassword(attempt: {
  email: string
  password: string
  caller: Caller
  device?: string | undefined
}): Promise<SignedInUser> {
  const { caller } = attempt
  const email = emailSchema.safeParse(attempt.email)
  const key = email.success ? email.data : '-'
  const counted = { email: key, caller, device: deviceOf(attempt.device, key) }
  beginSignIn(counted)
  const { read } = await database()
  const user = email.success
    ? await read.user.findUnique({
        where: { email: email.data },
        select: { id: true, email: true, name: true, passwordHash: true, sessionEpoch: true },
      })
    : null
  const right = await verifyPassword(user?.passwordHash ?? null, attempt.password.slice(0, longestLookedAt))
  if (user === null || !right) {
    logSecurity('sign-in-failed', {
      address: caller.address,
      ...(user === null ? { reason: 'no such account' } : { userId: user.id, reason: 'wrong password' }),
    })
    throw new DomainError(
      'unauthenticated',
      // The form explains how to get another password.
      'This e-mail address and password do not belong together. Check both.',
    )
  }
  endSignIn(counted)
  logSecurity('sign-in', { userId: user.id, address: caller.address, via: 'password' })
  return { id: user.id, email: user.email, name: user.name, sessionEpoch: user.sessionEpoch }
}

/**
 * Whether this is the present password of a signed-in user. Wrong ones are counted by user only.
 * @throws DomainError `too-many-requests` with the seconds to wait.
 */
export async function isPresentPassword(userId: string, hash: string, password: string): Promise<boolean> {
  beginPasswordCheck(userId)
  const right = await verifyPassword(hash, password.slice(0, longestLookedAt))
  if (right) endPasswordCheck(userId)
  else logSecurity('sign-in-failed', { userId, reason: 'wrong present password, at a change' })
  return right
}
