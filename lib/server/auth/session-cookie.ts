import { cookies } from 'next/headers'
import { workspaceCookieName } from './cookies'
import { endSession } from './sessions'
import {
  decodeSession,
  encodeSession,
  newSessionClaims,
  secureCookies,
  sessionCookieName,
  sessionLife,
} from './session-token'

/** Signs a user in on this browser. For actions and route handlers. */
export async function startSession(user: { id: string; sessionEpoch: number }): Promise<void> {
  const jar = await cookies()
  jar.set(sessionCookieName(), await encodeSession(newSessionClaims(user)), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: secureCookies(),
    maxAge: sessionLife,
  })
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
  jar.set(workspaceCookieName, workspaceId, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: secureCookies(),
    maxAge: 365 * 24 * 60 * 60,
  })
}
