import { memberHeader } from '@/lib/domain/access/member-header'

/** One call of the API. `ifMatch` is the version the caller has seen; `asMember` the only member as whom it may be carried out. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  ifMatch?: number
  asMember?: string
}

/** What came back: the status, and the parsed JSON body (null when there is none). `retryAfter` is in seconds. */
export interface ApiAnswer {
  status: number
  body: unknown
  retryAfter?: number
}

/** The network edge: resolves with any answer of the server, rejects when no answer came. */
export type Transport = (request: ApiRequest) => Promise<ApiAnswer>

/** How long to wait for an answer, in milliseconds, before the call counts as not answered. */
const answerTimeout = 30_000

/** The transport of the browser: same origin, the session's cookie, JSON. */
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
