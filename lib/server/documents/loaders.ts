import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { DocumentReviewState } from '@/lib/domain/documents/review-state'
import type { DocumentView, RevisionSummary, RevisionView } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import type { CarriedAnnotationView, RevisionChanges } from '@/lib/domain/revisions/schema'
import type { TagView } from '@/lib/domain/tags/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { countPutAside, listAnnotations, maxAnnotationPage, readTwins } from '../annotations/data'
import { countWaiting, listCarried } from '../carried-annotations/data'
import { maxPageSize, type Page } from '../http/pagination'
import { listRevisions, readRevision } from '../revisions/data'
import { listDecisions, maxDecisionPage } from '../sentence-decisions/data'
import { listTags } from '../tags/data'
import { listDocuments, readDocumentView, readMyProgress, type DocumentOrder, type Progress } from './data'
import { readReviewStates, readReviewStatesById } from './review-states'
import { countLeftBehind, readChanges } from './revise'

/** A page of documents in the given order (last imported first by default), for a page. */
export async function loadDocuments(
  actor: Actor,
  filter: { q?: string; sourceId?: string; tag?: string; sort?: DocumentOrder; cursor?: string } = {},
): Promise<Page<DocumentView>> {
  return listDocuments(permit(actor, 'document.read'), { limit: maxPageSize, ...filter })
}

/** The tags used on documents, by name, for a page. */
export async function loadDocumentTags(actor: Actor): Promise<TagView[]> {
  const tags = await listTags(permit(actor, 'tag.read'), {})
  return tags
    .filter(({ documents }) => documents > 0)
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** One document, for a page. @throws DomainError `not-found`. */
export async function loadDocument(actor: Actor, id: string): Promise<DocumentView> {
  return readDocumentView(permit(actor, 'document.read'), id)
}

/** The actor's progress in documents, by document id, for a page. A document where they marked nothing has no entry. */
export async function loadMyProgress(actor: Actor, documents: readonly DocumentView[]): Promise<Map<string, Progress>> {
  return readMyProgress(permit(actor, 'annotation.read'), documents)
}

/** The state of documents in review sessions and what was settled about them, as the actor may see it, by document id, for a page. */
export async function loadReviewStates(
  actor: Actor,
  documents: readonly DocumentView[],
): Promise<Map<string, DocumentReviewState>> {
  return readReviewStates(permit(actor, 'claim.read'), documents)
}

/** The state of documents in review sessions, for documents known by id, by document id, for a page. */
export async function loadStatesById(
  actor: Actor,
  documentIds: readonly string[],
): Promise<Map<string, DocumentReviewState>> {
  return readReviewStatesById(permit(actor, 'claim.read'), documentIds)
}

/** The differences between two revisions of a document, for a page; null when the document has no such revision. */
export async function loadChanges(
  actor: Actor,
  which: { documentId: string; from: number; to: number },
): Promise<RevisionChanges | null> {
  try {
    return await readChanges(permit(actor, 'document.read'), which)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null
    throw error
  }
}

/** How many annotations of sessions closed since can be carried over, for a page; 0 for a member who may not carry them over. */
export async function loadLeftBehind(actor: Actor, document: DocumentView): Promise<number> {
  if (!mayDo(actor, 'revision.create') || document.revision.number === 1) return 0
  return countLeftBehind(permit(actor, 'revision.create'), document)
}

/** A whole revision, for the reader. @throws DomainError `not-found`. */
export async function loadRevision(actor: Actor, id: string): Promise<RevisionView> {
  return readRevision(permit(actor, 'document.read'), id)
}

/** A document's revisions, newest first, for a page. @throws DomainError `not-found`. */
export async function loadRevisions(actor: Actor, documentId: string): Promise<RevisionSummary[]> {
  return listRevisions(permit(actor, 'document.read'), documentId)
}

/**
 * Every annotation of a revision that the actor may see, in text order, for the reader. `sessionId` narrows them to that review session, null to
 * those made in none. @throws DomainError `not-found`.
 */
export async function loadAnnotations(
  actor: Actor,
  revisionId: string,
  { sessionId }: { sessionId?: string | null } = {},
): Promise<AnnotationView[]> {
  const pass = permit(actor, 'annotation.read')
  const found: AnnotationView[] = []
  let cursor: string | undefined
  do {
    const page = await listAnnotations(pass, { revisionId, sessionId, limit: maxAnnotationPage, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}

/** How many of the actor's annotations of a revision a session hides while they review in it, for the reader. */
export async function loadPutAside(actor: Actor, where: { revisionId: string; sessionId: string }): Promise<number> {
  return countPutAside(permit(actor, 'annotation.read'), where)
}

/** The annotations of a revision that were made more than once, each with whether it was made in a session, for the reader. */
export async function loadTwins(actor: Actor, revisionId: string): Promise<Record<string, boolean>> {
  return readTwins(permit(actor, 'annotation.read'), revisionId)
}

/**
 * Every sentence decision of a revision that the actor may see, in text order, for the reader. `sessionId` narrows them to that review session, null
 * to those made in none. @throws DomainError `not-found`.
 */
export async function loadDecisions(
  actor: Actor,
  revisionId: string,
  { sessionId }: { sessionId?: string | null } = {},
): Promise<SentenceDecisionView[]> {
  const pass = permit(actor, 'annotation.read')
  const found: SentenceDecisionView[] = []
  let cursor: string | undefined
  do {
    const page = await listDecisions(pass, { revisionId, sessionId, limit: maxDecisionPage, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}

/** The outcomes of annotations of earlier revisions in a revision, for a page. */
export async function loadCarried(actor: Actor, revisionId: string): Promise<CarriedAnnotationView[]> {
  return listCarried(permit(actor, 'carried-annotation.read'), { revisionId })
}

/** How many annotations wait in a revision for a person, for a page. */
export async function loadWaitingCount(actor: Actor, revisionId: string): Promise<number> {
  return countWaiting(permit(actor, 'carried-annotation.read'), revisionId)
}
