import type { RevisionSummary, RevisionView } from '@/lib/domain/documents/schema'
import { permit, type Actor } from '../access/gate'
import { listRevisions, readRevision } from './data'

/** A whole revision, for the reader. @throws DomainError `not-found`. */
export async function loadRevision(actor: Actor, id: string): Promise<RevisionView> {
  return readRevision(permit(actor, 'document.read'), id)
}

/** A document's revisions, the newest first, for a page. @throws DomainError `not-found`. */
export async function loadRevisions(actor: Actor, documentId: string): Promise<RevisionSummary[]> {
  return listRevisions(permit(actor, 'document.read'), documentId)
}
