import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Turns } from '@/lib/domain/steps'

/** How a long computation lets other requests of this process have their turn. */
export const turns: Turns = { pause: () => nextTurn(), now: () => performance.now() }

/** Waits for a turn of the event loop: databases that answer within a turn would otherwise hold all others up from one query to the next. */
export async function giveWay(): Promise<void> {
  await nextTurn()
}
