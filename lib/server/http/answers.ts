import { z } from 'zod'
import { errorCodes } from '@/lib/domain/errors'
import { etagOf } from './etag'
import { problemOf } from './problem'

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
