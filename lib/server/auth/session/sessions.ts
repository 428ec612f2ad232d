import type { Transaction } from '../../db/client'
import { isUniqueViolation } from '../../db/unique-violation'
import { logSecurity } from '../../security-log'
import { sessionLife, type SessionClaims } from './token'
import { transact } from '../transact'

/** Ends one session: a copy of its cookie is worth nothing from now on. Ending it twice is once. */
export async function endSession(claims: SessionClaims): Promise<void> {
  const now = new Date()
  const expiresAt = new Date((claims.startedAt + sessionLife) * 1000)
  try {
    await transact(async (tx) => {
      await tx.endedSession.deleteMany({ where: { expiresAt: { lt: now } } })
      await tx.signIn.deleteMany({ where: { id: claims.sid } })
      await tx.endedSession.create({ data: { id: claims.sid, expiresAt } })
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return
  }
  logSecurity('sign-out', { userId: claims.sub })
}

/** Ends all sessions of a user; the epoch that new ones carry. */
export async function endSessionsOf(tx: Transaction, userId: string, now: Date): Promise<number> {
  const { sessionEpoch } = await tx.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 }, updatedAt: now },
    select: { sessionEpoch: true },
  })
  await tx.signIn.deleteMany({ where: { userId } })
  return sessionEpoch
}
