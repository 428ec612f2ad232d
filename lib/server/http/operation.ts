import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { policy, type Action } from '@/lib/domain/access/policy'
import { memberHeader } from '@/lib/domain/access/member-header'
import { DomainError, notFound, type ErrorCode } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import { permit, type Actor, type Permit } from '../access/gate'
import { problemSchema, versionOfIfMatch, statusOfCode } from './answers'
import { check, defaultBodyLimit, readJson } from './request-body'
import { assertSameOrigin } from './same-origin'

/** What the application provides to every operation. */
export interface ApiEnv {
  Variables: {
    actorOf: (request: Request) => Promise<Actor | null>
    /** Called with the actor once it is known: for the log. */
    actor?: Actor
  }
}

/** The routes of one noun. */
export type ApiRoutes = OpenAPIHono<ApiEnv>

/** New routes of a noun, to be filled with `addOperation` and listed in api.ts. */
export function createRoutes(): ApiRoutes {
  return new OpenAPIHono<ApiEnv>()
}

type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & PathParameters<Rest>
  : unknown

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** One answer of an operation. It has no body without a schema and a media type. */
export interface AnswerSpec {
  description: string
  schema?: z.ZodType
  mediaType?: string
}

/**
 * An operation of the API: its part of the OpenAPI document, and the checks that run before the handler. Path parameters are ids; an invalid id is
 * answered like an unknown one. `body` is JSON; an operation that reads its own body describes it in `ownBody`.
 */
export interface OperationSpec<
  P extends string,
  A extends Action,
  Q extends z.ZodObject,
  B extends z.ZodType,
  M extends boolean,
> {
  id: string
  noun: string
  summary: string
  description?: string
  method: Method
  path: P
  /** The action that the gate must allow before the rest of the request is read. */
  action: A
  /** The query's schema, strict; without one, every query parameter is refused. */
  query?: Q
  /** The body's schema, strict; without one the body is not read. */
  body?: B
  /** The most bytes of the body; 2 MB by default. */
  bodyLimit?: number
  ownBody?: Record<string, { schema: z.ZodType }>
  /** Whether `If-Match` must name the version that the caller read. */
  ifMatch?: M
  answers: Record<number, AnswerSpec>
  /** Failures in addition to those of every operation. */
  problems?: readonly ErrorCode[]
  /** A body for the documentation's example call. */
  example?: unknown
}

/** The checked input of a handler. */
export interface OperationContext<
  P extends string,
  A extends Action,
  Q extends z.ZodObject,
  B extends z.ZodType,
  M extends boolean,
> {
  permit: Permit<A>
  actor: Actor
  params: PathParameters<P>
  query: z.infer<Q>
  body: z.infer<B>
  version: M extends true ? number : undefined
  request: Request
}

type AnyOperation = OperationSpec<string, Action, z.ZodObject, z.ZodType, boolean>
type AnyContext = Omit<OperationContext<string, Action, z.ZodObject, z.ZodType, boolean>, 'version'> & {
  version: number | undefined
}

const noQuery = z.strictObject({})

function queryOf(url: string): Record<string, string> {
  const values: Record<string, string> = {}
  const start = url.indexOf('?')
  if (start === -1) return values
  for (const [name, value] of new URLSearchParams(url.slice(start))) {
    if (Object.hasOwn(values, name))
      throw new DomainError('invalid', `Give "${name}" once.`, { fields: [{ path: name, message: 'Give it once.' }] })
    Object.defineProperty(values, name, { value, enumerable: true })
  }
  return values
}

function paramsOf(c: Context, path: string, noun: string): Record<string, string> {
  const params: Record<string, string> = c.req.param()
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
    if (name !== undefined && !idSchema.safeParse(params[name]).success) throw notFound(noun)
  }
  return params
}

function generalProblems(spec: {
  method: Method
  hasBody: boolean
  hasIfMatch: boolean
  hasParameters: boolean
}): ErrorCode[] {
  return [
    'unauthenticated',
    'forbidden',
    'invalid',
    ...(spec.hasParameters ? (['not-found'] as const) : []),
    ...(spec.hasBody ? (['malformed', 'too-large', 'unsupported-media-type'] as const) : []),
    ...(spec.hasIfMatch ? (['malformed', 'precondition-required', 'version-mismatch'] as const) : []),
  ]
}

