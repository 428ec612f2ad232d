import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { settings } from '../env'
import { authSecret } from './auth-secret'

/** Whether cookies are sent over https only, as the public address determines. */
export function secureCookies(): boolean {
  return settings().PUBLIC_URL?.startsWith('https:') === true
}

/** A cookie's full name. Over https a browser accepts it from this very host only, regardless of what a sister host tries to set. */
export function cookieName(name: string): string {
  return secureCookies() ? `__Host-${name}` : name
}

/** The cookie that holds the session. */
export function sessionCookieName(): string {
  return cookieName('next-auth.session-token')
}

/** The cookie that remembers a person's chosen workspace. Its value only chooses among their own workspaces. */
export function workspaceCookieName(): string {
  return cookieName('sourcemark-workspace')
}

/** The cookie that identifies a browser that has signed in before (see `makeDevice`). */
export function deviceCookieName(): string {
  return cookieName('sourcemark-device')
}

/** The attributes of every cookie of the server. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: secureCookies() } as const
}

/** A Set-Cookie header that lasts `maxAge` seconds. `value` must need no quoting. */
export function setCookie(name: string, value: string, maxAge: number): string {
  const parts = [`${name}=${value}`, 'Path=/', `Max-Age=${String(maxAge)}`, 'HttpOnly', 'SameSite=Lax']
  return [...parts, ...(secureCookies() ? ['Secure'] : [])].join('; ')
}

/** The first value of a cookie in a request's Cookie header; undefined without one. */
export function cookieOf(header: string | null, name: string): string | undefined {
  if (header === null) return undefined
  for (const part of header.split(';')) {
    const place = part.indexOf('=')
    if (place !== -1 && part.slice(0, place).trim() === name) return part.slice(place + 1).trim()
  }
  return undefined
}

/** How long a browser is remembered as one that signed in to an account, in seconds. */
export const deviceLife = 365 * 24 * 60 * 60

function proofOf(email: string, nonce: string): Buffer {
  return createHmac('sha256', authSecret()).update(`device\n${nonce}\n${email}`).digest()
}

/**
 * The device cookie's value for a browser that has just signed in as `email` (as it is stored). It grants no access, but guesses by strangers do not
 * make this browser wait.
 */
export function makeDevice(email: string): string {
  const nonce = randomBytes(16).toString('base64url')
  return `${nonce}.${proofOf(email, nonce).toString('base64url')}`
}

/** The device name that a cookie's value proves for `email`; null when the value is invalid or belongs to another account. */
export function deviceOf(value: string | undefined, email: string): string | null {
  const [, nonce, proof] = /^([\w-]{22})\.([\w-]{43})$/.exec(value ?? '') ?? []
  if (nonce === undefined || proof === undefined) return null
  return timingSafeEqual(Buffer.from(proof, 'base64url'), proofOf(email, nonce)) ? nonce : null
}
