import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import { permit, type Actor } from '../access/gate'
import type { Page } from '../http/pagination'
import { listCitedPlaces, listReferences, readReference, type CitedPlace } from './data'

/** A page of references, the last made first, for a page of the library. */
export async function loadReferences(
  actor: Actor,
  filter: { q?: string; type?: string; cursor?: string } = {},
): Promise<Page<ReferenceSummary>> {
  return listReferences(permit(actor, 'reference.read'), { limit: 100, ...filter })
}

/** One reference with its snapshot, for a page. @throws DomainError `not-found`. */
export async function loadReference(actor: Actor, id: string): Promise<ReferenceView> {
  return readReference(permit(actor, 'reference.read'), id)
}

/** The most citations that the page of a reference lists. */
const mostPlaces = 200

/** Where a reference is cited, for its page: the newest annotations first. */
export async function loadCitedPlaces(actor: Actor, referenceId: string): Promise<CitedPlace[]> {
  return listCitedPlaces(permit(actor, 'annotation.read'), { referenceId, limit: mostPlaces })
}
