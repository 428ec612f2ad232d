import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Turns } from '@/lib/domain/steps'

/** How a long computation gives way to other requests of this process. */
export const turns: Turns = { pause: () => nextTurn(), now: () => performance.now() }

/**
 * Waits for a turn of the event loop. Without it, a database that answers within one turn would block all other requests from one query to the next.
 */
export async function giveWay(): Promise<void> {
  await nextTurn()
}
