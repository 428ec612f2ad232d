import { cookies } from 'next/headers'
import {
  cookieOptions,
  deviceCookieName,
  secureCookies,
  sessionCookieName,
  workspaceCookieName,
  deviceLife,
  makeDevice,
} from '../cookies'
import { endSession, decodeSession, encodeSession, newSessionClaims, sessionLife } from './sessions'
import type { SignedInUser } from '../sign-in'

/** Signs a user in on this browser, which is known to their account from now on. For actions and route handlers. */
export async function startSession(user: SignedInUser): Promise<void> {
  const jar = await cookies()
  const session = await encodeSession(newSessionClaims(user))
  jar.set(sessionCookieName(), session, { ...cookieOptions(), maxAge: sessionLife })
  jar.set(deviceCookieName(), makeDevice(user.email), { ...cookieOptions(), maxAge: deviceLife })
}

/** Signs this browser out: the session ends in the database, too. */
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
