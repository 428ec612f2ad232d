import { DomainError } from '@/lib/domain/errors'
import { emailSchema } from '@/lib/domain/members/schema'
import { database } from '../db/client'
import { verifyPassword } from './passwords'
import { beginSignIn, endSignIn } from './throttle'

/** What a session is made from. */
export interface SignedInUser {
  id: string
  email: string
  name: string
  sessionEpoch: number
}

/** The longest password that is looked at, in UTF-16 code units; longer ones only cost time. */
const longestLookedAt = 1000

/**
 * The user whose address and password these are. An unknown address takes as long as a wrong password and answers the same.
 * @param attempt.address what the throttle counts by (see address.ts)
 * @throws DomainError `unauthenticated`; `too-many-requests` with the seconds to wait.
 */
export async function signInWithPassword(attempt: {
  email: string
  password: string
  address: string
}): Promise<SignedInUser> {
  const email = emailSchema.safeParse(attempt.email)
  const key = email.success ? email.data : '-'
  await beginSignIn(key, attempt.address)
  const { read } = await database()
  const user = email.success
    ? await read.user.findUnique({
        where: { email: email.data },
        select: { id: true, email: true, name: true, passwordHash: true, sessionEpoch: true },
      })
    : null
  const right = await verifyPassword(user?.passwordHash ?? null, attempt.password.slice(0, longestLookedAt))
  if (user === null || !right) {
    throw new DomainError(
      'unauthenticated',
      // The form says how to come by another password.
      'This e-mail address and password do not belong together. Check both.',
    )
  }
  await endSignIn(key, attempt.address)
  return { id: user.id, email: user.email, name: user.name, sessionEpoch: user.sessionEpoch }
}
