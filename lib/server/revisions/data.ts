import { z } from 'zod'
import type { RevisionSummary, RevisionView, ScopeChangeView } from '@/lib/domain/documents/schema'
import { notFound } from '@/lib/domain/errors'
import { fitContent } from '@/lib/domain/text/fit-content'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma, type RevisionOrigin } from '../db/generated/sqlite/client'
import { presentScopeChange, scopeChangeColumns, type ScopeChangeRow } from './scope-changes'

const sizesSchema = z.array(z.object({ revisionId: z.string(), size: z.coerce.number().int() }))

/** The sizes of revisions' originals in bytes, by revision id. The bytes themselves are not read. */
export async function readOriginalSizes(
  reader: Reader | Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT o."revisionId", length(o."bytes") AS "size" FROM "RevisionOriginal" o WHERE o."revisionId" IN (${Prisma.join([...ids])})`
  return new Map(sizesSchema.parse(rows).map(({ revisionId, size }) => [revisionId, size]))
}

/** A document's revisions, newest first. @throws DomainError `not-found` when the document is unknown or deleted. */
export async function listRevisions(permit: Permit<'document.read'>, documentId: string): Promise<RevisionSummary[]> {
  const { read } = await database()
  const document = await read.document.findFirst({
    where: { id: documentId, workspaceId: permit.workspaceId, deletedAt: null },
    select: { revisions: { orderBy: { number: 'desc' }, select: revisionSummaryColumns } },
  })
  if (document === null) throw notFound('document')
  const sizes = await readOriginalSizes(
    read,
    document.revisions.map(({ id }) => id),
  )
  return document.revisions.map((row) => presentRevisionSummary(row, sizes.get(row.id) ?? 0))
}

/** A whole revision. @throws DomainError `not-found`, also when its document was deleted. */
export async function readRevision(permit: Permit<'document.read'>, id: string): Promise<RevisionView> {
  const { read } = await database()
  const row = await read.revision.findFirst({
    where: { id, workspaceId: permit.workspaceId, document: { deletedAt: null } },
    select: {
      id: true,
      documentId: true,
      number: true,
      content: true,
      text: true,
      sha256: true,
      sentences: true,
      wordCount: true,
      origin: true,
      createdAt: true,
      scopeChanges: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: scopeChangeColumns },
    },
  })
  if (row === null) throw notFound('revision')
  return presentRevision(row)
}

/** The canonical text of a revision and its hash. @throws DomainError `not-found`. */
export async function readRevisionText(
  permit: Permit<'document.read'>,
  id: string,
): Promise<{ text: string; sha256: string }> {
  const { read } = await database()
  const row = await read.revision.findFirst({
    where: { id, workspaceId: permit.workspaceId, document: { deletedAt: null } },
    select: { text: true, sha256: true },
  })
  if (row === null) throw notFound('revision')
  return row
}

/** The bytes a revision was read from. */
export interface RevisionOriginalFile {
  bytes: Uint8Array<ArrayBuffer>
  sha256: string
  mediaType: string
  fileName: string
}

/** The original file of a revision. @throws DomainError `not-found`, also when none was stored. */
export async function readRevisionOriginal(permit: Permit<'document.read'>, id: string): Promise<RevisionOriginalFile> {
  const { read } = await database()
  const row = await read.revisionOriginal.findFirst({
    where: { revisionId: id, revision: { workspaceId: permit.workspaceId, document: { deletedAt: null } } },
    select: { bytes: true, sha256: true, mediaType: true, fileName: true },
  })
  if (row === null) throw notFound('revision')
  return row
}

/** The columns a revision's summary is presented from. */
export const revisionSummaryColumns = {
  id: true,
  number: true,
  sha256: true,
  wordCount: true,
  sentenceCount: true,
  checkableCount: true,
  origin: true,
  createdAt: true,
  original: { select: { mediaType: true, encoding: true, fileName: true, sha256: true } },
  fetch: { select: { requestedUrl: true, url: true, status: true, headers: true, fetchedAt: true } },
} as const

/** A row read with `revisionSummaryColumns`. */
interface RevisionSummaryRow {
  id: string
  number: number
  sha256: string
  wordCount: number
  sentenceCount: number
  checkableCount: number
  origin: RevisionOrigin
  createdAt: Date
  original: Omit<NonNullable<RevisionSummary['original']>, 'byteLength'> | null
  fetch: { requestedUrl: string; url: string; status: number; headers: unknown; fetchedAt: Date } | null
}

/** A row of a whole revision. */
interface RevisionRow {
  id: string
  documentId: string
  number: number
  content: unknown
  text: string
  sha256: string
  sentences: unknown
  wordCount: number
  origin: RevisionOrigin
  createdAt: Date
  scopeChanges: ScopeChangeRow[]
}

const headersSchema = z.record(z.string(), z.string())
const sentencesSchema = z.array(z.number().int())

/** Presents a revision for a document's history. `byteLength` is that of its original. */
export function presentRevisionSummary(
  { fetch, original, ...row }: RevisionSummaryRow,
  byteLength: number,
): RevisionSummary {
  const fetched = fetch && {
    ...fetch,
    headers: headersSchema.parse(fetch.headers),
    fetchedAt: fetch.fetchedAt.toISOString(),
  }
  return {
    ...row,
    original: original && { ...original, byteLength },
    fetched,
    createdAt: row.createdAt.toISOString(),
  }
}

/**
 * Presents a whole revision. Its content was validated when it was stored; node kinds that the present schema does not know are shown as plain text
 * and named in `leftOut`. Only kinds are checked here: validating 150,000 words again at each opening would cost more than reading them.
 */
function presentRevision(row: RevisionRow): RevisionView {
  const scopeChanges: ScopeChangeView[] = row.scopeChanges.map(presentScopeChange)
  return {
    id: row.id,
    documentId: row.documentId,
    number: row.number,
    ...fitContent(row.content, row.text),
    text: row.text,
    sha256: row.sha256,
    sentences: sentencesSchema.parse(row.sentences),
    wordCount: row.wordCount,
    scopeChanges,
    origin: row.origin,
    createdAt: row.createdAt.toISOString(),
  }
}
