import type { BulkDocuments, DocumentsChanged } from '@/lib/domain/documents/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { distinctTags, foldTag, maxTags } from '@/lib/domain/tags/tag'
import { permit as passGate, type Permit } from '../access/gate'
import { write, type WriteContext } from '../db/write'
import { viewerOf, type Viewer } from '../visibility/marks'
import { findDocumentRow, findDocumentRows } from './data'
import { changeDetails, hideDocument, showDocument } from './mutations'
import type { DocumentRow } from './present'

/**
 * Does one action on many documents in one transaction. One that cannot be changed is left as it is and told with the reason, unknown ones and another
 * workspace's among them; the others are changed.
 * @throws DomainError `forbidden` when the actor may not delete and the action takes it.
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

/** The action on one document, as a part of a write: whether it changed anything. */
type ChangeOne = (context: WriteContext, row: DocumentRow) => Promise<boolean>

/**
 * Does the action on the document as it is now: a row that another instance has changed since it was read is read again, once.
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
    // Folded once, not for each document: thousands may be taken off.
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
