import { OpenAPIHono } from '@hono/zod-openapi'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import { sessionCookieName } from '../auth/cookies'
import { takeDiskFailure } from '../db/failures'
import { answer, answerProblem } from '../http/answers'
import { createRoutes, type ApiEnv, type ApiRoutes } from '../http/operation'
import { withSecurityHeaders } from '../http/security-headers'
import { logger, logRefusal } from '../log'

/** Where the API is mounted. */
export const apiBase = '/api/v1'

/** The API as an application: `fetch` answers a request; `document` is the OpenAPI 3.1 description. */
export interface Api {
  fetch(request: Request): Promise<Response>
  document(): ApiDocument
}

/** An OpenAPI 3.1 document. */
export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

interface RoutePattern {
  method: string
  pattern: RegExp
}

function patternsOf(routes: readonly ApiRoutes[]): RoutePattern[] {
  return routes.flatMap((nounRoutes) =>
    nounRoutes.openAPIRegistry.definitions.flatMap((definition) =>
      definition.type === 'route'
        ? [
            {
              method: definition.route.method.toUpperCase(),
              pattern: new RegExp(`^${apiBase}${definition.route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
            },
          ]
        : [],
    ),
  )
}

/**
 * Makes the API of the given nouns. Every failure is answered as problem details; an unknown path answers 404, a known path with another
 * method 405 with `Allow`.
 */
export function createApi({
  nouns,
  actorOf,
}: {
  nouns: readonly ApiRoutes[]
  /** Identifies the actor of a request; null without a valid session or token. */
  actorOf: (request: Request) => Promise<Actor | null>
}): Api {
  const app = new OpenAPIHono<ApiEnv>({ strict: true })
  const patterns = patternsOf(nouns)
  const mounted = new OpenAPIHono<ApiEnv>()
  app.use('*', async (c, next) => {
    c.set('actorOf', actorOf)
    await next()
  })
  for (const routes of nouns) mounted.route('/', routes)
  const document = () => describeApi(mounted)
  let described: ApiDocument | undefined
  const openApi = createRoutes()
  openApi.get('/openapi.json', () =>
    answer((described ??= document()), { headers: { 'cache-control': 'public, max-age=300' } }),
  )
  mounted.route('/', openApi)
  app.route(apiBase, mounted)
  app.notFound((c) => {
    const allowed = patterns.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method)
    if (c.req.path === `${apiBase}/openapi.json`) allowed.push('GET')
    if (allowed.length === 0) {
      return answerProblem(
        new DomainError('not-found', `There is no such path in this API. ${apiBase}/openapi.json lists them.`),
      )
    }
    const allow = [...new Set(allowed)].join(', ')
    return answerProblem(new DomainError('method-not-allowed', `This path takes ${allow}.`), { allow })
  })
  app.onError((error, c) => {
    const ofDisk = takeDiskFailure(error)
    if (ofDisk !== null) return answerProblem(ofDisk)
    logRefusal(error, { actor: c.get('actor'), method: c.req.method, path: c.req.path })
    if (!(error instanceof DomainError)) {
      const about = { err: error, method: c.req.method, path: c.req.path }
      // The caller disconnected while sending the body: not a fault of this server, and common on unreliable networks.
      if (c.req.raw.signal.aborted) logger().debug(about, 'An API request broke off')
      else logger().error(about, 'An API request failed unexpectedly')
    }
    return answerProblem(error)
  })
  return {
    fetch: async (request) => withSecurityHeaders(await app.fetch(request)),
    document: () => (described ??= document()),
  }
}

function describeApi(mounted: OpenAPIHono<ApiEnv>): ApiDocument {
  mounted.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A personal token, made under Settings, Tokens.',
  })
  mounted.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName(),
    description: 'The session of a signed-in browser.',
  })
  return mounted.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Sourcemark API',
      version: '1',
      description:
        'Everything the interface does. Offsets are UTF-16 code units into a revision’s canonical text, half-open. Ids are UUIDs (version 7) that the caller may make; creating the same content with the same id again changes nothing.',
    },
    servers: [{ url: apiBase }],
  })
}
