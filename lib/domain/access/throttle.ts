/**
 * Computes how long someone who keeps failing has to wait. The wait doubles with each failure, so guessing becomes hopeless, while a person who
 * mistyped loses seconds. Exponential delay as in NIST SP 800-63B, section 5.2.2 (rate limiting); known devices are counted separately, as in OWASP's
 * "Slow down online guessing attacks with device cookies".
 */

/** How many attempts are free, and the longest wait in seconds. */
export interface ThrottleRule {
  free: number
  longest: number
}

/** Attempts at one account from one address, by devices that never signed in to it. */
export const pairRule: ThrottleRule = { free: 5, longest: 900 }
/** Attempts at one account from a device that signed in to it before. */
export const deviceRule: ThrottleRule = { free: 5, longest: 300 }
/** Attempts at one account from everywhere, by devices that never signed in to it. Short, because its owner may be among them. */
export const accountRule: ThrottleRule = { free: 20, longest: 60 }
/** Attempts at any account from one address; higher, because an office shares one address. */
export const addressRule: ThrottleRule = { free: 30, longest: 900 }
/** The same where one address is shared by everyone behind a proxy that is not trusted, or is unknown. */
export const sharedAddressRule: ThrottleRule = { free: 300, longest: 10 }
/** Unknown links or tokens, from one address. Real ones hold 256 random bits: the wait only saves work. */
export const secretRule: ThrottleRule = { free: 30, longest: 900 }
/** Mails with a password link to one person. */
export const mailRule: ThrottleRule = { free: 3, longest: 900 }

/** Seconds to wait after the given number of failed attempts in a row: 0 while they are free, then 1, 2, 4 … up to `rule.longest`. */
export function throttleDelay(attempts: number, rule: ThrottleRule): number {
  if (attempts < rule.free) return 0
  return Math.min(rule.longest, 2 ** Math.min(attempts - rule.free, 30))
}

/** Attempts are forgotten after this many ms without another. */
export const attemptMemory = 6 * 60 * 60 * 1000

interface Count {
  attempts: number
  /** The end of the key's wait, and the time of the last attempt; in ms since the epoch. */
  waitsUntil: number
  countedAt: number
  /** Whether the present wait was reported already. */
  isTold: boolean
}

/**
 * Counts attempts by key, in bounded space: beyond `most` keys, the one with the oldest attempt is forgotten. Every step is synchronous, so
 * simultaneous attempts get through no more often than successive ones.
 */
export class AttemptCounter {
  readonly #rule: ThrottleRule
  readonly #most: number
  readonly #counts = new Map<string, Count>()

  constructor(rule: ThrottleRule, most: number) {
    this.#rule = rule
    this.#most = most
  }

  /** The most keys that are remembered. */
  get size(): number {
    return this.#counts.size
  }

  /** Milliseconds that the key has to wait; 0 when it may go on. @param now in ms since the epoch */
  waitOf(key: string, now: number): number {
    return Math.max(0, (this.#known(key, now)?.waitsUntil ?? 0) - now)
  }

  /** Whether this key's wait has yet to be reported; true once for each wait. */
  tellOnce(key: string): boolean {
    const count = this.#counts.get(key)
    if (count === undefined || count.isTold) return false
    count.isTold = true
    return true
  }

  /** Counts one attempt. @param now in ms since the epoch */
  count(key: string, now: number): void {
    const attempts = (this.#known(key, now)?.attempts ?? 0) + 1
    const waitsUntil = now + throttleDelay(attempts, this.#rule) * 1000
    this.#counts.delete(key)
    this.#counts.set(key, { attempts, waitsUntil, countedAt: now, isTold: false })
    const oldest = this.#counts.keys().next()
    if (this.#counts.size > this.#most && oldest.done !== true) this.#counts.delete(oldest.value)
  }

  /** Takes one attempt back, and ends the wait when the remaining attempts are free. */
  uncount(key: string): void {
    const count = this.#counts.get(key)
    if (count === undefined) return
    count.attempts -= 1
    if (count.attempts <= 0) this.#counts.delete(key)
    else if (throttleDelay(count.attempts, this.#rule) === 0) count.waitsUntil = 0
  }

  /** Forgets a key. */
  forget(key: string): void {
    this.#counts.delete(key)
  }

  #known(key: string, now: number): Count | undefined {
    const count = this.#counts.get(key)
    if (count === undefined || now - count.countedAt <= attemptMemory) return count
    this.#counts.delete(key)
    return undefined
  }
}
