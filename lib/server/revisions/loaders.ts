import type { RevisionView } from '@/lib/domain/documents/schema'
import { permit, type Actor } from '../access/gate'
import { readRevision } from './data'

/** A whole revision, for the reader. @throws DomainError `not-found`. */
export async function loadRevision(actor: Actor, id: string): Promise<RevisionView> {
  return readRevision(permit(actor, 'document.read'), id)
}
