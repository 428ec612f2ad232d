import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import type { Twins } from '@/lib/domain/references/merge'
import { mayDo, permit, type Actor } from '../access/gate'
import type { Page } from '../http/pagination'
import { listCitedPlaces, listReferences, readReference, type CitedPlace, type ReferenceOrder } from './data'
import { listTwins } from './merge'

/** A page of references in the given order, for a page of the library. */
export async function loadReferences(
  actor: Actor,
  filter: { q?: string; type?: string; cursor?: string; order?: ReferenceOrder } = {},
): Promise<Page<ReferenceSummary>> {
  return listReferences(permit(actor, 'reference.read'), { limit: 100, ...filter })
}

/** Pairs of references that seem to be the same, for a page of the library; empty for members who may not merge. */
export async function loadTwins(actor: Actor): Promise<Twins<ReferenceSummary>[]> {
  return mayDo(actor, 'reference.delete') ? listTwins(permit(actor, 'reference.read')) : []
}

/** One reference with its snapshot, for a page. @throws DomainError `not-found`. */
export async function loadReference(actor: Actor, id: string): Promise<ReferenceView> {
  return readReference(permit(actor, 'reference.read'), id)
}

/** The most citations that the page of a reference lists. */
const mostPlaces = 200

/** Where a reference is cited, newest annotation first, for its page. */
export async function loadCitedPlaces(actor: Actor, referenceId: string): Promise<CitedPlace[]> {
  return listCitedPlaces(permit(actor, 'annotation.read'), { referenceId, limit: mostPlaces })
}
