import type { z } from 'zod'
import type { Role, TokenScope } from '@/lib/domain/access/policy'
import { nouns } from '@/lib/server/api/api'

/** An operation of the API, as the OpenAPI document describes it. */
export interface Operation {
  id: string
  method: string
  /** With its parameters in braces. */
  path: string
  roles: readonly Role[]
  scope: TokenScope
  ifMatch: boolean
  /** The names of its query parameters. */
  query: readonly string[]
  /** The JSON schema of an answer with a given status. */
  schemaOf: (status: number) => z.ZodType | undefined
}

function namesOf(query: unknown): string[] {
  return query !== null && typeof query === 'object' && 'shape' in query ? Object.keys(query.shape as object) : []
}

/** Every operation of the API. */
export const operations: readonly Operation[] = nouns.flatMap(({ openAPIRegistry }) =>
  openAPIRegistry.definitions.flatMap((definition): Operation[] => {
    if (definition.type !== 'route') return []
    const { route } = definition
    return [
      {
        id: route.operationId ?? '',
        method: route.method,
        path: route.path,
        roles: route['x-roles'] as readonly Role[],
        scope: route['x-scope'] as TokenScope,
        ifMatch: route.request?.headers !== undefined,
        query: namesOf(route.request?.query),
        schemaOf: (status) => {
          const response = route.responses[status]
          if (response === undefined || '$ref' in response) return undefined
          const content = response.content?.['application/json']
          return content === undefined || '$ref' in content ? undefined : (content.schema as z.ZodType)
        },
      },
    ]
  }),
)
