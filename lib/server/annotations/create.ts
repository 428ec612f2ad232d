import { uuidv7 } from 'uuidv7'
import type { AnnotationInput, AnnotationView, CitationInput } from '@/lib/domain/annotations/schema'
import { checkSpan } from '@/lib/domain/annotations/span'
import { isSameJson } from '@/lib/domain/audit/changes'
import { DomainError } from '@/lib/domain/errors'
import { deletedAlready, idTaken } from '@/lib/domain/versions'
import { scriptField } from '@/lib/domain/text/quotation'
import type { Permit } from '../access/gate'
import { markRevision } from '../marking/active-assignment'
import { lockAssignment } from '../marking/lock-assignment'
import { database, type Reader, type Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { viewerOf } from '../visibility/marks'
import { setAnnotationTags } from '../tags/mutations'
import { citationRows, insertCitations, prepareCitations } from './citations'
import { findAnnotationRow } from './data'
import { presentAnnotation, type AnnotationRow } from './present'
import { contentOf, sameCitations, type AnnotationContent } from './audit-content'

/** An annotation that was made, or found to have been made by the same request before. */
export interface CreatedAnnotation {
  annotation: AnnotationView
  created: boolean
}

/**
 * Makes an annotation of the acting member, in the review session that they have the document from, if any. The same id with the same content, by the same member, is the one creation, regardless of what was edited
 * since: `created` is false.
 * @throws DomainError `not-found` for the revision, `invalid` for a span or citation that does not hold, `conflict` when the id has another
 * content or the member's work on the document is locked, `gone` when the annotation was deleted since.
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
  // The fast path neither starts an assignment, as its first mark does, nor sets tags.
  const inserts = assignment?.state !== 'assigned' && tags.length === 0
  return inserts ? write(permit, insert, insertion) : write(permit, insert)
}

/** The annotation that the same request made before; null when the member may see none with this id. */
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
    // Marks made before there were tags were recorded without.
    isSameJson({ tags: [], ...stored }, { revisionId, ...wanted }) &&
    Array.isArray(storedCitations) &&
    sameCitations(storedCitations, sent)
  if (!same) throw idTaken('annotation', annotation)
  if (row.deletedAt !== null) throw deletedAlready('annotation')
  return { annotation, created: false }
}
