import type { AnnotationPatch, AnnotationView } from '@/lib/domain/annotations/schema'
import { checkSpan } from '@/lib/domain/annotations/span'
import { changesOf, isSameJson } from '@/lib/domain/audit/changes'
import { DomainError, notFound } from '@/lib/domain/errors'
import { versionMismatch } from '@/lib/domain/versions'
import { scriptField } from '@/lib/domain/text/quotation'
import type { Permit } from '../access/gate'
import { lockAssignment, readMarkContext, type MarkContext } from '../marking/lock-assignment'
import { database } from '../db/client'
import { write } from '../db/write'
import { knownRevision, revisionFacts } from '../marking/revision-facts'
import { viewerOf } from '../visibility/marks'
import { setAnnotationTags } from '../tags/mutations'
import { citationRows, insertCitations, prepareCitations } from './citations'
import { findAnnotationRow } from './data'
import { presentAnnotation, type AnnotationRow } from './present'
import { contentOf, recordedCitations, sameCitations } from './audit-content'

async function ownRow(permit: Permit, id: string): Promise<AnnotationRow> {
  const { read } = await database()
  const row = await findAnnotationRow(read, viewerOf(permit), id)
  if (row === null) throw notFound('annotation')
  if (row.authorId !== permit.actor.memberId) {
    throw new DomainError(
      'forbidden',
      `Only ${row.author.user.name || 'its author'} may change this annotation. Make one of your own beside it.`,
    )
  }
  return row
}

/** Where the member's annotation stands. @throws DomainError `conflict` when its review session has locked it. */
async function contextOf({ workspaceId }: Permit, id: string): Promise<MarkContext> {
  const { read } = await database()
  const markContext = await readMarkContext(read, { workspaceId, table: 'Annotation', id })
  if (markContext === null) throw notFound('annotation')
  return markContext
}

async function mismatch(permit: Permit, { id, version }: { id: string; version: number }): Promise<DomainError> {
  const row = await ownRow(permit, id)
  if (row.deletedAt !== null) return notFound('annotation')
  return versionMismatch('annotation', { expected: version, current: presentAnnotation(row, permit.actor) })
}

async function spanAfter(
  permit: Permit,
  row: AnnotationRow,
  patch: AnnotationPatch,
): Promise<{ start: number; end: number; exact: string }> {
  const { start = row.start, end = row.end, exact } = patch
  const { text } = await revisionFacts(permit, row.revisionId)
  const span = checkSpan(text, { start, end, exact })
  if (!span.ok) throw new DomainError('invalid', span.problem.message, { fields: [span.problem] })
  return { start, end, exact: span.exact }
}

/**
 * Changes an annotation that is at `version`; citations and tags are replaced as lists. A change that is already there is done: the row answers as it
 * is, so that a repeated request does no harm.
 * @throws DomainError `not-found`, `forbidden` for another's annotation, `invalid`, `version-mismatch` with the stored one.
 */
