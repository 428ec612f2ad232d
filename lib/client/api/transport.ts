import { memberHeader } from '@/lib/domain/access/member-header'

/** One call of the API. `ifMatch` is the version that the caller has seen; the call is carried out only as the member `asMember`. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  ifMatch?: number
  asMember?: string
}

/** An answer: the status, and the parsed JSON body (null without one). `retryAfter` is in seconds. */
export interface ApiAnswer {
  status: number
  body: unknown
  retryAfter?: number
}

/** The network edge: resolves with any answer of the server, rejects without one. */
export type Transport = (request: ApiRequest) => Promise<ApiAnswer>

/** The time limit for an answer, in ms. */
const answerTimeout = 30_000

/** The browser's transport: same origin, the session's cookie, JSON. */
export const fetchTransport: Transport = async ({ method, path, body, ifMatch, asMember }) => {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${String(ifMatch)}"` }),
      ...(asMember === undefined ? {} : { [memberHeader]: asMember }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(answerTimeout),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const answer: unknown = isJson && text !== '' ? JSON.parse(text) : null
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    status: response.status,
    body: answer,
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  }
}
