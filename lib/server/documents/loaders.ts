import type { DocumentReviewState } from '@/lib/domain/documents/review-state'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import type { RevisionChanges } from '@/lib/domain/revisions/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { maxPageSize, type Page } from '../http/pagination'
import { listDocuments, readDocumentView, type DocumentOrder, readMyProgress, type Progress } from './data'
import { countLeftBehind, readChanges } from './revise'
import { readReviewStates, readReviewStatesById } from './review-states'

/** A page of documents in the asked order (the last imported first), for a page. */
export async function loadDocuments(
  actor: Actor,
  filter: { q?: string; sourceId?: string; tag?: string; sort?: DocumentOrder; cursor?: string } = {},
): Promise<Page<DocumentView>> {
  return listDocuments(permit(actor, 'document.read'), { limit: maxPageSize, ...filter })
}

/** One document, for a page. @throws DomainError `not-found`. */
export async function loadDocument(actor: Actor, id: string): Promise<DocumentView> {
  return readDocumentView(permit(actor, 'document.read'), id)
}

/** How far the actor has come with documents, by document id, for a page. A document where they marked nothing has no entry. */
export async function loadMyProgress(actor: Actor, documents: readonly DocumentView[]): Promise<Map<string, Progress>> {
  return readMyProgress(permit(actor, 'annotation.read'), documents)
}

/** How far documents are in review sessions and what was settled about them, as the actor may see it, by document id, for a page. */
export async function loadReviewStates(
  actor: Actor,
  documents: readonly DocumentView[],
): Promise<Map<string, DocumentReviewState>> {
  return readReviewStates(permit(actor, 'claim.read'), documents)
}

/** How far documents that are known by their ids are in review sessions, by document id, for a page. */
export async function loadStatesById(
  actor: Actor,
  documentIds: readonly string[],
): Promise<Map<string, DocumentReviewState>> {
  return readReviewStatesById(permit(actor, 'claim.read'), documentIds)
}

/** How two revisions of a document differ, for a page; null when the document has no such revision. */
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

/** How many annotations were left in sessions that are closed now and can be carried over, for a page; 0 for who may not do that. */
export async function loadLeftBehind(actor: Actor, document: DocumentView): Promise<number> {
  if (!mayDo(actor, 'revision.create') || document.revision.number === 1) return 0
  return countLeftBehind(permit(actor, 'revision.create'), document)
}
