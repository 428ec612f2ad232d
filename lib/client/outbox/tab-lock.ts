import type { Outbox } from './outbox-db'

/** A request to be the only one who sends. */
export interface LockRequest {
  name: string
  /** Gives up waiting, and lets go of the lock when it is held. */
  signal: AbortSignal
  /** Do not wait when another tab holds it. */
  ifAvailable?: boolean
  /** Runs while the lock is held; it ends when this resolves. `lost` fires when the lock went to another tab in the meantime. */
  whileHeld: (lost: AbortSignal) => Promise<void>
}

/** Asks for a lock that one tab of this browser holds at a time. Resolves when it is over: false when it was never held. */
export type RequestLock = (request: LockRequest) => Promise<boolean>

/** The browser's own locks: they go over to the next tab when a tab closes or crashes. Null where there are none (pages without TLS). */
export function browserLocks(manager: LockManager | undefined): RequestLock | null {
  if (manager === undefined) return null
  return async ({ name, signal, ifAvailable = false, whileHeld }) => {
    const never = new AbortController().signal
    const held = async (lock: Lock | null): Promise<boolean> => {
      if (lock === null) return false
      await whileHeld(never)
      return true
    }
    try {
      return await manager.request(name, ifAvailable ? { ifAvailable } : { signal }, held)
    } catch (error) {
      if (signal.aborted) return false
      throw error
    }
  }
}

/** How long a lease lasts without being renewed, in ms: a closed tab is followed after this long. */
const leaseFor = 10_000
const renewEvery = 3_000
const askEvery = 1_000

/** Locks for browsers without them: a lease in the outbox that its holder renews. */
export function leaseLocks(outbox: Outbox, given: { holder: string; now: () => number }): RequestLock {
  const { holder, now } = given
  const take = (name: string) => outbox.lease({ name, holder, now: now(), until: now() + leaseFor })
  return async ({ name, signal, ifAvailable = false, whileHeld }) => {
    while (!(await take(name))) {
      if (ifAvailable) return false
      await pause(askEvery, signal)
      if (signal.aborted) return false
    }
    const lost = new AbortController()
    const timer = setInterval(() => {
      take(name).then(
        (isHeld) => {
          if (!isHeld) lost.abort()
        },
        () => {
          lost.abort()
        },
      )
    }, renewEvery)
    try {
      await whileHeld(lost.signal)
    } finally {
      clearInterval(timer)
      // A lease that cannot be given back runs out.
      await outbox.release({ name, holder }).catch(() => undefined)
    }
    return true
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
