import type { DocumentView, ImportPreview } from '@/lib/domain/documents/schema'
import type { EncodingName } from '@/lib/domain/documents/encodings'
import { callApi, failureOf, unreachable, type CallResult } from './call'

/** The origin of an import: a file, pasted text, or the address of a page. */
export type ImportOrigin =
  | { kind: 'file'; file: File; encoding?: EncodingName }
  | { kind: 'paste'; text: string; format?: 'text' | 'html' | 'markdown' }
  | { kind: 'address'; address: string }

/** The request fields of an origin that is not a file. */
export function bodyOf(origin: Exclude<ImportOrigin, { kind: 'file' }>): Record<string, string> {
  if (origin.kind === 'address') return { address: origin.address }
  const { text, format } = origin
  return { text, ...(format === undefined ? {} : { format }) }
}

/** The metadata that the person entered for a document; a null date for none. */
export interface ImportDetails {
  title: string
  author: string
  publishedOn: string | null
  language: string
  url: string
}

interface Outcome {
  preview?: ImportPreview
  document?: DocumentView
  problem?: { status?: number; code?: string; detail?: string }
}

/** Sends a form. Returns the answer's body as `T` (as the route's schema says), or the failure. Never rejects. */
export async function postForm<T>(path: string, form: FormData): Promise<CallResult<T>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
    })
    const body: unknown = await response.json()
    return response.ok ? { ok: true, value: body as T } : failureOf(response.status, body)
  } catch {
    return unreachable()
  }
}

/** Sends a file as a form. Returns the answer's body as `T` (as the route's schema says), or the failure. Never rejects. */
export async function postFile<T>(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>> = {},
): Promise<CallResult<T>> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  return postForm<T>(path, form)
}

async function sendFile(path: string, file: File, fields: Record<string, string>): Promise<CallResult<Outcome>> {
  const answer = await postFile<{ items: Outcome[] }>(path, file, fields)
  if (!answer.ok) return answer
  const outcome = answer.value.items[0] ?? {}
  return outcome.problem === undefined
    ? { ok: true, value: outcome }
    : failureOf(outcome.problem.status ?? 0, outcome.problem)
}

/** The form field for the chosen encoding of a file; none unless the person chose one. */
function encodingOf({ encoding }: { encoding?: EncodingName }): Record<string, string> {
  return encoding === undefined ? {} : { encoding }
}

/** Previews an import without storing it. Sentences follow the rules of `language` when given. Never rejects. */
export async function previewImport(origin: ImportOrigin, language?: string): Promise<CallResult<ImportPreview>> {
  const chosen: Record<string, string> = language === undefined ? {} : { language }
  if (origin.kind !== 'file') {
    return callApi<ImportPreview>({
      method: 'POST',
      path: '/api/v1/documents/preview',
      body: { ...bodyOf(origin), ...chosen },
    })
  }
  const answer = await sendFile('/api/v1/documents/files/preview', origin.file, { ...encodingOf(origin), ...chosen })
  if (!answer.ok) return answer
  return answer.value.preview === undefined ? failureOf(0, null) : { ok: true, value: answer.value.preview }
}

/**
 * Stores a document. With `id`, sending a paste again changes nothing; a file sent again is recognised by its text. The named source is created if it
 * does not exist. A date that was found in the text but removed by the person is cleared after storing. Never rejects.
 */
export async function importDocument({
  id,
  origin,
  sourceName,
  details,
  foundDate,
  sha256,
  allowDuplicate,
}: {
  id: string
  origin: ImportOrigin
  sourceName: string
  details: ImportDetails
  /** The date that the import found in the text. */
  foundDate: string | null
  /** The hash of the previewed text. */
  sha256: string
  allowDuplicate: boolean
}): Promise<CallResult<DocumentView>> {
  if (origin.kind !== 'file') {
    // A page may change between its two fetches.
    const expected = origin.kind === 'address' ? { expectedSha256: sha256 } : {}
    const body = { id, source: { name: sourceName }, ...bodyOf(origin), ...expected, ...details, allowDuplicate }
    return callApi<DocumentView>({ method: 'POST', path: '/api/v1/documents', body })
  }
  const { publishedOn, ...said } = details
  const answer = await sendFile('/api/v1/documents/files', origin.file, {
    sourceName,
    allowDuplicate: String(allowDuplicate),
    ...encodingOf(origin),
    ...said,
    ...(publishedOn === null ? {} : { publishedOn }),
  })
  if (!answer.ok) return answer
  const { document } = answer.value
  if (document === undefined) return failureOf(0, null)
  if (publishedOn !== null || foundDate === null) return { ok: true, value: document }
  return callApi<DocumentView>({
    method: 'PATCH',
    path: `/api/v1/documents/${document.id}`,
    body: { publishedOn: null },
    ifMatch: document.version,
  })
}
