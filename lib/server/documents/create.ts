import { z } from 'zod'
import { uuidv7 } from 'uuidv7'
import { isSameJson } from '@/lib/domain/audit/changes'
import type { DocumentOverrides, DocumentView, SourceChoice } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { deletedAlready, idTaken } from '@/lib/domain/versions'
import { permit as passGate, type Permit } from '../access/gate'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import type { StorableDocument } from '../reading/storable-document'
import { viewerOf } from '../visibility/marks'
import { insertRevision } from '../revisions/insert'
import { insertSource } from '../sources/mutations'
import { findDocumentRow, findDuplicate } from './data'
import { presentDocument } from './present'
import { metadataOf } from './read-import'

/** A document to be stored. */
export interface NewDocument {
  id?: string | undefined
  source: SourceChoice
  imported: StorableDocument
  overrides: DocumentOverrides
  origin: RevisionOrigin
  /** Whether a text that the workspace already holds may be stored again. */
  allowDuplicate: boolean
  /** Runs in the same transaction after the document is stored, so both are stored or neither. */
  alongside?: ((context: WriteContext, documentId: string) => Promise<void>) | undefined
}

/** A document that this request stored, or that an earlier identical request had stored. */
export interface CreatedDocument {
  document: DocumentView
  created: boolean
}

async function chooseSource(
  context: WriteContext,
  permit: Permit,
  choice: SourceChoice,
): Promise<{ id: string; name: string }> {
  const { tx } = context
  const { workspaceId } = permit
  const select = { id: true, name: true } as const
  if ('id' in choice) {
    const source = await tx.source.findFirst({ where: { id: choice.id, workspaceId, deletedAt: null }, select })
    if (source !== null) return source
    throw new DomainError(
      'invalid',
      'There is no such source in this workspace. Give its name instead, and it is made.',
      {
        fields: [{ path: 'source.id', message: 'There is no such source in this workspace.' }],
      },
    )
  }
  const named = await tx.source.findFirst({
    where: { workspaceId, name: choice.name, deletedAt: null },
    orderBy: { createdAt: 'asc' },
    select,
  })
  if (named !== null) return named
  passGate(permit.actor, 'source.create')
  const source = { name: choice.name, kind: '', homepage: '', description: '' }
  const id = uuidv7()
  await insertSource(context, permit, { id, source })
  return { id, name: choice.name }
}

/**
 * Stores a document with its first revision and its original bytes, and its source when a new one is named.
 * @throws DomainError `conflict` when the workspace already holds this text or these bytes (`current` is the document that does) or the id is taken,
 * `gone` when the document was deleted since, `invalid` for an unknown source.
 */
export async function createDocument(permit: Permit<'document.create'>, input: NewDocument): Promise<CreatedDocument> {
  const { imported, overrides, source: choice, origin } = input
  const { workspaceId, actor } = permit
  const id = input.id ?? uuidv7()
  const metadata = metadataOf(imported, overrides)
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const again = await findSame(context, permit, { id, choice, metadata, sha256: imported.sha256 })
    if (again !== null) return again
    const { sha256, original } = imported
    if (!input.allowDuplicate) {
      const duplicate = await findDuplicate(tx, viewerOf(permit), { sha256, originalSha256: original.sha256 })
      if (duplicate !== null) {
        const message = `This text is already here as “${duplicate.title}” of ${duplicate.source.name}. To import it once more, allow the duplicate ("allowDuplicate": true, or --allow-duplicate on the command line).`
        throw new DomainError('conflict', message, { current: presentDocument(duplicate, actor) })
      }
    }
    const source = await chooseSource(context, permit, choice)
    const revisionId = uuidv7()
    await tx.document.create({
      data: { id, workspaceId, sourceId: source.id, ...metadata, createdAt: now, updatedAt: now },
      select: { id: true },
    })
    await insertRevision(context, permit, { id: revisionId, documentId: id, number: 1, imported, origin })
    record({
      type: 'document.created',
      subjectId: id,
      data: { after: { source, ...metadata, revisionId, sha256, origin } },
    })
    await input.alongside?.(context, id)
    const row = await findDocumentRow(tx, viewerOf(permit), id)
    if (row === null) throw new Error('A stored document cannot be read back')
    return { document: presentDocument(row, actor), created: true }
  })
}

const recordedSourceSchema = z.object({ id: z.string(), name: z.string() })

async function findSame(
  { tx }: WriteContext,
  permit: Permit,
  asked: { id: string; choice: SourceChoice; metadata: object; sha256: string },
): Promise<CreatedDocument | null> {
  const { workspaceId } = permit
  if ((await tx.document.count({ where: { workspaceId, id: asked.id } })) === 0) return null
  const row = await findDocumentRow(tx, viewerOf(permit), asked.id)
  if (row === null) throw idTaken('document', null)
  const document = presentDocument(row, permit.actor)
  const creation = await readCreation(tx, {
    workspaceId,
    subjectId: asked.id,
    type: 'document.created',
  })
  if (creation?.actorId !== permit.actor.memberId) throw idTaken('document', document)
  const { source, sha256, revisionId: _revisionId, origin: _origin, ...metadata } = creation.after
  const { id, name } = recordedSourceSchema.parse(source)
  const sameSource = 'id' in asked.choice ? asked.choice.id === id : asked.choice.name === name
  if (!sameSource || sha256 !== asked.sha256 || !isSameJson(metadata, asked.metadata))
    throw idTaken('document', document)
  if (row.deletedAt !== null) throw deletedAlready('document')
  return { document, created: false }
}
