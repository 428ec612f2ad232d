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

async function assertNoWait({ waits }: Gauge, key: string): Promise<void> {
  const wait = await waits.get(key)
  if (wait === null || wait.msBeforeNext <= 0) return
  const seconds = Math.ceil(wait.msBeforeNext / 1000)
  throw new DomainError(
    'too-many-requests',
    `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    {
      retryAfter: seconds,
    },
  )
}

async function count({ attempts, waits, rule }: Gauge, key: string): Promise<void> {
  const { consumedPoints } = await attempts.penalty(key, 1)
  const delay = throttleDelay(consumedPoints, rule)
  if (delay > 0) await waits.block(key, delay)
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
  await assertNoWait(place, address)
  await assertNoWait(account, accountKey(email, address))
  await count(account, accountKey(email, address))
  await count(place, address)
}

/** Takes back what `beginSignIn` counted, after a success. Earlier failures of the address at other accounts stay counted. */
export async function endSignIn(email: string, address: string): Promise<void> {
  const { account, address: place } = gauges()
  await account.attempts.delete(accountKey(email, address))
  await account.waits.delete(accountKey(email, address))
  const { consumedPoints } = await place.attempts.reward(address, 1)
  if (throttleDelay(consumedPoints, place.rule) === 0) await place.waits.delete(address)
}

/**
 * Counts a link or token that nobody has, against its address.
 * @throws DomainError `too-many-requests` while the address has to wait.
 */
export async function countWrongSecret(address: string): Promise<void> {
  const { address: place } = gauges()
  await assertNoWait(place, address)
  await count(place, address)
}

/** Forgets every count: for tests. */
export function forgetAttempts(): void {
  delete shared.sourcemarkThrottle
}
