import { DomainError } from '@/lib/domain/errors'
import { mediaTypeOf, readBytes } from './request-body'

/** A form with files, as browsers send it. Fields are given once. */
export interface MultipartForm {
  fields: Record<string, string>
  files: File[]
}

/**
 * Reads a multipart form whose files all stand under `file`.
 * @throws DomainError `unsupported-media-type`, `too-large`, `malformed`, or `invalid` for a field given twice, a file under another name, no
 * file, or more than `maxFiles`.
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
