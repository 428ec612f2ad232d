import type { Outbox } from './outbox-db'

/** What a tab says to the others that show the revision: the list in the database changed, or the tab that sends is to try again now. */
export type TabMessage = 'changed' | 'retry'

/** A channel between the tabs of this browser. A tab does not hear itself. */
export interface TabChannel {
  post: (message: TabMessage) => void
  listen: (listener: (message: TabMessage) => void) => void
  close: () => void
}

/** A request to be the only tab that sends. */
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

/**
 * Elects one tab per revision to send: leads turn after turn until `stop`, or one turn at most when `onBusy` is given.
 * @param given.lead leads until its turn ends. A tab that has the lock at once is alone: nobody waits with it
 * @param given.follow another tab leads
 */
export async function takeTurns(given: {
  name: string
  request: RequestLock
  stop: AbortSignal
  lead: (isAlone: boolean, lost: AbortSignal) => Promise<void>
  follow: () => void
  onBusy: (() => void) | undefined
}): Promise<void> {
  const { name, request, stop, lead, follow, onBusy } = given
  const isOver = () => stop.aborted
  for (let isFirst = true; !isOver(); isFirst = false) {
    const isAlone = isFirst
    try {
      const whileHeld = (lost: AbortSignal) => lead(isAlone, lost)
      const wasHeld = await request({ name, signal: stop, ifAvailable: isFirst, whileHeld })
      if (!wasHeld && !isOver()) (onBusy ?? follow)()
    } catch {
      // No lock to be had: better to send what another tab may send too, because twice changes nothing, than not at all.
      await lead(isAlone, new AbortController().signal)
    }
    if (onBusy !== undefined) return
  }
}

/** Resolves when one of the signals fires. */
export function ended(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => {
        resolve()
      })
    }
  })
}

/** The browser's own locks: they go over to the next tab when a tab closes or crashes. */
export function browserLocks(manager: LockManager): RequestLock {
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
