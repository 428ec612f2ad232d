import type { CarriedAnnotationView } from '@/lib/domain/revisions/schema'
import { permit, type Actor } from '../access/gate'
import { countWaiting, listCarried } from './data'

/** What became of annotations of earlier revisions in a revision, for a page. */
export async function loadCarried(actor: Actor, revisionId: string): Promise<CarriedAnnotationView[]> {
  return listCarried(permit(actor, 'carried-annotation.read'), { revisionId })
}

/** How many annotations wait in a revision for a person, for a page. */
export async function loadWaitingCount(actor: Actor, revisionId: string): Promise<number> {
  return countWaiting(permit(actor, 'carried-annotation.read'), revisionId)
}
