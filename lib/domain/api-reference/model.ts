/** The readable page of the API, as data: made from the OpenAPI document by lib/server/api, shown by components/api-reference. */
import type { ErrorCode } from '../errors'

/** One field of a body or one parameter. `path` is dotted; `[]` means each item of a list. */
export interface ReferenceField {
  path: string
  type: string
  required: boolean
  description: string
}

/** An operation as the page shows it. */
export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  roles: readonly string[]
  scope: string
  parameters: (ReferenceField & { place: string })[]
  body: { mediaType: string; fields: ReferenceField[] } | null
  answers: { status: string; description: string; type: string }[]
  problems: { status: string; codes: string[] }[]
  curl: string
}

/** The whole API as the page shows it. */
export interface ApiReference {
  description: string
  nouns: { name: string; operations: ReferenceOperation[] }[]
  objects: { name: string; fields: ReferenceField[] }[]
  problems: { code: ErrorCode | 'internal'; status: number; meaning: string }[]
}
