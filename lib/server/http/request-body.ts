import type { z } from 'zod'
import { DomainError, type FieldProblem } from '@/lib/domain/errors'

/** The most bytes of a JSON body, unless an operation sets another limit. */
export const defaultBodyLimit = 2 * 1024 * 1024
/** The deepest nesting of a JSON body. Valid bodies stay far below, and schemas walk values recursively. */
const maxDepth = 64

function tooLarge(limit: number): DomainError {
  return new DomainError(
    'too-large',
    `The body is too large: at most ${limit} bytes (${(limit / 1024 / 1024).toFixed(1)} MB) are read.`,
  )
}

/**
 * Reads a whole body; stops as soon as it exceeds `limit` bytes.
 * @throws DomainError `too-large`.
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > limit) throw tooLarge(limit)
  if (request.body === null) return new Uint8Array()
  if (declared !== null && /^\d+$/.test(declared)) {
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.length > limit) throw tooLarge(limit)
    return bytes
  }
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > limit) {
      await reader.cancel()
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** The media type of a request in lower case, without parameters; empty when it has none. */
export function mediaTypeOf(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === 0x5c) index++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

/**
 * Parses JSON, which must be UTF-8 (RFC 8259).
 * @throws DomainError `malformed` for invalid UTF-8, invalid JSON, or nesting beyond 64 levels.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DomainError('malformed', 'The body is not valid UTF-8. Send JSON encoded as UTF-8.')
  }
  if (isTooDeep(text))
    throw new DomainError('malformed', `The body is nested too deeply: at most ${maxDepth} levels are read.`)
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it does not parse'
    throw new DomainError('malformed', `The body is not valid JSON: ${reason}`)
  }
}

/**
 * Reads a JSON body.
 * @throws DomainError `unsupported-media-type`, `too-large` or `malformed`.
 */
export async function readJson(request: Request, limit = defaultBodyLimit): Promise<unknown> {
  const mediaType = mediaTypeOf(request)
  if (mediaType !== 'application/json' && !/^application\/[a-z0-9.-]+\+json$/.test(mediaType)) {
    throw new DomainError('unsupported-media-type', 'Send the body as JSON, with Content-Type: application/json.')
  }
  return parseJson(await readBytes(request, limit))
}

/** The refusals of a schema, as fields with JSON paths. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.slice(0, 50).map((issue) => ({
    path: issue.path.map((part) => String(part)).join('.'),
    message: issue.message,
  }))
}

/**
 * Checks a value against a schema.
 * @throws DomainError `invalid` with the refused fields.
 */
export function check<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = fieldProblems(parsed.error)
  const first = fields[0]
  const place = first === undefined || first.path === '' ? '' : ` (${first.path})`
  throw new DomainError(
    'invalid',
    `The ${what} has something that does not fit${place}: ${first?.message ?? 'see fields'}`,
    { fields },
  )
}

/** A form with files, as browsers send it. Each field occurs once. */
export interface MultipartForm {
  fields: Record<string, string>
  files: File[]
}

/**
 * Reads a multipart form whose files are all in the field `file`.
 * @throws DomainError `unsupported-media-type`, `too-large`, `malformed`, or `invalid` for a field given twice, a file in another field, no file, or
 * more than `maxFiles`.
 */
export async function readMultipart(
  request: Request,
  { limit, maxFiles }: { limit: number; maxFiles: number },
): Promise<MultipartForm> {
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    throw new DomainError(
      'unsupported-media-type',
      'Send the files as multipart/form-data, each under the name "file".',
    )
  }
  const bytes = await readBytes(request, limit)
  const form = await parseForm(bytes, request.headers.get('content-type') ?? '')
  const fields: Record<string, string> = {}
  const files: File[] = []
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      if (name !== 'file') throw invalidField(name, 'Send files under the name "file".')
      files.push(value)
    } else if (name === 'file')
      throw invalidField(name, 'This part needs a file name; send pasted text as JSON instead.')
    else if (Object.hasOwn(fields, name)) throw invalidField(name, 'Give this field once.')
    else Object.defineProperty(fields, name, { value, enumerable: true })
  }
  if (files.length === 0) throw invalidField('file', 'Send at least one file.')
  if (files.length > maxFiles) throw invalidField('file', `Send at most ${maxFiles} files at once.`)
  return { fields, files }
}

function invalidField(path: string, message: string): DomainError {
  return new DomainError('invalid', message, { fields: [{ path, message }] })
}

async function parseForm(bytes: Uint8Array, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it does not parse'
    throw new DomainError('malformed', `The form cannot be read: ${reason}`)
  }
}

/**
 * A value that React's encoding of arguments puts into a part of its own, with the letter of its kind. A form's part may be empty, and so missing.
 */
const reference = /"\$([KQWiFhTB@]?)([0-9a-f]+)"/g

/** Whether a text is JSON of a list, or of an object. */
function isJsonOf(kind: 'list' | 'object', text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && Array.isArray(value) === (kind === 'list')
  } catch {
    return false
  }
}

function hasParts(text: string, has: (part: string) => boolean): boolean {
  return [...text.matchAll(reference)].every(([, kind = '', part = '']) => kind === 'K' || has(part))
}

/**
 * Whether the body of a server action call can be decoded as arguments: in React's encoding, as JSON, or as a form whose part `0` is JSON. For one
 * that cannot, Next would report a server error. Each action checks its own arguments. Consumes the request's body.
 */
export async function isActionBody(request: Request): Promise<boolean> {
  try {
    if (!/^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')) {
      const text = await request.text()
      return isJsonOf('list', text) && !text.includes('"$K') && hasParts(text, () => false)
    }
    const form = await request.formData()
    const root = form.get('0')
    return typeof root === 'string' && isJsonOf('list', root) && hasParts(root, (part) => form.has(part))
  } catch {
    return false
  }
}

/** The field by which React names an action with values bound to it; the values stand in fields whose names begin with `$ACTION_` and the number. */
const boundAction = /^\$ACTION_REF_(.*)$/s

/**
 * Whether the body of a form that a browser sends without scripts can be read: its multipart encoding is valid, and each action named with bound values
 * has these. For one that cannot, Next would report a server error. Other media types are not checked. Consumes the request's body.
 */
export async function isFormBody(request: Request): Promise<boolean> {
  if (!/^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')) return true
  try {
    const form = await request.formData()
    return [...form.keys()].every((name) => {
      const place = boundAction.exec(name)?.[1]
      if (place === undefined) return true
      const bound = form.get(`$ACTION_${place}:0`)
      return (
        typeof bound === 'string' &&
        isJsonOf('object', bound) &&
        hasParts(bound, (part) => form.has(`$ACTION_${place}:${part}`))
      )
    })
  } catch {
    return false
  }
}
