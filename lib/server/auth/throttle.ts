import { RateLimiterMemory } from 'rate-limiter-flexible'
import { accountRule, addressRule, throttleDelay, type ThrottleRule } from '@/lib/domain/access/throttle'
import { DomainError } from '@/lib/domain/errors'

/** Attempts are forgotten after this many seconds without one. */
const memory = 6 * 60 * 60

interface Gauge {
  rule: ThrottleRule
  attempts: RateLimiterMemory
  waits: RateLimiterMemory
}

function gauge(name: string, rule: ThrottleRule): Gauge {
  return {
    rule,
    attempts: new RateLimiterMemory({ keyPrefix: `${name}-attempts`, points: 1_000_000, duration: memory }),
    waits: new RateLimiterMemory({ keyPrefix: `${name}-waits`, points: 1, duration: rule.longest }),
  }
}

// Next loads server code once a bundle; the counts must be one a process.
const shared = globalThis as typeof globalThis & { sourcemarkThrottle?: { account: Gauge; address: Gauge } }

function gauges(): { account: Gauge; address: Gauge } {
  shared.sourcemarkThrottle ??= { account: gauge('account', accountRule), address: gauge('address', addressRule) }
  return shared.sourcemarkThrottle
}

function tooMany(msBeforeNext: number): DomainError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  return new DomainError(
    'too-many-requests',
    `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    { retryAfter: seconds },
  )
}

/** Not `instanceof`: another bundle may have made the limiter, with a class of its own. */
function isRefusal(thrown: unknown): thrown is { msBeforeNext: number } {
  return (
    typeof thrown === 'object' && thrown !== null && 'msBeforeNext' in thrown && typeof thrown.msBeforeNext === 'number'
  )
}

/**
 * Counts one attempt, or refuses it while the key has to wait. Each step on the limiters is atomic, so that of many attempts at the same time
 * no more get through than one after the other.
 */
async function count({ attempts, waits, rule }: Gauge, key: string): Promise<void> {
  const { consumedPoints } = await attempts.penalty(key, 1)
  const delay = throttleDelay(consumedPoints, rule)
  if (delay === 0) return
  try {
    await waits.consume(key, 1)
  } catch (refused) {
    await attempts.reward(key, 1)
    if (isRefusal(refused)) throw tooMany(refused.msBeforeNext)
    throw refused
  }
  await waits.block(key, delay)
}

/** Takes one attempt back. */
async function uncount({ attempts, waits, rule }: Gauge, key: string): Promise<void> {
  const { consumedPoints } = await attempts.reward(key, 1)
  if (throttleDelay(consumedPoints, rule) === 0) await waits.delete(key)
}

function accountKey(email: string, address: string): string {
  return `${address} ${email}`
}

/**
 * Counts an attempt to sign in before the password is looked at, so that many at once are counted too. The account itself is never locked:
 * only this address has to wait, so its owner can always enter from another.
 * @throws DomainError `too-many-requests` with the seconds to wait.
 */
export async function beginSignIn(email: string, address: string): Promise<void> {
  const { account, address: place } = gauges()
  await count(place, address)
  try {
    await count(account, accountKey(email, address))
  } catch (error) {
    await uncount(place, address)
    throw error
  }
}

/** Takes back what `beginSignIn` counted, after a success. Earlier failures of the address at other accounts stay counted. */
export async function endSignIn(email: string, address: string): Promise<void> {
  const { account, address: place } = gauges()
  await account.attempts.delete(accountKey(email, address))
  await account.waits.delete(accountKey(email, address))
  await uncount(place, address)
}

/**
 * Counts a link or token that nobody has, against its address.
 * @throws DomainError `too-many-requests` while the address has to wait.
 */
export async function countWrongSecret(address: string): Promise<void> {
  await count(gauges().address, address)
}

/** Forgets every count: for tests. */
export function forgetAttempts(): void {
  delete shared.sourcemarkThrottle
}
