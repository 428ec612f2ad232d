import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { permit, type Actor } from '../access/gate'
import { maxPageSize, type Page } from '../http/pagination'
import { listConflicts } from './data'

/** Declared conflicts of interest that the actor may know of, for a page. */
export async function loadConflicts(
  actor: Actor,
  filter: { memberId?: string; cursor?: string } = {},
): Promise<Page<ConflictView>> {
  return listConflicts(permit(actor, 'conflict-of-interest.list'), { limit: maxPageSize, ...filter })
}