export async function updateAnnotation(
  permit: Permit<'annotation.update'>,
  { id, version, patch }: { id: string; version: number; patch: AnnotationPatch },
): Promise<AnnotationView> {
  const row = await ownRow(permit, id)
  if (row.deletedAt !== null) throw notFound('annotation')
  const moves = patch.start !== undefined || patch.end !== undefined || patch.exact !== undefined
  const span = moves ? await spanAfter(permit, row, patch) : {}
  const { start, end, exact, rating, disputed, partial, note } = row
  const changes = changesOf(
    { start, end, exact, rating, disputed, partial, note },
    { rating: patch.rating, disputed: patch.disputed, partial: patch.partial, note: patch.note, ...span },
  )
  const recites = patch.citations !== undefined && !sameCitations(recordedCitations(row.citations), patch.citations)
  const tags = patch.tags !== undefined && !isSameJson(row.tags, patch.tags) ? patch.tags : null
  if (changes === null && !recites && tags === null) return presentAnnotation(row, permit.actor)
  if (row.version !== version) throw await mismatch(permit, { id, version })
  const { documentId, sessionId, assignment, phase } = await contextOf(permit, id)
  const citations = recites
    ? await prepareCitations(permit, { sent: patch.citations ?? [], before: row.citations })
    : row.citations
  const { script: _before, ...kept } = row
  const { scripts } = await knownRevision(permit, row.revisionId)
  const after: AnnotationRow = {
    ...kept,
    ...changes?.after,
    ...scriptField(scripts, { start, end, ...span }),
    tags: tags ?? row.tags,
    citations,
    version: version + 1,
  }
  const stored = await write(permit, async (context) => {
    const { tx, now, record } = context
    if (assignment !== null) await lockAssignment(context, permit.workspaceId, assignment)
    // The row was read outside this transaction: its version is what proves that it is still the same, citations and tags included.
    const { count } = await tx.annotation.updateMany({
      where: { id, workspaceId: permit.workspaceId, version, deletedAt: null },
      data: { ...changes?.after, phase, version: version + 1, updatedAt: now },
    })
    if (count === 0) return null
    if (recites) {
      await tx.citation.deleteMany({ where: { annotationId: id, workspaceId: permit.workspaceId } })
      await insertCitations(context, citationRows({ workspaceId: permit.workspaceId, annotationId: id, citations }))
    }
    if (tags !== null)
      await setAnnotationTags(context, { workspaceId: permit.workspaceId, annotationId: id, names: tags })
    record({
      type: 'annotation.updated',
      subjectId: id,
      documentId,
      sessionId,
      data: { revisionId: row.revisionId, before: contentOf(row), after: contentOf(after) },
    })
    return presentAnnotation({ ...after, updatedAt: now }, permit.actor)
  })
  if (stored === null) throw await mismatch(permit, { id, version })
  return stored
}

/**
 * Deletes (hides) an annotation that is at `version`; deleting it again changes nothing.
 * @throws DomainError `not-found`, `forbidden` for another's annotation, `version-mismatch`.
 */
export async function deleteAnnotation(
  permit: Permit<'annotation.delete'>,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const row = await ownRow(permit, id)
  if (row.deletedAt !== null) return
  if (row.version !== version) throw await mismatch(permit, { id, version })
  const { documentId, sessionId, assignment } = await contextOf(permit, id)
  const deleted = await write(permit, async (context) => {
    const { tx, now, record } = context
    if (assignment !== null) await lockAssignment(context, permit.workspaceId, assignment)
    const { count } = await tx.annotation.updateMany({
      where: { id, workspaceId: permit.workspaceId, version, deletedAt: null },
      data: { deletedAt: now, version: version + 1, updatedAt: now },
    })
    if (count > 0)
      record({
        type: 'annotation.deleted',
        subjectId: id,
        documentId,
        sessionId,
        data: { revisionId: row.revisionId, before: contentOf(row) },
      })
    return count > 0
  })
  if (deleted) return
  const current = await ownRow(permit, id)
  if (current.deletedAt === null) throw await mismatch(permit, { id, version })
}

/**
 * Brings a deleted annotation back as it was; one that is not deleted answers as it is.
 * @throws DomainError `not-found`, `forbidden` for another's annotation.
 */
export async function restoreAnnotation(permit: Permit<'annotation.delete'>, id: string): Promise<AnnotationView> {
  const row = await ownRow(permit, id)
  if (row.deletedAt === null) return presentAnnotation(row, permit.actor)
  const { documentId, sessionId, assignment, phase } = await contextOf(permit, id)
  const restored = await write(permit, async (context) => {
    const { tx, now, record } = context
    if (assignment !== null) await lockAssignment(context, permit.workspaceId, assignment)
    const { count } = await tx.annotation.updateMany({
      where: { id, workspaceId: permit.workspaceId, version: row.version, NOT: { deletedAt: null } },
      data: { deletedAt: null, phase, version: row.version + 1, updatedAt: now },
    })
    if (count === 0) return null
    record({
      type: 'annotation.restored',
      subjectId: id,
      documentId,
      sessionId,
      data: { revisionId: row.revisionId, after: contentOf(row) },
    })
    return { ...row, deletedAt: null, version: row.version + 1, updatedAt: now }
  })
  return presentAnnotation(restored ?? (await ownRow(permit, id)), permit.actor)
}
