import { z } from 'zod'
import type { RevisionSummary, RevisionView } from '@/lib/domain/documents/schema'
import { notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { presentRevision, presentRevisionSummary, revisionSummaryColumns } from './present'
import { scopeChangeColumns } from './scope-changes'

const sizesSchema = z.array(z.object({ revisionId: z.string(), size: z.coerce.number().int() }))

/** How many bytes the originals of revisions have, by the revision's id. The bytes themselves are not read. */
export async function readOriginalSizes(
  reader: Reader | Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT o."revisionId", length(o."bytes") AS "size" FROM "RevisionOriginal" o WHERE o."revisionId" IN (${Prisma.join([...ids])})`
  return new Map(sizesSchema.parse(rows).map(({ revisionId, size }) => [revisionId, size]))
}

/** A document's revisions, the newest first. @throws DomainError `not-found` when the document is unknown or deleted. */
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

/** The original file of a revision. @throws DomainError `not-found` also when none was kept. */
export async function readRevisionOriginal(permit: Permit<'document.read'>, id: string): Promise<RevisionOriginalFile> {
  const { read } = await database()
  const row = await read.revisionOriginal.findFirst({
    where: { revisionId: id, revision: { workspaceId: permit.workspaceId, document: { deletedAt: null } } },
    select: { bytes: true, sha256: true, mediaType: true, fileName: true },
  })
  if (row === null) throw notFound('revision')
  return row
}
