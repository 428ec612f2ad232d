import { uuidv7 } from 'uuidv7'
import type { AnnotationInput, AnnotationView, CitationInput } from '@/lib/domain/annotations/schema'
import { checkSpan } from '@/lib/domain/annotations/span'
import { isSameJson } from '@/lib/domain/audit/changes'
import { DomainError } from '@/lib/domain/errors'
import { deletedAlready, idTaken } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { revisionFacts } from '../revisions/facts'
import { citationRows, insertCitations, prepareCitations } from './citations'
import { findAnnotationRow } from './data'
import { presentAnnotation, type AnnotationRow } from './present'
import { contentOf, sameCitations, type AnnotationContent } from './recorded'

/** An annotation that was made, or found to have been made by the same request before. */
export interface CreatedAnnotation {
  annotation: AnnotationView
  created: boolean
}

/**
 * Makes an annotation of the acting member. The same id with the same content, by the same member, is the one creation, whatever was edited
 * since: `created` is false.
 * @throws DomainError `not-found` for the revision, `invalid` for a span or citation that does not hold, `conflict` when the id has another
 * content, `gone` when the annotation was deleted since.
 */
export async function createAnnotation(
  permit: Permit<'annotation.create'>,
  { revisionId, input }: { revisionId: string; input: AnnotationInput },
): Promise<CreatedAnnotation> {
  const { workspaceId, actor } = permit
  const { text } = await revisionFacts(permit, revisionId)
  const span = checkSpan(text, input)
  if (!span.ok) throw new DomainError('invalid', span.problem.message, { fields: [span.problem] })
  const citations = await prepareCitations(permit, input.citations)
  const { id = uuidv7(), start, end, rating, disputed, partial, note } = input
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
  const content = contentOf({ ...fields, citations })
  const author = { user: { name: actor.name } }
  const insertion = (now: Date) => {
    const stamps = { createdAt: now, updatedAt: now }
    const row: AnnotationRow = { ...fields, ...stamps, version: 1, deletedAt: null, author, citations }
    return {
      rows: {
        Annotation: [{ ...fields, ...stamps, workspaceId, sessionId: null, phase: 'open' }],
        Citation: citationRows({ workspaceId, annotationId: id, citations }),
      },
      events: [{ type: 'annotation.created' as const, subjectId: id, data: { after: { revisionId, ...content } } }],
      result: { annotation: presentAnnotation(row, actor), created: true },
    }
  }
  const insert = async (context: WriteContext) => {
    const { rows, events, result } = insertion(context.now)
    const stored = await context.insert('Annotation', rows.Annotation)
    if (stored === 0) return findSame(context, permit, { id, revisionId, content, sent: input.citations })
    await insertCitations(context, rows.Citation)
    for (const event of events) context.record(event)
    return result
  }
  return write(permit, insert, insertion)
}

async function findSame(
  { tx }: WriteContext,
  permit: Permit,
  asked: { id: string; revisionId: string; content: AnnotationContent; sent: readonly CitationInput[] },
): Promise<CreatedAnnotation> {
  const { id, revisionId, content, sent } = asked
  const row = await findAnnotationRow(tx, permit.workspaceId, id)
  if (row === null) throw idTaken('annotation', null)
  const annotation = presentAnnotation(row, permit.actor)
  const creation = await readCreation(tx, {
    workspaceId: permit.workspaceId,
    subjectId: id,
    type: 'annotation.created',
  })
  if (creation?.actorId !== permit.actor.memberId) throw idTaken('annotation', annotation)
  const { citations: storedCitations, ...stored } = creation.after
  const { citations: _sent, ...wanted } = content
  const same =
    isSameJson(stored, { revisionId, ...wanted }) &&
    Array.isArray(storedCitations) &&
    sameCitations(storedCitations, sent)
  if (!same) throw idTaken('annotation', annotation)
  if (row.deletedAt !== null) throw deletedAlready('annotation')
  return { annotation, created: false }
}
