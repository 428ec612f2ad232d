import type { FieldProblem } from '@/lib/domain/errors'
import { noteSignedOut } from './signed-out'
import { fetchTransport, type ApiRequest } from './transport'

/** A call that was refused or did not get through. `status` is 0 when no answer came; `fields` are the refused fields; `current` is the stored state of a conflict. */
export interface CallFailure {
  ok: false
  status: number
  code: string
  /** What happened and what would have worked, in words for the person. */
  message: string
  fields: FieldProblem[]
  current: unknown
}

/** What came of a call. */
export type CallResult<T> = { ok: true; value: T } | CallFailure

/** An answer that says what went wrong, as far as it can be trusted to be one of ours. */
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
 * The failure that an answer's status and body tell. Without a sign-in the words are for a person, not those for programs, and the shell offers to
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
 * Calls the API and gives its answer's body as `T` (what the route's schema says), or the failure. Never rejects: no network is a failure like
 * any other.
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

/** The failure of a call that no answer came to. */
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
 * Reads something of the API that the page can do without: its body as `T` (what the route's schema says), or null when it could not be had.
 * For the first load of pages; use `callApi` to tell the person why a call failed.
 */
export async function readQuietly<T>(path: string): Promise<T | null> {
  try {
    const { status, body } = await fetchTransport({ method: 'GET', path })
    return status === 200 ? (body as T) : null
  } catch {
    return null
  }
}
