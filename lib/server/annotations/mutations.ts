import { uuidv7 } from 'uuidv7'
import type { AnnotationInput, AnnotationPatch, AnnotationView, CitationInput } from '@/lib/domain/annotations/schema'
import { checkSpan } from '@/lib/domain/annotations/span'
import { changesOf, isSameJson } from '@/lib/domain/audit/changes'
import { DomainError, notFound } from '@/lib/domain/errors'
import { scriptField } from '@/lib/domain/text/quotation'
import { deletedAlready, idTaken, versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { markRevision } from '../marking/active-assignment'
import { lockAssignment } from '../marking/lock-assignment'
import { knownRevision, revisionFacts } from '../marking/revision-facts'
import { setAnnotationTags } from '../tags/mutations'
import { viewerOf } from '../visibility/marks'
import { citationRows, insertCitations, prepareCitations } from './citations'
import { contextOf, findAnnotationRow, ownRow } from './data'
import {
  contentOf,
  presentAnnotation,
  recordedCitations,
  sameCitations,
  type AnnotationContent,
  type AnnotationRow,
} from './present'

/** An annotation that this request made, or that an earlier identical request had made. */
export interface CreatedAnnotation {
  annotation: AnnotationView
  created: boolean
}

/**
 * Makes an annotation of the acting member, in the review session of their current assignment of the document, if there is one. Idempotent: the same
 * id and content from the same member is the same creation, regardless of later edits, and `created` is then false.
 * @throws DomainError `not-found` for the revision, `invalid` for a span or citation that does not hold, `conflict` when the id has another content
 * or the member's work on the document is locked, `gone` when the annotation was deleted since.
 */
export async function createAnnotation(
  permit: Permit<'annotation.create'>,
  { revisionId, input }: { revisionId: string; input: AnnotationInput },
): Promise<CreatedAnnotation> {
  const { workspaceId, actor } = permit
  const { facts, assignment, locked, context: place } = await markRevision(permit, revisionId)
  const { text, documentId, scripts } = facts
  const span = checkSpan(text, input)
  if (!span.ok) throw new DomainError('invalid', span.problem.message, { fields: [span.problem] })
  const citations = await prepareCitations(permit, { sent: input.citations, before: [] })
  const { id = uuidv7(), start, end, rating, disputed, partial, note, tags } = input
  const fields = {
    id,
    revisionId,
    authorId: actor.memberId,
    start,
    end,
    exact: span.exact,
    rating,
    disputed,
    partial,
    note,
  }
  const content = contentOf({ ...fields, tags, citations })
  const asked = { id, revisionId, content, sent: input.citations }
  if (locked !== null) {
    const { read } = await database()
    const made = await findSame(read, permit, asked)
    if (made === null) throw locked
    return made
  }
  const { sessionId, phase } = place
  const author = { user: { name: actor.name } }
  const insertion = (now: Date) => {
    const stamps = { createdAt: now, updatedAt: now }
    const row: AnnotationRow = {
      ...fields,
      ...scriptField(scripts, input),
      ...stamps,
      version: 1,
      deletedAt: null,
      author,
      tags,
      citations,
    }
    return {
      rows: {
        Annotation: [{ ...fields, ...stamps, workspaceId, sessionId, phase }],
        Citation: citationRows({ workspaceId, annotationId: id, citations }),
      },
      assignmentId: assignment?.id ?? null,
      events: [
        {
          type: 'annotation.created' as const,
          subjectId: id,
          documentId,
          sessionId,
          data: { after: { revisionId, ...content } },
        },
      ],
      result: { annotation: presentAnnotation(row, actor), created: true },
    }
  }
  const insert = async (context: WriteContext) => {
    if (assignment !== null) await lockAssignment(context, workspaceId, assignment)
    const { rows, events, result } = insertion(context.now)
    const stored = await context.insert('Annotation', rows.Annotation)
    if (stored === 0) {
      const made = await findSame(context.tx, permit, asked)
      if (made === null) throw idTaken('annotation', null)
      return made
    }
    await insertCitations(context, rows.Citation)
    if (tags.length > 0) await setAnnotationTags(context, { workspaceId, annotationId: id, names: tags })
    for (const event of events) context.record(event)
    return result
  }
  // The fast path neither sets tags nor starts an assignment, which its first mark must do.
  const inserts = assignment?.state !== 'assigned' && tags.length === 0
  return inserts ? write(permit, insert, insertion) : write(permit, insert)
}

/** The annotation that an earlier identical request made; null when the member may see none with this id. */
async function findSame(
  reader: Reader | Transaction,
  permit: Permit,
  asked: { id: string; revisionId: string; content: AnnotationContent; sent: readonly CitationInput[] },
): Promise<CreatedAnnotation | null> {
  const { id, revisionId, content, sent } = asked
  const row = await findAnnotationRow(reader, viewerOf(permit), id)
  if (row === null) return null
  const annotation = presentAnnotation(row, permit.actor)
  const creation = await readCreation(reader, {
    workspaceId: permit.workspaceId,
    subjectId: id,
    type: 'annotation.created',
  })
  if (creation?.actorId !== permit.actor.memberId) throw idTaken('annotation', annotation)
  const { citations: storedCitations, ...stored } = creation.after
  const { citations: _sent, ...wanted } = content
  const same =
    // Events of marks made before tags existed have no tags.
    isSameJson({ tags: [], ...stored }, { revisionId, ...wanted }) &&
    Array.isArray(storedCitations) &&
    sameCitations(storedCitations, sent)
  if (!same) throw idTaken('annotation', annotation)
  if (row.deletedAt !== null) throw deletedAlready('annotation')
  return { annotation, created: false }
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
 * Changes an annotation that is at `version`; lists of citations and tags are replaced as a whole. A change that is already stored returns the row as
 * it is, so a repeated request is safe.
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
    // The row was read outside this transaction; its unchanged version proves that it is current, citations and tags included.
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
 * Restores a deleted annotation as it was; one that is not deleted is returned unchanged.
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
