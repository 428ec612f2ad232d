import type { Action } from '@/lib/domain/access/policy'
import type { NewEvent } from '@/lib/domain/audit/events'
import type { Permit } from '../access/gate'
import { database, type Transaction } from './client'
import type { Prisma } from './generated/sqlite/client'

/** What the body of a write may do: change rows, and say what happened. */
export interface WriteContext {
  tx: Transaction
  /** The moment of this write; every row and event of it carries the same. */
  now: Date
  /** Records what happened; stored in the same transaction. */
  record(event: NewEvent): void
}

/**
 * The one door for writes: runs `body` in a transaction and stores its events with it. When it returns, the change is on disk; when it throws,
 * nothing is.
 */
export async function write<T>(permit: Permit<Action>, body: (context: WriteContext) => Promise<T>): Promise<T> {
  const { write: client } = await database()
  return client.$transaction(async (tx) => {
    const now = new Date()
    const events: NewEvent[] = []
    const result = await body({ tx, now, record: (event) => events.push(event) })
    if (events.length > 0) {
      await tx.event.createMany({
        data: events.map((event) => ({
          workspaceId: permit.workspaceId,
          actorId: permit.actor.memberId,
          via: permit.actor.via,
          type: event.type,
          subjectId: event.subjectId,
          data: event.data as Prisma.InputJsonObject,
          at: now,
        })),
      })
    }
    return result
  })
}
