import {
  accountRule,
  addressRule,
  AttemptCounter,
  deviceRule,
  mailRule,
  pairRule,
  secretRule,
  sharedAddressRule,
} from '@/lib/domain/access/throttle'
import { DomainError } from '@/lib/domain/errors'
import { logSecurity } from '../log'
import { perProcess } from '../per-process'
import type { Caller } from './address'

/** The most keys that each counter remembers. */
const mostKeys = 20_000

function makeCounters() {
  return {
    pair: new AttemptCounter(pairRule, mostKeys),
    device: new AttemptCounter(deviceRule, mostKeys),
    account: new AttemptCounter(accountRule, mostKeys),
    address: new AttemptCounter(addressRule, mostKeys),
    sharedAddress: new AttemptCounter(sharedAddressRule, mostKeys),
    link: new AttemptCounter(secretRule, mostKeys),
    token: new AttemptCounter(secretRule, mostKeys),
    password: new AttemptCounter(deviceRule, mostKeys),
    mail: new AttemptCounter(mailRule, mostKeys),
    mailAddress: new AttemptCounter(addressRule, mostKeys),
  }
}

type Counters = ReturnType<typeof makeCounters>
/** A counter by its name, and the key that is counted in it. */
type Place = readonly [counter: keyof Counters, key: string]

const throttle = perProcess('throttle', () => ({ counters: makeCounters() }))

/** Counts an attempt in all counters. If one of them is blocked, counts it in none and refuses it. */
function admit(places: readonly Place[], caller: Caller | null): void {
  const all = throttle.counters
  const now = Date.now()
  const waits = places.map(([name, key]) => all[name].waitOf(key, now))
  const wait = Math.max(...waits)
  if (wait === 0) {
    for (const [name, key] of places) all[name].count(key, now)
    return
  }
  const seconds = Math.ceil(wait / 1000)
  places.forEach(([name, key], index) => {
    // One line per wait: a caller must not be able to fill the log.
    if (waits[index] === 0 || !all[name].tellOnce(key)) return
    logSecurity('throttled', { reason: name, ...(caller === null ? {} : { address: caller.address }) })
  })
  throw new DomainError(
    'too-many-requests',
    `Too many attempts. Try again in ${String(seconds)} ${seconds === 1 ? 'second' : 'seconds'}.`,
    { retryAfter: seconds },
  )
}

/** An attempt to sign in. `device` is set when this browser has signed in to the account before (cookies.ts), else null. */
export interface SignInAttempt {
  email: string
  caller: Caller
  device: string | null
}

function addressPlace({ address, isShared }: Caller): Place {
  return [isShared ? 'sharedAddress' : 'address', address]
}

function pairKey({ email, caller }: SignInAttempt): string {
  return `${caller.address} ${email}`
}

/**
 * Counts an attempt to sign in before the password is checked, so that simultaneous ones are counted too. A known device has a counter of its own:
 * guesses from elsewhere never make it wait. Other attempts are counted by account and address together, by account, and by address.
 * @throws DomainError `too-many-requests` with the seconds to wait.
 */
export function beginSignIn(attempt: SignInAttempt): void {
  const { email, caller, device } = attempt
  const places: Place[] =
    device === null ? [['pair', pairKey(attempt)], ['account', email], addressPlace(caller)] : [['device', device]]
  admit(places, caller)
}

/** Reverses the count of `beginSignIn` after a success. Earlier failures of the account and of the address stay counted. */
export function endSignIn(attempt: SignInAttempt): void {
  const all = throttle.counters
  const { email, caller, device } = attempt
  if (device !== null) {
    all.device.forget(device)
    return
  }
  all.pair.forget(pairKey(attempt))
  all.account.uncount(email)
  const [name, key] = addressPlace(caller)
  all[name].uncount(key)
}

/**
 * Counts an unknown link or token against its address, apart from attempts to sign in. A valid one is never refused: it is looked up first.
 * @throws DomainError `too-many-requests` while the address has to wait.
 */
export function countWrongSecret(kind: 'link' | 'token', caller: Caller): void {
  logSecurityOnce(kind, caller)
  admit([[kind, caller.address]], caller)
}

/** Logs that a link or token was refused. While the address has to wait, `throttled` has been logged instead. */
function logSecurityOnce(kind: 'link' | 'token', { address }: Caller): void {
  if (throttle.counters[kind].waitOf(address, Date.now()) > 0) return
  logSecurity(kind === 'link' ? 'link-refused' : 'token-refused', { address, reason: 'Unknown link or token.' })
}

/** Counts a check of a signed-in user's present password. @throws DomainError `too-many-requests`. */
export function beginPasswordCheck(userId: string): void {
  admit([['password', userId]], null)
}

/** Resets the count of `beginPasswordCheck` after a success. */
export function endPasswordCheck(userId: string): void {
  throttle.counters.password.forget(userId)
}

/** Counts a request for a password link by mail, by its recipient and by the address. @throws DomainError `too-many-requests`. */
export function beginPasswordMail(email: string, caller: Caller): void {
  const places: Place[] = [['mail', email]]
  if (!caller.isShared) places.push(['mailAddress', caller.address])
  admit(places, caller)
}

/** Resets all counters: for tests. */
export function forgetAttempts(): void {
  throttle.counters = makeCounters()
}
