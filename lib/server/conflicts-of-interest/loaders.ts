import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { permit, type Actor } from '../access/gate'
import { listConflicts } from './data'

/** Rows that are read at once. */
const pageSize = 1_000

/** All declared conflicts of interest of some members that the actor may know of, for a page. */
export async function loadConflicts(actor: Actor, memberIds: readonly string[]): Promise<ConflictView[]> {
  const pass = permit(actor, 'conflict-of-interest.list')
  const conflicts: ConflictView[] = []
  let cursor: string | undefined
  for (;;) {
    const page = await listConflicts(pass, { memberIds, cursor, limit: pageSize })
    conflicts.push(...page.items)
    if (page.next === null) return conflicts
    cursor = page.next
  }
}
