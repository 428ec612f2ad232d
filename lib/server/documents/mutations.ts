import { changesOf } from '@/lib/domain/audit/changes'
import type { BulkDocuments, DocumentPatch, DocumentsChanged, DocumentView } from '@/lib/domain/documents/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { distinctTags, foldTag, maxTags } from '@/lib/domain/tags/tag'
import { versionMismatch } from '@/lib/domain/versions'
import { permit as passGate, type Permit } from '../access/gate'
import { recountDocuments } from '../closed-sessions/counts'
import type { Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { setDocumentTags } from '../tags/mutations'
import { viewerOf, type Viewer } from '../visibility/marks'
import { findDocumentRow, findDocumentRows } from './data'
import { presentDocument, type DocumentRow } from './present'
import { closedWith, refuseAssessed, refuseInUse, type DocumentPlace } from './review-states'

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
 * Changes the metadata of a document that is at `version`; its text never changes. A change that is already stored returns the document as it is.
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
 * Part of a write: applies a patch and returns the row, or the same row when nothing changes.
 * @throws DomainError `invalid` for an unknown source, `version-mismatch`.
 */
async function changeDetails(
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

/** Part of a write that deletes or restores a document: recounts what closed sessions settled about it. */
async function recountAssessed(tx: Transaction, place: DocumentPlace): Promise<void> {
  const { workspaceId, documentId } = place
  const sessions = await tx.reviewSession.count({ where: closedWith(place) })
  if (sessions > 0) await recountDocuments(tx, { workspaceId, documentIds: [documentId] })
}

/**
 * Deletes (hides) a document that is at `version`, with its revisions and their annotations; deleting it again changes nothing. A document that a
 * closed session assessed is withdrawn, which needs a reason.
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
 * Part of a write: hides a document that is not deleted. With a `reason` it is withdrawn, and reports print the reason.
 * @throws DomainError `version-mismatch`, and `conflict` while a review session that is not closed has it, or without a reason when a closed one
 * assessed it.
 */
async function hideDocument(
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
 * Restores a deleted document with everything on it; one that is not deleted is returned unchanged.
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

/** Part of a write: restores a deleted document. @throws DomainError `conflict` while its source is deleted. */
async function showDocument(
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

/**
 * Applies one action to many documents in one transaction. A document that cannot be changed, or is unknown, is left as it is and returned with the
 * reason; the others are changed.
 * @throws DomainError `forbidden` when the action needs the right to delete and the actor lacks it.
 */
export async function changeManyDocuments(
  permit: Permit<'document.update'>,
  input: BulkDocuments,
): Promise<DocumentsChanged> {
  const change = changeFor(permit, input)
  return write(permit, async (context) => {
    const viewer = viewerOf(permit)
    const rows = await findDocumentRows(context.tx, viewer, input.ids)
    const rowOf = new Map(rows.map((row) => [row.id, row]))
    const told: DocumentsChanged = { changed: [], unchanged: [], refused: [] }
    for (const id of new Set(input.ids)) {
      const row = rowOf.get(id)
      try {
        if (row === undefined) throw notFound('document')
        const list = (await changeNewest(change, context, { row, viewer })) ? told.changed : told.unchanged
        list.push(id)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        told.refused.push({ id, title: row?.deletedAt === null ? row.title : '', message: error.message })
      }
    }
    return told
  })
}

/** Applies the action to one document, as part of a write. Returns whether it changed anything. */
type ChangeOne = (context: WriteContext, row: DocumentRow) => Promise<boolean>

/**
 * Applies the action to the document's current row. A row that another process has changed since it was read is read again, once.
 * @throws DomainError as the action, and `conflict` when it was changed once more.
 */
async function changeNewest(
  change: ChangeOne,
  context: WriteContext,
  { row, viewer }: { row: DocumentRow; viewer: Viewer },
): Promise<boolean> {
  try {
    return await change(context, row)
  } catch (error) {
    if (!isMismatch(error)) throw error
  }
  const newest = await findDocumentRow(context.tx, viewer, row.id)
  if (newest === null) throw notFound('document')
  try {
    return await change(context, newest)
  } catch (error) {
    if (!isMismatch(error)) throw error
    throw new DomainError(
      'conflict',
      'Someone else is changing this document at the same time. Try it again in a moment.',
    )
  }
}

function isMismatch(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'version-mismatch'
}

function changeFor(permit: Permit<'document.update'>, input: BulkDocuments): ChangeOne {
  if (input.action === 'tag') {
    // Folded once rather than for each document: thousands of tags may be removed.
    const gone = new Set(input.remove.map(foldTag))
    return (context, row) => changeTags(context, permit, { row, add: input.add, gone })
  }
  const mayDelete = passGate(permit.actor, 'document.delete')
  if (input.action === 'delete') {
    return async (context, row) => {
      if (row.deletedAt !== null) return false
      await hideDocument(context, mayDelete, { row, version: row.version, reason: input.reason })
      return true
    }
  }
  return async (context, row) => {
    if (row.deletedAt === null) return false
    await showDocument(context, mayDelete, row)
    return true
  }
}

async function changeTags(
  context: WriteContext,
  permit: Permit<'document.update'>,
  { row, add, gone }: { row: DocumentRow; add: readonly string[]; gone: ReadonlySet<string> },
): Promise<boolean> {
  if (row.deletedAt !== null) throw notFound('document')
  const before = row.tags.map(({ name }) => name)
  const tags = distinctTags([...before, ...add]).filter((name) => !gone.has(foldTag(name)))
  if (tags.length > maxTags)
    throw new DomainError('invalid', `A document has at most ${String(maxTags)} tags. Take one off first.`)
  const after = await changeDetails(context, permit, { row, version: row.version, patch: { tags } })
  return after !== row
}
