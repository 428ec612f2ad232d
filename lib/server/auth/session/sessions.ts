import { createHash, randomUUID } from 'node:crypto'
import { decode, encode } from 'next-auth/jwt'
import { cookies } from 'next/headers'
import { z } from 'zod'
import type { Transaction } from '../../db/client'
import { isUniqueViolation } from '../../db/failures'
import { transact } from '../../db/write'
import { logSecurity } from '../../log'
import { authSecret } from '../auth-secret'
import {
  cookieOptions,
  deviceCookieName,
  deviceLife,
  makeDevice,
  secureCookies,
  sessionCookieName,
  workspaceCookieName,
} from '../cookies'
import type { SignedInUser } from '../sign-in'

/** The longest life of a session, in seconds, regardless of use. */
export const sessionLife = 30 * 24 * 60 * 60

/** How long a session stays valid without use, in ms. */
export const idleLimit = 7 * 24 * 60 * 60 * 1000

const claimsSchema = z.object({
  sub: z.string(),
  /** The session's own id, so that signing out ends only this one. */
  sid: z.string(),
  epoch: z.number().int(),
  /** When the person signed in, in seconds. */
  startedAt: z.number().int(),
})

/** The claims of a session. Its validity is checked in the database at each use. */
export type SessionClaims = z.infer<typeof claimsSchema>

/** The claims of a new session. */
export function newSessionClaims(user: { id: string; sessionEpoch: number }): SessionClaims {
  return { sub: user.id, sid: randomUUID(), epoch: user.sessionEpoch, startedAt: Math.floor(Date.now() / 1000) }
}

/** The session cookie's value for the claims: an encrypted JWT, as next-auth makes it. */
export function encodeSession(claims: SessionClaims): Promise<string> {
  return encode({ token: { ...claims }, secret: authSecret(), maxAge: sessionLife })
}

/** The claims if they have our shape and have not expired, else null. */
export function readClaims(payload: unknown): SessionClaims | null {
  const claims = claimsSchema.safeParse(payload)
  if (!claims.success) return null
  return claims.data.startedAt + sessionLife > Date.now() / 1000 ? claims.data : null
}

// Decrypting costs more than the rest of a request's authentication, and a browser sends the same cookie with each request.
const remembered = new Map<string, SessionClaims>()
const mostRemembered = 2000

/** The claims in a session cookie's value; null when it is foreign, altered or expired. */
export async function decodeSession(value: string): Promise<SessionClaims | null> {
  if (value.length > 4096) return null
  const key = createHash('sha256').update(value).digest('base64')
  const known = remembered.get(key)
  if (known !== undefined) {
    remembered.delete(key)
    remembered.set(key, known)
    return readClaims(known)
  }
  let payload: unknown
  try {
    payload = await decode({ token: value, secret: authSecret() })
  } catch {
    return null
  }
  const claims = readClaims(payload)
  if (claims !== null) {
    remembered.set(key, claims)
    const oldest = remembered.keys().next()
    if (remembered.size > mostRemembered && oldest.done !== true) remembered.delete(oldest.value)
  }
  return claims
}

/** Ends one session, so that copies of its cookie become invalid too. Idempotent. */
export async function endSession(claims: SessionClaims): Promise<void> {
  const now = new Date()
  const expiresAt = new Date((claims.startedAt + sessionLife) * 1000)
  try {
    await transact(async (tx) => {
      await tx.endedSession.deleteMany({ where: { expiresAt: { lt: now } } })
      await tx.signIn.deleteMany({ where: { id: claims.sid } })
      await tx.endedSession.create({ data: { id: claims.sid, expiresAt } })
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return
  }
  logSecurity('sign-out', { userId: claims.sub })
}

/** Ends all sessions of a user. Returns the epoch for new ones. */
export async function endSessionsOf(tx: Transaction, userId: string, now: Date): Promise<number> {
  const { sessionEpoch } = await tx.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 }, updatedAt: now },
    select: { sessionEpoch: true },
  })
  await tx.signIn.deleteMany({ where: { userId } })
  return sessionEpoch
}

/** Signs a user in on this browser, which the account remembers from now on. For actions and route handlers. */
export async function startSession(user: SignedInUser): Promise<void> {
  const jar = await cookies()
  const session = await encodeSession(newSessionClaims(user))
  jar.set(sessionCookieName(), session, { ...cookieOptions(), maxAge: sessionLife })
  jar.set(deviceCookieName(), makeDevice(user.email), { ...cookieOptions(), maxAge: deviceLife })
}

/** Signs this browser out and ends the session in the database. */
export async function endCurrentSession(): Promise<void> {
  const jar = await cookies()
  const value = jar.get(sessionCookieName())?.value
  const claims = value === undefined ? null : await decodeSession(value)
  if (claims !== null) await endSession(claims)
  jar.delete({ name: sessionCookieName(), path: '/', secure: secureCookies() })
}

/** Remembers which workspace this browser works in. */
export async function rememberWorkspace(workspaceId: string): Promise<void> {
  const jar = await cookies()
  jar.set(workspaceCookieName(), workspaceId, { ...cookieOptions(), maxAge: 365 * 24 * 60 * 60 })
}
