import type { Outbox } from './outbox-db'

/** A message to the other tabs of the revision: the list in the database has changed, or the leading tab should retry now. */
export type TabMessage = 'changed' | 'retry'

/** A channel between the tabs of this browser. A tab does not hear itself. */
export interface TabChannel {
  post: (message: TabMessage) => void
  listen: (listener: (message: TabMessage) => void) => void
  close: () => void
}

/** A request for the lock of the leading tab. */
export interface LockRequest {
  name: string
  /** Cancels the wait, and releases the lock if it is held. */
  signal: AbortSignal
  /** Does not wait when another tab holds the lock. */
  ifAvailable?: boolean
  /** Runs while the lock is held, which is until this resolves. `lost` fires when another tab took the lock in the meantime. */
  whileHeld: (lost: AbortSignal) => Promise<void>
}

/** Requests a lock that one tab of this browser holds at a time. Resolves at the end: false when it was never held. */
export type RequestLock = (request: LockRequest) => Promise<boolean>

/**
 * Elects one tab per revision to send. It leads repeatedly until `stop`, or at most once when `onBusy` is given.
 * @param given.lead leads until the lock is to be released. A tab that gets the lock at once is alone: no other tab waits
 * @param given.follow called when another tab leads
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
      // No lock is available: sending twice, which changes nothing, is better than not at all.
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

/** The browser's own locks, which pass to the next tab when a tab closes or crashes. */
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

/** The duration of a lease without renewal, in ms: the wait before another tab takes over from a closed one. */
const leaseFor = 10_000
const renewEvery = 3_000
const askEvery = 1_000

/** Locks for browsers without them: a lease in the outbox, renewed by its holder. */
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
      // A lease that cannot be released expires.
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
