import type { Transaction } from '../db/client'
import { sessionLife, type SessionClaims } from './session-token'
import { transact } from './transact'

/** Ends one session: a copy of its cookie is worth nothing from now on. Ending it twice is once. */
export async function endSession(claims: SessionClaims): Promise<void> {
  const now = new Date()
  await transact(async (tx) => {
    await tx.endedSession.upsert({
      where: { id: claims.sid },
      create: { id: claims.sid, expiresAt: new Date((claims.startedAt + sessionLife) * 1000) },
      update: {},
    })
    await tx.endedSession.deleteMany({ where: { expiresAt: { lt: now } } })
  })
}

/** Ends all sessions of a user; the epoch that new ones carry. */
export async function endSessionsOf(tx: Transaction, userId: string, now: Date): Promise<number> {
  const { sessionEpoch } = await tx.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 }, updatedAt: now },
    select: { sessionEpoch: true },
  })
  return sessionEpoch
}
