/**
 * How long someone who keeps failing has to wait. The wait doubles with each failure, so guessing becomes hopeless while a person who
 * mistyped loses seconds. Exponential delay as in NIST SP 800-63B, section 5.2.2 (rate limiting).
 */

/** How many attempts are free, and the longest wait in seconds. */
export interface ThrottleRule {
  free: number
  longest: number
}

/** Attempts at one account from one address. */
export const accountRule: ThrottleRule = { free: 5, longest: 900 }
/** Attempts at any account, link or token from one address; higher, because an office shares one address. */
export const addressRule: ThrottleRule = { free: 30, longest: 900 }

/**
 * Seconds to wait after the given number of attempts in a row without a success: 0 while they are free, then 1, 2, 4 … up to `rule.longest`.
 */
export function throttleDelay(attempts: number, rule: ThrottleRule): number {
  if (attempts < rule.free) return 0
  return Math.min(rule.longest, 2 ** Math.min(attempts - rule.free, 30))
}
