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

/** Counts an attempt in all places, or in none and refuses it while one of them has to wait. */
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
    // One line a wait: a caller must not be able to fill the log.
    if (waits[index] === 0 || !all[name].tellOnce(key)) return
    logSecurity('throttled', { reason: name, ...(caller === null ? {} : { address: caller.address }) })
  })
  throw new DomainError(
    'too-many-requests',
    `Too many attempts. Try again in ${String(seconds)} ${seconds === 1 ? 'second' : 'seconds'}.`,
    { retryAfter: seconds },
  )
}

/** An attempt to sign in. `device` is set when this browser has signed in to the account before (cookies.ts); otherwise it is null. */
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
 * Counts an attempt to sign in before the password is looked at, so that many at once are counted too. A known device is counted by itself:
 * guesses from elsewhere never make it wait. Others are counted by account and address together, by account, and by address.
 * @throws DomainError `too-many-requests` with the seconds to wait.
 */
export function beginSignIn(attempt: SignInAttempt): void {
  const { email, caller, device } = attempt
  const places: Place[] =
    device === null ? [['pair', pairKey(attempt)], ['account', email], addressPlace(caller)] : [['device', device]]
  admit(places, caller)
}

/** Takes back what `beginSignIn` counted, after a success. Earlier failures at the account and of the address stay counted. */
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
 * Counts a link or token that nobody has, against its address and apart from signing in. One that works is never refused: it is looked up before.
 * @throws DomainError `too-many-requests` while the address has to wait.
 */
export function countWrongSecret(kind: 'link' | 'token', caller: Caller): void {
  logSecurityOnce(kind, caller)
  admit([[kind, caller.address]], caller)
}

/** Says that a link or token was refused, as long as the address need not wait: then `throttled` was said. */
function logSecurityOnce(kind: 'link' | 'token', { address }: Caller): void {
  if (throttle.counters[kind].waitOf(address, Date.now()) > 0) return
  logSecurity(kind === 'link' ? 'link-refused' : 'token-refused', { address, reason: 'Unknown link or token.' })
}

/** Counts a look at the present password of someone who is signed in. @throws DomainError `too-many-requests`. */
export function beginPasswordCheck(userId: string): void {
  admit([['password', userId]], null)
}

/** Forgets what `beginPasswordCheck` counted, after a success. */
export function endPasswordCheck(userId: string): void {
  throttle.counters.password.forget(userId)
}

/** Counts a password link that is asked for by mail, by its recipient and by the address. @throws DomainError `too-many-requests`. */
export function beginPasswordMail(email: string, caller: Caller): void {
  const places: Place[] = [['mail', email]]
  if (!caller.isShared) places.push(['mailAddress', caller.address])
  admit(places, caller)
}

/** Forgets every count: for tests. */
export function forgetAttempts(): void {
  throttle.counters = makeCounters()
}
