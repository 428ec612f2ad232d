import type { ApiReference, ReferenceField, ReferenceOperation } from '@/lib/domain/api-reference/model'
import { errorCodes, type ErrorCode } from '@/lib/domain/errors'
import type { ApiDocument } from './app'
import { statusOfCode } from '../http/answers'

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  default?: unknown
}

interface Content {
  schema?: Schema
}

interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content: Record<string, Content> }
  responses?: Record<string, { description?: string; content?: Record<string, Content> }>
  'x-roles'?: readonly string[]
  'x-scope'?: string
  'x-example'?: unknown
}

/** Nested objects are listed with their fields down to this level; deeper ones by name only. */
const maxDepth = 3

const meanings: Record<ErrorCode | 'internal', string> = {
  unauthenticated: 'The request has no valid session or token. Sign in, or make a token.',
  forbidden: 'Your role, or the scopes of your token, do not allow this; or the row belongs to someone else.',
  'not-found': 'It does not exist in your workspace. Rows of other workspaces get the same answer.',
  'method-not-allowed': 'The path does not support this method; Allow lists those it does.',
  malformed: 'The request cannot be parsed: invalid JSON or UTF-8, an unreadable form or If-Match.',
  invalid: 'The request has invalid values; "fields" names each with the reason.',
  conflict:
    'It conflicts with stored data: a taken id, a text that is already here, something still in use. "current" shows it.',
  'version-mismatch':
    'The row changed since you read it. "current" is the stored state: merge, and send its version in If-Match.',
  'precondition-required': 'An edit must name the version you read in If-Match.',
  'too-large': 'The body or the text exceeds the limit named in the answer.',
  'unsupported-media-type': 'The operation does not accept the body’s media type, or a file contains no text.',
  'too-many-requests': 'Too many requests. Wait for the seconds in Retry-After.',
  gone: 'It was deleted. Restore it first.',
  'out-of-space': 'The server’s disk is full. Nothing was changed; its administrator has to free space.',
  unavailable: 'The server cannot take it now. Try again after as many seconds as Retry-After says.',
  internal: 'Something is wrong on the server. Nothing was changed.',
}

function nameOfRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}

function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return 'any'
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map(typeOf).join(' & ')
  const types = [schema.type ?? 'any'].flat()
  return types
    .map((type) => {
      if (type === 'array') return `list of ${typeOf(schema.items)}`
      return type === 'string' && schema.format !== undefined ? schema.format : type
    })
    .join(' | ')
}

function fieldsOf(schema: Schema | undefined, { prefix = '', depth = 0 } = {}): ReferenceField[] {
  const required = new Set(schema?.required)
  return Object.entries(schema?.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix + name
    const notes = [
      field.description ?? '',
      field.default === undefined ? '' : `Default: ${JSON.stringify(field.default)}.`,
    ]
    const own = {
      path,
      type: typeOf(field),
      required: required.has(name),
      description: notes.filter((note) => note !== '').join(' '),
    }
    if (depth >= maxDepth) return [own]
    const inner = field.items?.properties === undefined ? field : field.items
    const innerPrefix = inner === field ? `${path}.` : `${path}[].`
    return [own, ...fieldsOf(inner, { prefix: innerPrefix, depth: depth + 1 })]
  })
}

function curlOf(operation: Operation, { method, path }: { method: string; path: string }): string {
  const lines = [
    `curl -X ${method.toUpperCase()} "$SOURCEMARK/api/v1${path.replaceAll(/\{(\w+)\}/g, '<$1>')}"`,
    '-H "Authorization: Bearer $TOKEN"',
  ]
  if (operation.parameters?.some(({ in: place }) => place === 'header') === true) lines.push(`-H 'If-Match: "1"'`)
  const media = Object.keys(operation.requestBody?.content ?? {})
  if (media.includes('multipart/form-data')) lines.push('-F sourceName="Harbour Gazette"', '-F file=@article.txt')
  else if (media.length > 0) {
    const example = JSON.stringify(operation['x-example'] ?? {}).replaceAll("'", String.raw`'\''`)
    lines.push("-H 'Content-Type: application/json'", `-d '${example}'`)
  }
  return lines.join(' \\\n  ')
}

function presentOperation(operation: Operation, place: { method: string; path: string }): ReferenceOperation {
  const responses = Object.entries(operation.responses ?? {})
  const [media] = Object.entries(operation.requestBody?.content ?? {})
  return {
    id: operation.operationId ?? '',
    ...place,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    roles: operation['x-roles'] ?? [],
    scope: operation['x-scope'] ?? '',
    parameters: (operation.parameters ?? []).map(({ name, in: where, required = false, description = '', schema }) => ({
      path: name,
      place: where,
      required,
      type: typeOf(schema),
      description: description === '' ? (schema?.description ?? '') : description,
    })),
    body: media === undefined ? null : { mediaType: media[0], fields: fieldsOf(media[1].schema) },
    answers: responses
      .filter(([status]) => Number(status) < 400)
      .map(([status, { description = '', content = {} }]) => {
        const [answered] = Object.values(content)
        return { status, description, type: answered === undefined ? '' : typeOf(answered.schema) }
      }),
    problems: responses
      .filter(([status]) => Number(status) >= 400)
      .map(([status, { description = '' }]) => ({ status, codes: description.split(', ') })),
    curl: curlOf(operation, place),
  }
}

/** Arranges the OpenAPI document for the reference page: operations by noun in their order, shared objects, and all problems. */
export function referenceOf(document: ApiDocument): ApiReference {
  const nouns = new Map<string, ReferenceOperation[]>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      const noun = operation.tags?.[0] ?? ''
      nouns.set(noun, [...(nouns.get(noun) ?? []), presentOperation(operation, { method, path })])
    }
  }
  const schemas: Record<string, Schema> = document.components?.schemas ?? {}
  return {
    description: document.info.description ?? '',
    nouns: [...nouns].map(([name, operations]) => ({ name, operations })),
    objects: Object.entries(schemas).map(([name, schema]) => ({ name, fields: fieldsOf(schema) })),
    problems: [
      ...errorCodes.map((code) => ({ code, status: statusOfCode[code], meaning: meanings[code] })),
      { code: 'internal', status: 500, meaning: meanings.internal },
    ],
  }
}
