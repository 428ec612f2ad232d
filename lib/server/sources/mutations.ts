import { uuidv7 } from 'uuidv7'
import { changesOf, isSameJson } from '@/lib/domain/audit/changes'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { SourceInput, SourcePatch, SourceView } from '@/lib/domain/sources/schema'
import { deletedAlready, idTaken, versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { presentSource, sourceColumns, type SourceRow } from './data'

type NewSource = Omit<SourceInput, 'id'>

async function findRow(tx: Transaction, workspaceId: string, id: string): Promise<SourceRow | null> {
  return tx.source.findFirst({ where: { id, workspaceId }, select: sourceColumns })
}

/** Stores a source within the caller's transaction. */
export async function insertSource(
  context: WriteContext,
  permit: Permit,
  { id, source }: { id: string; source: NewSource },
): Promise<void> {
  const { tx, now, record } = context
  await tx.source.create({
    data: { id, workspaceId: permit.workspaceId, ...source, createdAt: now, updatedAt: now },
    select: { id: true },
  })
  record({ type: 'source.created', subjectId: id, data: { after: source } })
}

/**
 * Makes a source. Idempotent: the same id and content from the same member is the same creation, and `created` is then false.
 * @throws DomainError `conflict` when the id has another content, `gone` when the source was deleted since.
 */
export async function createSource(
  permit: Permit<'source.create'>,
  input: SourceInput,
): Promise<{ source: SourceView; created: boolean }> {
  const { id = uuidv7(), ...source } = input
  return write(permit, async (context) => {
    const { tx } = context
    const taken = await tx.source.findUnique({
      where: { workspaceId_id: { workspaceId: permit.workspaceId, id } },
      select: sourceColumns,
    })
    if (taken !== null) {
      const creation = await readCreation(tx, {
        workspaceId: permit.workspaceId,
        subjectId: id,
        type: 'source.created',
      })
      const view = presentSource(taken, permit.actor)
      if (creation?.actorId !== permit.actor.memberId || !isSameJson(creation.after, source))
        throw idTaken('source', view)
      if (taken.deletedAt !== null) throw deletedAlready('source')
      return { source: view, created: false }
    }
    await insertSource(context, permit, { id, source })
    const row = await findRow(tx, permit.workspaceId, id)
    if (row === null) throw notFound('source')
    return { source: presentSource(row, permit.actor), created: true }
  })
}

/**
 * Changes a source that is at `version`. A change that is already stored returns the row as it is.
 * @throws DomainError `not-found`, `version-mismatch`.
 */
export async function updateSource(
  permit: Permit<'source.update'>,
  { id, version, patch }: { id: string; version: number; patch: SourcePatch },
): Promise<SourceView> {
  return write(permit, async ({ tx, now, record }) => {
    const row = await findRow(tx, permit.workspaceId, id)
    if (row?.deletedAt !== null) throw notFound('source')
    const { name, kind, homepage, description } = row
    const changes = changesOf({ name, kind, homepage, description }, patch)
    if (changes === null) return presentSource(row, permit.actor)
    const mismatch = () => versionMismatch('source', { expected: version, current: presentSource(row, permit.actor) })
    if (row.version !== version) throw mismatch()
    const { count } = await tx.source.updateMany({
      where: { id, workspaceId: permit.workspaceId, version },
      data: { ...changes.after, version: { increment: 1 }, updatedAt: now },
    })
    if (count === 0) throw mismatch()
    record({ type: 'source.updated', subjectId: id, data: { ...changes } })
    return presentSource({ ...row, ...changes.after, version: version + 1, updatedAt: now }, permit.actor)
  })
}

/**
 * Deletes (hides) a source that is at `version`; deleting it again changes nothing.
 * @throws DomainError `not-found`, `version-mismatch`, and `conflict` naming its documents while it has some.
 */
export async function deleteSource(
  permit: Permit<'source.delete'>,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await write(permit, async ({ tx, now, record }) => {
    const row = await findRow(tx, permit.workspaceId, id)
    if (row === null) throw notFound('source')
    if (row.deletedAt !== null) return
    const mismatch = () => versionMismatch('source', { expected: version, current: presentSource(row, permit.actor) })
    if (row.version !== version) throw mismatch()
    if (row._count.documents > 0) throw await stillUsed(tx, permit, row)
    const { count } = await tx.source.updateMany({
      where: { id, workspaceId: permit.workspaceId, version, deletedAt: null },
      data: { deletedAt: now, version: { increment: 1 }, updatedAt: now },
    })
    if (count === 0) throw mismatch()
    record({ type: 'source.deleted', subjectId: id, data: { before: { name: row.name } } })
  })
}

async function stillUsed(tx: Transaction, { workspaceId }: Permit, row: SourceRow): Promise<DomainError> {
  const documents = await tx.document.findMany({
    where: { workspaceId, sourceId: row.id, deletedAt: null },
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, title: true },
  })
  const titles = documents.map(({ title }) => `“${title}”`).join(', ')
  const more = row._count.documents > documents.length ? ` and ${row._count.documents - documents.length} more` : ''
  return new DomainError(
    'conflict',
    `This source has documents: ${titles}${more}. Delete them, or give them another source, first.`,
    {
      current: { documents },
    },
  )
}

/** Restores a deleted source; one that is not deleted is returned unchanged. @throws DomainError `not-found`. */
export async function restoreSource(permit: Permit<'source.delete'>, id: string): Promise<SourceView> {
  return write(permit, async ({ tx, now, record }) => {
    const row = await findRow(tx, permit.workspaceId, id)
    if (row === null) throw notFound('source')
    if (row.deletedAt === null) return presentSource(row, permit.actor)
    await tx.source.updateMany({
      where: { id, workspaceId: permit.workspaceId },
      data: { deletedAt: null, version: { increment: 1 }, updatedAt: now },
    })
    record({ type: 'source.restored', subjectId: id, data: { after: { name: row.name } } })
    return presentSource({ ...row, deletedAt: null, version: row.version + 1, updatedAt: now }, permit.actor)
  })
}
