import type { DocumentView } from '@/lib/domain/documents/schema'
import { permit, type Actor } from '../access/gate'
import { maxPageSize, type Page } from '../http/pagination'
import { listDocuments, readDocumentView } from './data'

/** A page of documents, the last imported first, for a page. */
export async function loadDocuments(
  actor: Actor,
  filter: { q?: string; sourceId?: string; cursor?: string } = {},
): Promise<Page<DocumentView>> {
  return listDocuments(permit(actor, 'document.read'), { limit: maxPageSize, ...filter })
}

/** One document, for a page. @throws DomainError `not-found`. */
export async function loadDocument(actor: Actor, id: string): Promise<DocumentView> {
  return readDocumentView(permit(actor, 'document.read'), id)
}
