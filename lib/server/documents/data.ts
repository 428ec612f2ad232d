import { z } from 'zod'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { findDocumentIds } from '../search/data'
import { documentColumns, presentDocument, type DocumentRow } from './present'

const cursorKey = z.tuple([z.iso.datetime(), z.string()])

/** What a list of documents is narrowed to. */
export interface DocumentFilter {
  cursor?: string | undefined
  limit: number
  sourceId?: string | undefined
  /** Words of the title, the author or the text. */
  q?: string | undefined
}

/** The workspace's documents, the last imported first. */
export async function listDocuments(
  permit: Permit<'document.read'>,
  { cursor, limit, sourceId, q }: DocumentFilter,
): Promise<Page<DocumentView>> {
  const { read } = await database()
  const key = decodeCursor(cursor, cursorKey)
  const ids = q === undefined || q === '' ? null : await findDocumentIds(permit, q)
  const rows = await read.document.findMany({
    where: {
      workspaceId: permit.workspaceId,
      deletedAt: null,
      ...(sourceId === undefined ? {} : { sourceId }),
      ...(ids === null ? {} : { id: { in: ids } }),
      ...(key === null
        ? {}
        : { OR: [{ createdAt: { lt: new Date(key[0]) } }, { createdAt: new Date(key[0]), id: { lt: key[1] } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: documentColumns,
  })
  return pageOf(rows, limit, {
    key: ({ createdAt, id }) => [createdAt.toISOString(), id],
    present: (row) => presentDocument(row, permit.actor),
  })
}

/** A document's row, hidden or not; null when it is unknown or another workspace's. */
export async function findDocumentRow(
  reader: Reader | Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<DocumentRow | null> {
  return reader.document.findFirst({ where: { id, workspaceId }, select: documentColumns })
}

/** One document. @throws DomainError `not-found`, also when it is deleted. */
export async function readDocumentView(permit: Permit<'document.read'>, id: string): Promise<DocumentView> {
  const { read } = await database()
  const row = await findDocumentRow(read, { workspaceId: permit.workspaceId, id })
  if (row === null || row.deletedAt !== null) throw notFound('document')
  return presentDocument(row, permit.actor)
}

/** The document that already holds a text or was read from the same bytes; null when none does. Both hashes are hex SHA-256. */
export async function findDuplicate(
  reader: Reader | Transaction,
  { workspaceId, sha256, originalSha256 }: { workspaceId: string; sha256: string; originalSha256: string },
): Promise<DocumentRow | null> {
  return reader.document.findFirst({
    where: {
      workspaceId,
      deletedAt: null,
      revisions: { some: { OR: [{ sha256 }, { original: { sha256: originalSha256 } }] } },
    },
    orderBy: { createdAt: 'asc' },
    select: documentColumns,
  })
}
