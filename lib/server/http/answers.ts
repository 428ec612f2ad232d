import { z } from 'zod'
import { errorCodes, DomainError, type ErrorCode, type FieldProblem } from '@/lib/domain/errors'

/** HTTP status of each expected failure: the only place that decides it. */
export const statusOfCode = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  malformed: 400,
  invalid: 422,
  conflict: 409,
  'version-mismatch': 412,
  'precondition-required': 428,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  gone: 410,
  'out-of-space': 507,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>

/** A problem details object (RFC 9457) with our `code` and, where there are some, the refused fields and the stored state. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode | 'internal'
  fields?: FieldProblem[]
  current?: unknown
  /** Seconds until a retry may work. */
  retryAfter?: number
}

/** The problem details of a failure; anything unexpected becomes `internal` without its message. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    return {
      type: `/docs/api#problem-${error.code}`,
      title: error.code.replaceAll('-', ' '),
      status: statusOfCode[error.code],
      detail: error.message,
      code: error.code,
      ...(error.details.fields === undefined ? {} : { fields: error.details.fields }),
      ...(error.details.current === undefined ? {} : { current: error.details.current }),
      ...(error.details.retryAfter === undefined ? {} : { retryAfter: error.details.retryAfter }),
    }
  }
  return {
    type: '/docs/api#problem-internal',
    title: 'internal',
    status: 500,
    detail: 'Something went wrong on the server. Nothing was changed; the log has the details.',
    code: 'internal',
  }
}

/** The schema of a problem details object (RFC 9457), as every failure is answered. */
export const problemSchema = z
  .object({
    type: z.string().describe('Where the problem is explained.'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What went wrong and what would have worked.'),
    code: z.enum([...errorCodes, 'internal']),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    current: z.unknown().optional().describe('The stored state, for `conflict` and `version-mismatch`.'),
  })
  .meta({ id: 'Problem' })

/** What an answer carries beside its body. `version` becomes the ETag. */
export interface AnswerOptions {
  status?: 200 | 201
  version?: number
  headers?: Record<string, string>
}

/** A JSON answer that no cache keeps. */
export function answer(body: unknown, options: AnswerOptions = {}): Response {
  return new Response(JSON.stringify(body), {
    status: options.status ?? 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      ...(options.version === undefined ? {} : { etag: etagOf(options.version) }),
      ...options.headers,
    },
  })
}

/** The answer to something that leaves nothing to show. */
export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'private, no-store' } })
}

/** The answer to a failure, as problem details. */
export function answerProblem(error: unknown, headers: Record<string, string> = {}): Response {
  const problem = problemOf(error)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="sourcemark"' } : {}),
      ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
      ...headers,
    },
  })
}

/** The entity tag of a row's version: `"3"` for 3. */
function etagOf(version: number): string {
  return `"${version}"`
}

/**
 * The version a caller read before editing, from `If-Match`.
 * @throws DomainError `precondition-required` without the header or with `*` (an edit must say what it saw); `malformed` when it is no
 * entity tag of ours.
 */
export function versionOfIfMatch(header: string | null): number {
  if (header === null || header.trim() === '*') {
    throw new DomainError(
      'precondition-required',
      'Send the version you read in If-Match, such as If-Match: "3"; answers carry it as ETag and as "version".',
    )
  }
  const match = /^\s*(?:W\/)?"([1-9]\d{0,8})"\s*$/.exec(header)
  if (match === null)
    throw new DomainError(
      'malformed',
      'If-Match takes one entity tag, such as "3", as the ETag of the answer shows it.',
    )
  return Number(match[1])
}

/** A file to be answered. `fileName` may be any text; `inline` files are only ever plain text of our own. */
export interface Download {
  bytes: Uint8Array<ArrayBuffer> | string
  mediaType: string
  fileName: string
  sha256: string
}

/**
 * A file that a browser saves and never runs: attachment, no sniffing, and a sandbox for the case that it is shown after all. Answers 304 when
 * the caller has these bytes. The content is immutable, so it may be kept, but only by this person's browser.
 */
export function answerDownload(file: Download, request: Request): Response {
  const headers = {
    'content-disposition': `attachment; filename="${asciiName(file.fileName)}"; filename*=UTF-8''${encodeName(file.fileName)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
    etag: `"${file.sha256}"`,
  }
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  return new Response(file.bytes, { headers: { ...headers, 'content-type': file.mediaType } })
}

function asciiName(name: string): string {
  return name.replaceAll(/[^\w.\- ]/g, '_').slice(0, 200) || 'original'
}

/** RFC 8187: percent-encoded UTF-8; half characters, which it cannot carry, become U+FFFD. */
function encodeName(name: string): string {
  const whole = name.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
  return encodeURIComponent(whole || 'original').replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
