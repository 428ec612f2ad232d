import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { authSecret } from './auth-secret'

/** How long a browser is known as one that signed in to an account, in seconds. */
export const deviceLife = 365 * 24 * 60 * 60

function proofOf(email: string, nonce: string): Buffer {
  return createHmac('sha256', authSecret()).update(`device\n${nonce}\n${email}`).digest()
}

/**
 * The device cookie's value for a browser that has just signed in as `email` (as it is stored). It allows nothing; guesses of strangers do not
 * make this browser wait.
 */
export function makeDevice(email: string): string {
  const nonce = randomBytes(16).toString('base64url')
  return `${nonce}.${proofOf(email, nonce).toString('base64url')}`
}

/** The name of the device that a cookie's value proves for `email`; null when it proves none, or one for another account. */
export function deviceOf(value: string | undefined, email: string): string | null {
  const [, nonce, proof] = /^([\w-]{22})\.([\w-]{43})$/.exec(value ?? '') ?? []
  if (nonce === undefined || proof === undefined) return null
  return timingSafeEqual(Buffer.from(proof, 'base64url'), proofOf(email, nonce)) ? nonce : null
}