function problemAnswers(codes: Iterable<ErrorCode>) {
  const codesOfStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(codes))
    codesOfStatus.set(statusOfCode[code], [...(codesOfStatus.get(statusOfCode[code]) ?? []), code])
  return Object.fromEntries(
    [...codesOfStatus].map(([status, names]) => [
      status,
      { description: names.join(', '), content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  )
}

/** Puts an operation into the OpenAPI document. */
function describeOperation(routes: ApiRoutes, spec: AnyOperation): void {
  const parameters = [...spec.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const bodyContent = spec.ownBody ?? (spec.body === undefined ? null : { 'application/json': { schema: spec.body } })
  const general = generalProblems({
    method: spec.method,
    hasBody: bodyContent !== null,
    hasIfMatch: spec.ifMatch === true,
    hasParameters: parameters.length > 0,
  })
  routes.openAPIRegistry.registerPath({
    method: spec.method,
    path: spec.path,
    operationId: spec.id,
    tags: [spec.noun],
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    security: [{ token: [] }, { session: [] }],
    'x-action': spec.action,
    'x-roles': policy[spec.action].roles,
    'x-scope': policy[spec.action].scope,
    ...(spec.example === undefined ? {} : { 'x-example': spec.example }),
    request: {
      ...(parameters.length === 0
        ? {}
        : { params: z.object(Object.fromEntries(parameters.map((name) => [name, idSchema]))) }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.ifMatch === true
        ? {
            headers: z.object({
              'If-Match': z.string().describe('The version you read, as its ETag shows it, such as "3".'),
            }),
          }
        : {}),
      ...(bodyContent === null ? {} : { body: { required: true, content: bodyContent } }),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(spec.answers).map(([status, { description, schema, mediaType }]) => [
          status,
          schema === undefined
            ? { description }
            : { description, content: { [mediaType ?? 'application/json']: { schema } } },
        ]),
      ),
      ...problemAnswers([...general, ...(spec.problems ?? [])]),
    },
  })
}

/**
 * Adds an operation to a noun's routes and to the OpenAPI document. Checks before `handler`, in this order: authentication (401), permission (403),
 * the path's ids (404), the version (428, 400), the query (422), the body (415, 413, 400, 422).
 */
export function addOperation<
  P extends string,
  A extends Action,
  Q extends z.ZodObject = typeof noQuery,
  B extends z.ZodType = z.ZodUndefined,
  M extends boolean = false,
>(
  routes: ApiRoutes,
  spec: OperationSpec<P, A, Q, B, M>,
  handler: (context: OperationContext<P, A, Q, B, M>) => Promise<Response>,
): void
/** The untyped form of an operation: each value passed to the handler has been checked by the part of `spec` that gives it its type. */
export function addOperation(
  routes: ApiRoutes,
  spec: AnyOperation,
  handler: (context: AnyContext) => Promise<Response>,
): void {
  describeOperation(routes, spec)
  routes.on(spec.method.toUpperCase(), [spec.path.replaceAll(/\{(\w+)\}/g, ':$1')], async (c) => {
    const request = c.req.raw
    const actor = await c.get('actorOf')(request)
    if (actor === null)
      throw new DomainError('unauthenticated', 'Sign in, or send a personal token as Authorization: Bearer <token>.')
    c.set('actor', actor)
    const wanted = request.headers.get(memberHeader)
    if (wanted !== null && wanted !== actor.memberId)
      throw new DomainError('unauthenticated', 'This call is another member’s: sign in as that member to make it.', {
        current: { memberId: actor.memberId },
      })
    if (spec.method !== 'get' && actor.via === 'session') assertSameOrigin(request)
    const pass = permit(actor, spec.action)
    const params = paramsOf(c, spec.path, spec.noun)
    const version = spec.ifMatch === true ? versionOfIfMatch(request.headers.get('if-match')) : undefined
    const query = check(spec.query ?? noQuery, queryOf(c.req.url), 'query')
    const body =
      spec.body === undefined
        ? undefined
        : check(spec.body, await readJson(request, spec.bodyLimit ?? defaultBodyLimit), 'body')
    return handler({ permit: pass, actor, params, query, body, version, request })
  })
}
