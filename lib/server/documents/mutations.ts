import { changesOf } from '@/lib/domain/audit/changes'
import type { DocumentPatch, DocumentView } from '@/lib/domain/documents/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { distinctTags } from '@/lib/domain/tags/tag'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { recountDocuments } from '../closed-sessions/counts'
import { write, type WriteContext } from '../db/write'
import { viewerOf } from '../visibility/marks'
import { setDocumentTags } from '../tags/mutations'
import { findDocumentRow } from './data'
import { presentDocument, type DocumentRow } from './present'

async function liveSource(tx: Transaction, workspaceId: string, id: string): Promise<{ id: string; name: string }> {
  const source = await tx.source.findFirst({
    where: { id, workspaceId, deletedAt: null },
    select: { id: true, name: true },
  })
  if (source !== null) return source
  throw new DomainError('invalid', 'There is no such source in this workspace.', {
    fields: [{ path: 'sourceId', message: 'There is no such source in this workspace. GET /sources lists them.' }],
  })
}

/**
 * Changes what is said about a document that is at `version`; its text never changes. A change that is already there is done.
 * @throws DomainError `not-found`, `invalid` for an unknown source, `version-mismatch`.
 */
export async function updateDocument(
  permit: Permit<'document.update'>,
  { id, version, patch }: { id: string; version: number; patch: DocumentPatch },
): Promise<DocumentView> {
  return write(permit, async (context) => {
    const row = await findDocumentRow(context.tx, viewerOf(permit), id)
    if (row?.deletedAt !== null) throw notFound('document')
    return presentDocument(await changeDetails(context, permit, { row, version, patch }), permit.actor)
  })
}

/**
 * Part of a write: the row after a patch; the same row when it changes nothing.
 * @throws DomainError `invalid` for an unknown source, `version-mismatch`.
 */
export async function changeDetails(
  context: WriteContext,
  { workspaceId, actor }: Permit<'document.update'>,
  { row, version, patch }: { row: DocumentRow; version: number; patch: DocumentPatch },
): Promise<DocumentRow> {
  const { tx, now, record } = context
  const { id, title, author, publishedOn, language, url } = row
  const tags = distinctTags(row.tags.map(({ name }) => name))
  const changes = changesOf({ title, author, publishedOn, language, url, tags, sourceId: row.source.id }, patch)
  if (changes === null) return row
  const mismatch = () => versionMismatch('document', { expected: version, current: presentDocument(row, actor) })
  if (row.version !== version) throw mismatch()
  const { sourceId, tags: names, ...columns } = changes.after
  if (sourceId !== undefined) await refuseAssessed(tx, { workspaceId, documentId: id, wants: 'another source' })
  const source = sourceId === undefined ? row.source : await liveSource(tx, workspaceId, sourceId)
  const { count } = await tx.document.updateMany({
    where: { id, workspaceId, version },
    data: { ...columns, sourceId: source.id, version: version + 1, updatedAt: now },
  })
  if (count === 0) throw mismatch()
  if (names !== undefined) await setDocumentTags(context, { workspaceId, documentId: id, names })
  record({ type: 'document.updated', subjectId: id, data: { ...changes } })
  const kept = names === undefined ? row.tags : names.map((name) => ({ name }))
  return { ...row, ...columns, source, tags: kept, version: version + 1, updatedAt: now }
}

interface DocumentPlace {
  workspaceId: string
  documentId: string
}

/** Names of the sessions, at most five, that a document is needed in: not closed, not deleted, no templates. */
async function sessionsUsing(
  tx: Transaction,
  { workspaceId, documentId }: DocumentPlace,
): Promise<{ id: string; name: string }[]> {
  return tx.reviewSession.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      isTemplate: false,
      state: { not: 'closed' },
      documents: { some: { documentId } },
    },
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, name: true },
  })
}

/** The closed sessions that assessed a document. */
function closedWith({ workspaceId, documentId }: DocumentPlace) {
  return { workspaceId, deletedAt: null, state: 'closed' as const, documents: { some: { documentId } } }
}

/** Part of a write that hides or shows a document: counts anew what closed sessions settled about it. */
async function recountAssessed(tx: Transaction, place: DocumentPlace): Promise<void> {
  const { workspaceId, documentId } = place
  const sessions = await tx.reviewSession.count({ where: closedWith(place) })
  if (sessions > 0) await recountDocuments(tx, { workspaceId, documentIds: [documentId] })
}

/**
 * Refuses what would take a document out of the report of its source after a closed session assessed it, without a word to who reads that.
 * @throws DomainError `conflict` naming the sessions.
 */
