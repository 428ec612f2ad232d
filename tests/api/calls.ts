import type { Actor } from '@/lib/server/access/gate'
import { sessionCookieName } from '@/lib/server/auth/cookies'
import { encodeSession, newSessionClaims } from '../../lib/server/auth/session/sessions'
import type { Database } from '@/lib/server/db/client'
import { api } from '@/lib/server/api/api'
import { apiBase } from '@/lib/server/api/app'
import type { TokenScope } from '@/lib/domain/access/policy'
import { createToken } from '../setup/factories'

/** The headers by which a caller signs in. */
export type Credentials = Record<string, string>

/** A caller without a sign-in. */
export const nobody: Credentials = {}

/** The session cookie of a member, as sign-in sets it. */
export async function sessionOf(actor: Actor): Promise<Credentials> {
  const value = await encodeSession(newSessionClaims({ id: actor.userId, sessionEpoch: 1 }))
  return { cookie: `${sessionCookieName()}=${value}`, 'sec-fetch-site': 'same-origin' }
}

/** A personal token of a member. */
export async function tokenOf(database: Database, actor: Actor, scopes: readonly TokenScope[]): Promise<Credentials> {
  const { workspaceId, memberId } = actor
  return { authorization: `Bearer ${await createToken(database, { workspaceId, memberId, scopes })}` }
}

/** A request to the API. `json` is sent as JSON; `body` unchanged. */
export interface Call {
  method: string
  path: string
  as: Credentials
  json?: unknown
  body?: string | Uint8Array<ArrayBuffer> | FormData
  version?: number
  headers?: Record<string, string>
}

/** An answer of the API; `json` is null when the body is not JSON. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  json: Record<string, unknown>
}

/** Calls the API in this process, as its route does. */
export async function call({ method, path, as, json, body, version, headers = {} }: Call): Promise<Answer> {
  const content = json === undefined ? body : JSON.stringify(json)
  const response = await api.fetch(
    new Request(`http://localhost${apiBase}${path}`, {
      method: method.toUpperCase(),
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
        ...as,
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    }),
  )
  const text = await response.text()
  const isJson = /\bapplication\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}
