/**
 * How long someone who keeps failing has to wait. The wait doubles with each failure, so guessing becomes hopeless while a person who
 * mistyped loses seconds. Exponential delay as in NIST SP 800-63B, section 5.2.2 (rate limiting); known devices are counted apart, as in OWASP's
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
/** The same where the address stands for everyone behind a proxy that is not trusted, or is not known at all. */
export const sharedAddressRule: ThrottleRule = { free: 300, longest: 10 }
/** Links or tokens that nobody has, from one address. They hold 256 random bits: the wait only saves work. */
export const secretRule: ThrottleRule = { free: 30, longest: 900 }
/** Mails with a password link to one person. */
export const mailRule: ThrottleRule = { free: 3, longest: 900 }

/**
 * Seconds to wait after the given number of attempts in a row without a success: 0 while they are free, then 1, 2, 4 … up to `rule.longest`.
 */
export function throttleDelay(attempts: number, rule: ThrottleRule): number {
  if (attempts < rule.free) return 0
  return Math.min(rule.longest, 2 ** Math.min(attempts - rule.free, 30))
}
