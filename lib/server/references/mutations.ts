import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { quoteFinder, type QuoteFinder } from '@/lib/domain/references/locate-quote'
import { changesOf, isSameJson } from '@/lib/domain/audit/changes'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { KeptFile } from '@/lib/domain/references/kept-file'
import type { Csl, ReferenceInput, ReferencePatch, ReferenceView } from '@/lib/domain/references/schema'
import { summariseCsl } from '@/lib/domain/references/summary'
import { deletedAlready, idTaken, versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write } from '../db/write'
import { readCreation } from '../events/data'
import { viewerOf, type Viewer } from '../visibility/marks'
import { findReferenceRow, selectCitedPlaces } from './data'
import { presentReference, quotePlaceColumns, referenceColumns, type ReferenceRow } from './present'
import { asJson } from '../db/parameters'

/** The columns of a kept text and of the file that it was read from; null where there is none. */
export function snapshotColumns(text: string | null, { now, file }: { now: Date; file: KeptFile | null }) {
  const snapshotFile = text === null || file === null ? Prisma.DbNull : asJson(file)
  if (text === null) return { snapshotText: null, snapshotSha256: null, snapshotAt: null, snapshotFile }
  const snapshotSha256 = createHash('sha256').update(text).digest('hex')
  return { snapshotText: text, snapshotSha256, snapshotAt: now, snapshotFile }
}

/** The columns that store a CSL-JSON item. */
export function cslColumns(csl: Csl) {
  return { csl: asJson(csl), ...summariseCsl(csl) }
}

/** A reference as the audit trail stores it: its snapshot as a hash, because the text may be long. */
export function recorded(csl: Csl, snapshotSha256: string | null) {
  return { csl, snapshotSha256 }
}

/**
 * Part of a write: changes a reference that is at its row's version, and raises that version.
 * @returns false when it changed since its row was read; then nothing is stored.
 */
export async function changeRow(
  tx: Transaction,
  {
    row,
    workspaceId,
    data,
  }: { row: ReferenceRow; workspaceId: string; data: Omit<Prisma.ReferenceUncheckedUpdateManyInput, 'version'> },
): Promise<boolean> {
  const { count } = await tx.reference.updateMany({
    where: { id: row.id, workspaceId, version: row.version },
    data: { ...data, version: { increment: 1 } },
  })
  return count > 0
}

/**
 * Makes a reference. Idempotent: the same id and content from the same member is the same creation, and `created` is then false.
 * @throws DomainError `conflict` when the id has another content, `gone` when the reference was deleted since.
 */
export async function createReference(
  permit: Permit<'reference.create'>,
  { id = uuidv7(), csl, snapshotText = null, snapshotFile = null }: ReferenceInput,
): Promise<{ reference: ReferenceView; created: boolean }> {
  return write(permit, async ({ tx, now, record }) => {
    const snapshot = snapshotColumns(snapshotText, { now, file: snapshotFile })
    const after = recorded(csl, snapshot.snapshotSha256)
    if ((await tx.reference.count({ where: { workspaceId: permit.workspaceId, id } })) > 0) {
      const taken = await findReferenceRow(tx, viewerOf(permit), id)
      if (taken === null) throw idTaken('reference', null)
      const creation = await readCreation(tx, {
        workspaceId: permit.workspaceId,
        subjectId: id,
        type: 'reference.created',
      })
      const view = presentReference(taken, permit.actor)
      if (creation?.actorId !== permit.actor.memberId || !isSameJson(creation.after, after))
        throw idTaken('reference', view)
      if (taken.deletedAt !== null) throw deletedAlready('reference')
      return { reference: view, created: false }
    }
    const row = await tx.reference.create({
      data: { id, workspaceId: permit.workspaceId, ...cslColumns(csl), ...snapshot, createdAt: now, updatedAt: now },
      select: referenceColumns,
    })
    record({ type: 'reference.created', subjectId: id, data: { after } })
    return { reference: presentReference({ ...row, citationCount: 0 }, permit.actor), created: true }
  })
}

/**
 * Changes a reference that is at `version`. With a new snapshot, every quote that cites the reference is looked up again.
 * @throws DomainError `not-found`, `version-mismatch`.
 */
