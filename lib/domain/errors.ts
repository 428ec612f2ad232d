/** The closed union of expected failures. One table (lib/server/http/answers.ts), and nothing else, maps a code to its HTTP status. */
export const errorCodes = [
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'malformed',
  'invalid',
  'conflict',
  'version-mismatch',
  'precondition-required',
  'too-large',
  'unsupported-media-type',
  'too-many-requests',
  'gone',
  'out-of-space',
  'unavailable',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** One refused field. `path` is the JSON path, such as `citations.0.quote`; `message` says what would have worked. */
export interface FieldProblem {
  path: string
  message: string
}

/** Extra facts of a failure, safe to show to the caller. */
export interface ErrorDetails {
  fields?: FieldProblem[]
  /** The stored state, for a `version-mismatch` or `conflict`: what the caller would overwrite. */
  current?: unknown
  /** Seconds until a retry may work, for `too-many-requests`, `out-of-space` and `unavailable`. */
  retryAfter?: number
}

/** An expected failure with a code and a message that says what would have worked. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

/** The failure for anything that does not exist or belongs to another workspace: the two cases are not told apart. */
export function notFound(noun: string): DomainError {
  return new DomainError('not-found', `There is no such ${noun} in this workspace.`)
}
