import { DomainError, type ErrorCode, type FieldProblem } from '@/lib/domain/errors'

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
