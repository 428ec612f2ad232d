import {
  documentOverridesSchema,
  type DocumentMetadata,
  type DocumentOverrides,
  type ImportPreview,
} from '@/lib/domain/documents/schema'
import { DomainError, type ErrorCode } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import type { ImportedDocument, ReadInput, ReadProblemCode } from '../importing/imported-document'
import { readDocument } from '../importing/read-document'
import { viewerOf } from '../visibility/marks'
import { findDuplicate } from './data'

const codeOfProblem: Record<ReadProblemCode, ErrorCode> = {
  empty: 'invalid',
  'too-large': 'too-large',
  binary: 'unsupported-media-type',
  'unsupported-format': 'unsupported-media-type',
  'malformed-text': 'invalid',
  'too-complex': 'invalid',
}

/** Reads a text or file. @throws DomainError `invalid`, `too-large` or `unsupported-media-type` for one that cannot be read. */
export async function readImport(input: ReadInput): Promise<ImportedDocument> {
  const result = await readDocument(input)
  if (result.ok) return result.document
  throw new DomainError(codeOfProblem[result.problem.code], result.problem.message)
}

/** The first `max` UTF-16 code units of a text, without half a character at the end. */
function cut(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')
}

/** What is said about an imported document: the caller's words first, then what the text says of itself as far as it can be stored. */
export function metadataOf(imported: ImportedDocument, overrides: DocumentOverrides): DocumentMetadata {
  const found = {
    title: cut(imported.title, 1000),
    author: cut(imported.author, 500),
    publishedOn: imported.publishedOn,
    language: imported.language,
  }
  const { shape } = documentOverridesSchema
  const storable = <K extends keyof typeof found>(key: K) =>
    shape[key].safeParse(found[key]).success ? found[key] : undefined
  return {
    title: overrides.title ?? storable('title') ?? 'Untitled',
    author: overrides.author ?? storable('author') ?? '',
    publishedOn: overrides.publishedOn === undefined ? (storable('publishedOn') ?? null) : overrides.publishedOn,
    language: overrides.language ?? storable('language') ?? 'und',
    url: overrides.url ?? '',
  }
}

/** What importing would make; nothing is stored. */
export async function previewImport(
  permit: Permit<'document.create'>,
  imported: ImportedDocument,
): Promise<ImportPreview> {
  const { read } = await database()
  const { original } = imported
  const existing = await findDuplicate(read, viewerOf(permit), {
    sha256: imported.sha256,
    originalSha256: original.sha256,
  })
  const { title, author, publishedOn, language } = metadataOf(imported, {})
  return {
    fileName: original.fileName ?? '',
    title,
    author,
    publishedOn,
    language,
    sha256: imported.sha256,
    wordCount: imported.wordCount,
    sentenceCount: imported.sentenceCount,
    content: imported.content,
    summary: imported.summary,
    original: {
      sha256: original.sha256,
      byteLength: original.bytes.length,
      mediaType: original.mediaType,
      encoding: original.encoding,
    },
    existing: existing === null ? null : { id: existing.id, title: existing.title },
  }
}
