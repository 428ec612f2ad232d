import type { FieldProblem } from '@/lib/domain/errors'
import { noteSignedOut } from './signed-out'
import { fetchTransport, type ApiRequest } from './transport'

/**
 * A call that was refused or got no answer. `status` is 0 without an answer; `fields` are the refused fields; `current` is the stored state of a
 * conflict.
 */
export interface CallFailure {
  ok: false
  status: number
  code: string
  /** What happened and what would work, in words for the person. */
  message: string
  fields: FieldProblem[]
  current: unknown
}

/** The result of a call. */
export type CallResult<T> = { ok: true; value: T } | CallFailure

/** The unchecked body of a failure, which may not come from our server. */
interface ProblemBody {
  code?: unknown
  detail?: unknown
  fields?: unknown
  current?: unknown
}

function isFieldProblem(value: unknown): value is FieldProblem {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('message' in value)) return false
  return typeof value.path === 'string' && typeof value.message === 'string'
}

/**
 * The failure described by an answer's status and body. Without a sign-in, the words address a person instead of a program, and the shell offers to
 * sign in.
 */
export function failureOf(status: number, body: unknown): CallFailure {
  const { code, detail, fields, current }: ProblemBody = typeof body === 'object' && body !== null ? body : {}
  if (status === 401) noteSignedOut(true)
  return {
    ok: false,
    status,
    code: typeof code === 'string' ? code : 'internal',
    message:
      status === 401
        ? 'You are signed out. Sign in again in a new tab, then come back and try once more.'
        : typeof detail === 'string'
          ? detail
          : 'The server gave an answer that makes no sense here. Reload the page and try again.',
    fields: Array.isArray(fields) ? fields.filter(isFieldProblem) : [],
    current,
  }
}

/**
 * Calls the API. Returns the answer's body as `T` (as the route's schema says), or the failure. Never rejects: a lost network is a failure like any
 * other.
 */
export async function callApi<T>(request: ApiRequest): Promise<CallResult<T>> {
  try {
    const { status, body } = await fetchTransport(request)
    if (status < 200 || status >= 300) return failureOf(status, body)
    noteSignedOut(false)
    return { ok: true, value: body as T }
  } catch {
    return unreachable()
  }
}

/** The failure of a call without an answer. */
export function unreachable(): CallFailure {
  return {
    ok: false,
    status: 0,
    code: 'unreachable',
    message: 'The server could not be reached. Check the connection and try again.',
    fields: [],
    current: null,
  }
}

/**
 * Reads optional data from the API: the body as `T` (as the route's schema says), or null after a failure. For data that a page can do without; use
 * `callApi` to tell the person why a call failed.
 */
export async function readQuietly<T>(path: string): Promise<T | null> {
  try {
    const { status, body } = await fetchTransport({ method: 'GET', path })
    return status === 200 ? (body as T) : null
  } catch {
    return null
  }
}
