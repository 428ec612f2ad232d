import { z } from 'zod'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { foldTag } from '@/lib/domain/tags/tag'
import { measureCoverage } from '@/lib/domain/annotations/coverage'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { storedContent, storedReason, storedSentences } from '@/lib/server/marking/revision-facts'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'
import { countAnnotations } from '../annotations/data'
import { decodeCursor, keyMomentSchema, pageOf, type Page } from '../http/pagination'
import { findSameDocument } from '../likeness/find'
import { viewerOf, type Viewer } from '../visibility/marks'
import { findDocumentIds } from '../search/data'
import { documentColumns, presentDocument, type DocumentRow } from './present'

/** How many sentences of a document one member has decided, and how many count. */
export interface Progress {
  decided: number
  total: number
}

const cursorKey = z.tuple([z.string(), z.string()])

/** The orders of a list of documents: last imported first, by title, last published first (those without a date at the end). */
export const documentOrders = ['imported', 'title', 'published'] as const
export type DocumentOrder = (typeof documentOrders)[number]

const orderings = {
  imported: [{ createdAt: 'desc' }, { id: 'desc' }],
  title: [{ title: 'asc' }, { id: 'asc' }],
  published: [{ publishedOn: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
} as const satisfies Record<DocumentOrder, Prisma.DocumentOrderByWithRelationInput[]>

/** The condition on the rows after a given row in an order. An empty date means that there is none. */
function after(order: DocumentOrder, [value, id]: readonly [string, string]): Prisma.DocumentWhereInput {
  if (order === 'title') return { OR: [{ title: { gt: value } }, { title: value, id: { gt: id } }] }
  if (order === 'imported') {
    const at = readInstant(value)
    return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] }
  }
  if (value === '') return { publishedOn: null, id: { lt: id } }
  return { OR: [{ publishedOn: { lt: value } }, { publishedOn: value, id: { lt: id } }, { publishedOn: null }] }
}

function readInstant(text: string): Date {
  const instant = keyMomentSchema.safeParse(text)
  if (instant.success) return new Date(instant.data)
  const message = 'Send the `next` of the page before, unchanged, with the same `sort`.'
  throw new DomainError('invalid', 'This cursor belongs to a list in another order.', {
    fields: [{ path: 'cursor', message }],
  })
}

function keyOf(order: DocumentOrder, { createdAt, title, publishedOn, id }: DocumentRow): [string, string] {
  return [{ imported: createdAt.toISOString(), title, published: publishedOn ?? '' }[order], id]
}

/** The filters of a list of documents. */
export interface DocumentFilter {
  cursor?: string | undefined
  limit: number
  sourceId?: string | undefined
  /** Words to find in the title, the author or the text. */
  q?: string | undefined
  /** A tag, in any spelling. */
  tag?: string | undefined
  /** The order; last imported first by default. */
  sort?: DocumentOrder | undefined
}

type UncountedRow = Omit<DocumentRow, 'annotationCount'>

async function countInto(
  reader: Reader | Transaction,
  viewer: Viewer,
  rows: readonly UncountedRow[],
): Promise<DocumentRow[]> {
  const counts = await countAnnotations(
    reader,
    viewer,
    rows.flatMap(({ revisions }) => revisions.map(({ id }) => id)),
  )
  return rows.map((row) => ({ ...row, annotationCount: counts.get(row.revisions[0]?.id ?? '') ?? 0 }))
}

/** The workspace's documents in the given order. */
export async function listDocuments(
  permit: Permit<'document.read'>,
  { cursor, limit, sourceId, q, tag, sort = 'imported' }: DocumentFilter,
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
      ...(tag === undefined ? {} : { tags: { some: { tag: { folded: foldTag(tag) } } } }),
      ...(key === null ? {} : after(sort, key)),
    },
    orderBy: [...orderings[sort]],
    take: limit + 1,
    select: documentColumns,
  })
  return pageOf(await countInto(read, viewerOf(permit), rows), limit, {
    key: (row) => keyOf(sort, row),
    present: (row) => presentDocument(row, permit.actor),
  })
}