export async function updateReference(
  permit: Permit<'reference.update'>,
  { id, version, patch }: { id: string; version: number; patch: ReferencePatch },
): Promise<ReferenceView> {
  return write(permit, async ({ tx, now, record }) => {
    const row = await findReferenceRow(tx, viewerOf(permit), id)
    if (row?.deletedAt !== null) throw notFound('reference')
    const current = presentReference(row, permit.actor)
    const { snapshotText, snapshotFile } = current
    const isOtherText = patch.snapshotText !== undefined && patch.snapshotText !== snapshotText
    // The page starts of one text do not apply to another.
    const file = patch.snapshotFile ?? (isOtherText || patch.snapshotFile === null ? null : snapshotFile)
    const changes = changesOf({ csl: current.csl, snapshotText, snapshotFile }, { ...patch, snapshotFile: file })
    if (changes === null) return current
    if (row.version !== version) throw versionMismatch('reference', { expected: version, current })
    const csl = changes.after.csl ?? current.csl
    const text = isOtherText ? (patch.snapshotText ?? null) : snapshotText
    const snapshot = snapshotColumns(text, { now: isOtherText ? now : (row.snapshotAt ?? now), file })
    const data = { ...cslColumns(csl), ...snapshot, updatedAt: now }
    if (!(await changeRow(tx, { row, workspaceId: permit.workspaceId, data })))
      throw versionMismatch('reference', { expected: version, current })
    if (snapshot.snapshotSha256 !== row.snapshotSha256)
      await locateQuotesAgain(tx, { workspaceId: permit.workspaceId, referenceId: id, text: snapshot.snapshotText })
    record({
      type: 'reference.updated',
      subjectId: id,
      data: { before: recorded(current.csl, row.snapshotSha256), after: recorded(csl, snapshot.snapshotSha256) },
    })
    const stored = await findReferenceRow(tx, viewerOf(permit), id)
    if (stored === null) throw notFound('reference')
    return presentReference(stored, permit.actor)
  })
}

/** Looks every quote of a reference up in its new kept text, near its earlier place. */
export async function locateQuotesAgain(
  tx: Transaction,
  { workspaceId, referenceId, text }: { workspaceId: string; referenceId: string; text: string | null },
): Promise<void> {
  const citations = await tx.citation.findMany({
    where: { workspaceId, referenceId, NOT: { quote: '' } },
    select: { id: true, quote: true, quoteStart: true },
  })
  const find: QuoteFinder = text === null ? () => null : quoteFinder(text)
  for (const { id, quote, quoteStart } of citations) {
    await tx.citation.update({
      where: { workspaceId_id: { workspaceId, id } },
      data: quotePlaceColumns(find(quote, quoteStart)),
      select: { id: true },
    })
  }
}

/**
 * Deletes (hides) a reference that is at `version`; deleting it again changes nothing. Citations that the actor may not see yet do not prevent it,
 * because a refusal would reveal them: they keep their reference, and restoring brings it back to the library.
 * @throws DomainError `not-found`, `version-mismatch`, and `conflict` naming the annotations that cite it while some do.
 */
export async function deleteReference(
  permit: Permit<'reference.delete'>,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await write(permit, async ({ tx, now, record }) => {
    const row = await findReferenceRow(tx, viewerOf(permit), id)
    if (row === null) throw notFound('reference')
    if (row.deletedAt !== null) return
    const mismatch = () =>
      versionMismatch('reference', { expected: version, current: presentReference(row, permit.actor) })
    if (row.version !== version) throw mismatch()
    if (row.citationCount > 0) throw await stillCited(tx, viewerOf(permit), row)
    const data = { deletedAt: now, updatedAt: now }
    if (!(await changeRow(tx, { row, workspaceId: permit.workspaceId, data }))) throw mismatch()
    record({ type: 'reference.deleted', subjectId: id, data: { before: { title: row.title } } })
  })
}

async function stillCited(tx: Transaction, viewer: Viewer, row: ReferenceRow): Promise<DomainError> {
  const places = await selectCitedPlaces(tx, viewer, { referenceId: row.id, limit: 5 })
  const annotations = places.map(({ annotation: { id, exact }, document }) => ({
    id,
    exact,
    document: { id: document.id, title: document.title },
  }))
  const titles =
    [...new Set(annotations.map(({ document }) => `“${document.title}”`))].join(', ') || 'deleted documents'
  return new DomainError(
    'conflict',
    `${row.citationCount} citations use this reference, in ${titles}${annotations.length > 0 && row.citationCount > annotations.length ? ' and others' : ''}. Cite another reference there first.`,
    { current: { citationCount: row.citationCount, annotations } },
  )
}

/** Restores a deleted reference; one that is not deleted is returned unchanged. @throws DomainError `not-found`. */
export async function restoreReference(permit: Permit<'reference.delete'>, id: string): Promise<ReferenceView> {
  return write(permit, async ({ tx, now, record }) => {
    const row = await findReferenceRow(tx, viewerOf(permit), id)
    if (row === null) throw notFound('reference')
    if (row.deletedAt === null) return presentReference(row, permit.actor)
    await tx.reference.updateMany({
      where: { id, workspaceId: permit.workspaceId },
      data: { deletedAt: null, version: { increment: 1 }, updatedAt: now },
    })
    record({ type: 'reference.restored', subjectId: id, data: { after: { title: row.title } } })
    return presentReference({ ...row, deletedAt: null, version: row.version + 1, updatedAt: now }, permit.actor)
  })
}