async function refuseAssessed(
  tx: Transaction,
  { workspaceId, documentId, wants }: DocumentPlace & { wants: 'another source' | 'delete' },
): Promise<void> {
  const sessions = await tx.reviewSession.findMany({
    where: closedWith({ workspaceId, documentId }),
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, name: true },
  })
  if (sessions.length === 0) return
  const names = sessions.map(({ name }) => `“${name}”`).join(', ')
  const way =
    wants === 'delete'
      ? 'Withdraw it with a reason instead: its claims leave the figures, and the report says so'
      : 'To correct that, reopen the session, or withdraw the document with a reason and import it anew'
  throw new DomainError(
    'conflict',
    `This document was assessed in ${names}, which ${sessions.length === 1 ? 'is' : 'are'} closed, and the report of its source counts it. ${way}.`,
    { current: { sessions, assessed: true } },
  )
}

async function refuseInUse(tx: Transaction, workspaceId: string, documentId: string): Promise<void> {
  const sessions = await sessionsUsing(tx, { workspaceId, documentId })
  if (sessions.length === 0) return
  const names = sessions.map(({ name }) => `“${name}”`).join(', ')
  throw new DomainError(
    'conflict',
    `This document is under review in ${names}. Take it out of the session, or close the session, first.`,
    { current: { sessions } },
  )
}

/**
 * Deletes (hides) a document that is at `version`, and with it from view its revisions and their annotations; deleting it again changes nothing. One that a
 * closed session assessed is withdrawn, which takes a reason.
 * @throws DomainError `not-found`, `version-mismatch`, and `conflict` as `hideDocument`.
 */
export async function deleteDocument(
  permit: Permit<'document.delete'>,
  { id, version, reason }: { id: string; version: number; reason?: string | undefined },
): Promise<void> {
  await write(permit, async (context) => {
    const row = await findDocumentRow(context.tx, viewerOf(permit), id)
    if (row === null) throw notFound('document')
    if (row.deletedAt === null) await hideDocument(context, permit, { row, version, reason })
  })
}

/**
 * Part of a write: hides a document that is not deleted. With a `reason` it is withdrawn, which reports print.
 * @throws DomainError `version-mismatch`, and `conflict` while a review session that is not closed has it, or without a reason when a closed one assessed it.
 */
export async function hideDocument(
  { tx, now, record }: WriteContext,
  { workspaceId, actor }: Permit<'document.delete'>,
  { row, version, reason = '' }: { row: DocumentRow; version: number; reason?: string | undefined },
): Promise<void> {
  const { id, title, source } = row
  const why = reason.trim()
  const mismatch = () => versionMismatch('document', { expected: version, current: presentDocument(row, actor) })
  if (row.version !== version) throw mismatch()
  await refuseInUse(tx, workspaceId, id)
  if (why === '') await refuseAssessed(tx, { workspaceId, documentId: id, wants: 'delete' })
  const { count } = await tx.document.updateMany({
    where: { id, workspaceId, version, deletedAt: null },
    data: { deletedAt: now, version: version + 1, updatedAt: now },
  })
  if (count === 0) throw mismatch()
  if (why === '') {
    record({ type: 'document.deleted', subjectId: id, data: { before: { title, source } } })
    return
  }
  await tx.documentWithdrawal.create({
    data: { workspaceId, documentId: id, memberId: actor.memberId, reason: why, withdrawnAt: now },
    select: { documentId: true },
  })
  await recountAssessed(tx, { workspaceId, documentId: id })
  record({ type: 'document.deleted', subjectId: id, data: { before: { title, source }, after: { withdrawn: why } } })
}

/**
 * Brings a deleted document back with everything on it; one that is not deleted answers as it is.
 * @throws DomainError `not-found`, and `conflict` while its source is deleted.
 */
export async function restoreDocument(permit: Permit<'document.delete'>, id: string): Promise<DocumentView> {
  return write(permit, async (context) => {
    const row = await findDocumentRow(context.tx, viewerOf(permit), id)
    if (row === null) throw notFound('document')
    const restored = row.deletedAt === null ? row : await showDocument(context, permit, row)
    return presentDocument(restored, permit.actor)
  })
}

/** Part of a write: brings a deleted document back. @throws DomainError `conflict` while its source is deleted. */
export async function showDocument(
  { tx, now, record }: WriteContext,
  { workspaceId }: Permit<'document.delete'>,
  row: DocumentRow,
): Promise<DocumentRow> {
  const { id, title } = row
  const source = await tx.source.findFirst({
    where: { id: row.source.id, workspaceId, deletedAt: null },
    select: { id: true },
  })
  if (source === null) {
    throw new DomainError('conflict', `Its source, ${row.source.name}, was deleted. Restore the source first.`, {
      current: { source: row.source },
    })
  }
  const version = row.version + 1
  await tx.document.updateMany({ where: { id, workspaceId }, data: { deletedAt: null, version, updatedAt: now } })
  await tx.documentWithdrawal.deleteMany({ where: { workspaceId, documentId: id } })
  await recountAssessed(tx, { workspaceId, documentId: id })
  record({ type: 'document.restored', subjectId: id, data: { after: { title, source: row.source } } })
  return { ...row, deletedAt: null, version, updatedAt: now }
}