/** A document's row, deleted or not, with counts of what the viewer may see; null when it is unknown or another workspace's. */
export async function findDocumentRow(
  reader: Reader | Transaction,
  viewer: Viewer,
  id: string,
): Promise<DocumentRow | null> {
  const row = await reader.document.findFirst({
    where: { id, workspaceId: viewer.workspaceId },
    select: documentColumns,
  })
  return row === null ? null : ((await countInto(reader, viewer, [row]))[0] ?? null)
}

/** The rows of documents, deleted or not, in no particular order. Ids that are unknown or another workspace's have no row. */
export async function findDocumentRows(
  reader: Reader | Transaction,
  viewer: Viewer,
  ids: readonly string[],
): Promise<DocumentRow[]> {
  const rows = await reader.document.findMany({
    where: { id: { in: [...ids] }, workspaceId: viewer.workspaceId },
    select: documentColumns,
  })
  return countInto(reader, viewer, rows)
}

/** One document. @throws DomainError `not-found`, also when it is deleted. */
export async function readDocumentView(permit: Permit<'document.read'>, id: string): Promise<DocumentView> {
  const { read } = await database()
  const row = await findDocumentRow(read, viewerOf(permit), id)
  if (row?.deletedAt !== null) throw notFound('document')
  return presentDocument(row, permit.actor)
}

/** The document that already holds a text or was read from the same bytes; null when there is none. Both hashes are hex SHA-256. */
export async function findDuplicate(
  reader: Reader | Transaction,
  viewer: Viewer,
  { sha256, originalSha256 }: { sha256: string; originalSha256: string },
): Promise<DocumentRow | null> {
  const { workspaceId } = viewer
  const same = await findSameDocument(reader, { workspaceId, sha256, originalSha256 })
  return same === null ? null : findDocumentRow(reader, viewer, same.id)
}

/** The review session in which the member currently reviews a document, by document id. */
async function readCurrentSessions(
  read: Reader,
  { workspaceId, memberId, documentIds }: { workspaceId: string; memberId: string; documentIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const rows = await read.assignment.findMany({
    where: {
      workspaceId,
      memberId,
      documentId: { in: [...documentIds] },
      state: { not: 'withdrawn' },
      session: { state: 'active', deletedAt: null },
    },
    select: { documentId: true, sessionId: true },
  })
  return new Map(rows.map(({ documentId, sessionId }) => [documentId, sessionId]))
}

/**
 * The progress of the permit's member in the latest revisions of documents, by document id, counted as the reader counts: marks of their session
 * where they review the document in one. Revisions that the member has not marked are not read and have no entry.
 */
export async function readMyProgress(
  permit: Permit<'annotation.read'>,
  documents: readonly DocumentView[],
): Promise<Map<string, Progress>> {
  const authorId = permit.actor.memberId
  const marked = { some: { authorId } }
  const { read } = await database()
  const rows = await read.revision.findMany({
    where: {
      workspaceId: permit.workspaceId,
      id: { in: documents.map(({ revision }) => revision.id) },
      OR: [{ annotations: { some: { authorId, deletedAt: null } } }, { sentenceDecisions: marked }],
    },
    select: {
      documentId: true,
      content: true,
      sentences: true,
      annotations: {
        where: { authorId, deletedAt: null },
        select: { sessionId: true, start: true, end: true, rating: true },
      },
      sentenceDecisions: { where: { authorId }, select: { sessionId: true, start: true, end: true } },
      scopeChanges: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { start: true, end: true, inScope: true, reason: true },
      },
    },
  })
  const sessions = await readCurrentSessions(read, {
    workspaceId: permit.workspaceId,
    memberId: authorId,
    documentIds: documents.map(({ id }) => id),
  })
  return new Map(
    rows.map(({ documentId, content, sentences, annotations, sentenceDecisions, scopeChanges }) => {
      const changes = scopeChanges.map((change) => ({ ...change, reason: storedReason(change.reason) }))
      const outOfScope = applyScopeChanges(scopeRegions(buildTextIndex(storedContent(content))), changes)
      const checkable = checkableSentences(storedSentences(sentences), outOfScope)
      const session = sessions.get(documentId)
      const counts = ({ sessionId }: { sessionId: string | null }) => session === undefined || sessionId === session
      const { decided, total } = measureCoverage({
        sentences: checkable,
        annotations: annotations.filter(counts),
        decisions: sentenceDecisions.filter(counts),
      })
      return [documentId, { decided, total }]
    }),
  )
}
