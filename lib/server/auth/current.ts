import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { pathHeader, safeNextPath } from '@/lib/domain/access/next-path'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import { actorOfToken } from './api-token'
import { cookieOf, sessionCookieName, workspaceCookieName } from './cookies'
import { actorOfMemberships, membershipsOfSession, type Membership } from './session/check'
import { decodeSession, type SessionClaims } from './session/sessions'

/** A valid session, even if its person is no active member anywhere. */
export interface CurrentSession {
  claims: SessionClaims
  memberships: Membership[]
}

/** The valid session of a page or action, or null. Reads the database once per request. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const jar = await cookies()
  const value = jar.get(sessionCookieName())?.value
  if (value === undefined) return null
  const claims = await decodeSession(value)
  if (claims === null) return null
  const memberships = await membershipsOfSession(claims, (await headers()).get('user-agent') ?? '')
  return memberships === null ? null : { claims, memberships }
})

/** The actor of a page or action; null when nobody is signed in or the person is no active member. */
export async function currentActor(): Promise<Actor | null> {
  const session = await currentSession()
  if (session === null) return null
  const jar = await cookies()
  return actorOfMemberships(session.claims, session.memberships, jar.get(workspaceCookieName())?.value)
}

/** The actor of a page. Without one it redirects to signing in, and from there back to `here` (by default the current page). */
export async function requireActor(here?: string): Promise<Actor> {
  const actor = await currentActor()
  if (actor !== null) return actor
  const next = safeNextPath(here ?? (await headers()).get(pathHeader))
  redirect(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
}

/**
 * The actor of an action that answers with a form's state. It does not redirect, because the page still holds what was typed.
 * @throws DomainError `unauthenticated` in words for a person.
 */
export async function requireCaller(): Promise<Actor> {
  const actor = await currentActor()
  if (actor !== null) return actor
  throw new DomainError(
    'unauthenticated',
    'You are signed out. Sign in again in a new tab, then come back and try once more.',
  )
}

/**
 * The actor of an API request, by `Authorization: Bearer <personal token>`, else by the session cookie; null when it has neither or the session is no
 * longer valid. The caller refuses changes requested by another site with the cookie.
 * @throws DomainError `unauthenticated` for a refused token, saying why; `too-many-requests` after many wrong ones.
 */
export async function actorOfRequest(request: Request): Promise<Actor | null> {
  // Another scheme is not for this server: a proxy in front may ask for its own password.
  const bearer = /^Bearer\s+(.{1,500}?)\s*$/i.exec(request.headers.get('authorization') ?? '')
  if (bearer?.[1] !== undefined) return actorOfToken(bearer[1], request.headers)
  const header = request.headers.get('cookie')
  const value = cookieOf(header, sessionCookieName())
  if (value === undefined) return null
  const claims = await decodeSession(value)
  if (claims === null) return null
  const memberships = await membershipsOfSession(claims, request.headers.get('user-agent') ?? '')
  return memberships === null ? null : actorOfMemberships(claims, memberships, cookieOf(header, workspaceCookieName()))
}
