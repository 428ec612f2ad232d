import { deviceName } from '@/lib/domain/members/device-name'
import { logger } from '../log'
import { idleLimit, type SessionClaims } from './session-token'
import { transact } from './transact'

/** How often the use of a session is written down, in ms. */
const noteInterval = 10 * 60 * 1000

/** A moment as a raw query gives it: text from SQLite, a Date from PostgreSQL. */
export type RawMoment = string | number | Date

// Requests of one page come at the same time: one of them notes for all.
const shared = globalThis as typeof globalThis & { sourcemarkSessionNotes?: Set<string> }

/** Notes that a session is used, once in ten minutes; the first time also on which device. Old sign-ins are forgotten on the way. */
export async function noteUse(
  claims: SessionClaims,
  { userAgent, lastUsedAt, now }: { userAgent: string; lastUsedAt: RawMoment | null; now: number },
): Promise<void> {
  if (lastUsedAt !== null && now - new Date(lastUsedAt).getTime() < noteInterval) return
  const noting = (shared.sourcemarkSessionNotes ??= new Set())
  if (noting.has(claims.sid)) return
  noting.add(claims.sid)
  const at = new Date(now)
  try {
    await transact(async (tx) => {
      if (lastUsedAt === null) {
        // It may have been ended since it was looked at.
        const ended = await tx.endedSession.count({ where: { id: claims.sid } })
        const holds = await tx.user.count({ where: { id: claims.sub, sessionEpoch: claims.epoch } })
        if (ended > 0 || holds === 0) return
        await tx.signIn.deleteMany({ where: { lastUsedAt: { lt: new Date(now - idleLimit) } } })
        const startedAt = new Date(claims.startedAt * 1000)
        await tx.signIn.upsert({
          where: { id: claims.sid },
          create: { id: claims.sid, userId: claims.sub, device: deviceName(userAgent), startedAt, lastUsedAt: at },
          update: { lastUsedAt: at },
          select: { id: true },
        })
      } else await tx.signIn.updateMany({ where: { id: claims.sid }, data: { lastUsedAt: at } })
    })
  } catch (error) {
    // The request itself does not depend on this note.
    logger().warn({ err: error }, 'The use of a session could not be noted')
  } finally {
    noting.delete(claims.sid)
  }
}
