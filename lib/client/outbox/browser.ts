import type { OutboxPlace } from './record'
import type { Timers } from './send-queue'
import { browserLocks, leaseLocks } from './tab-lock'
import { openSharedOutbox } from './shared-outbox'
import { openBrowserChannel } from './tab-channel'
import type { KeepWrites } from './tab-leader'

/** Keeps writes in this browser, shared by its tabs. */
export function keepInBrowser(place: OutboxPlace): KeepWrites {
  const holder = Math.random().toString(36).slice(2)
  return {
    place,
    openOutbox: openSharedOutbox,
    // Pages without TLS have no locks, and older browsers lack them.
    lockOf: (outbox) =>
      browserLocks((navigator as Partial<Navigator>).locks) ?? leaseLocks(outbox, { holder, now: Date.now }),
    openChannel: openBrowserChannel,
  }
}

/** The timers of the browser. */
export const browserTimers: Timers = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (handle) => {
    window.clearTimeout(handle)
  },
}
