import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import type { Actor } from '../access/gate'

/** A conflict of interest's row with the names that answers show; one of source and document is null. */
export interface ConflictRow {
  id: string
  memberId: string
  sourceId: string | null
  documentId: string | null
  reason: string
  createdById: string
  createdAt: Date
  memberName: string
  sourceName: string | null
  title: string | null
}

/** Whether someone may take the declaration back: leads, and a member who declared it of themselves. */
export function mayWithdraw({ memberId, createdById }: ConflictRow, actor: Actor): boolean {
  return leadsSessions(actor.role) || (memberId === actor.memberId && createdById === actor.memberId)
}

/** A conflict of interest's row as answers show it. */
export function presentConflict(row: ConflictRow, actor: Actor, standing: number): ConflictView {
  const { id, memberId, memberName, sourceId, sourceName, documentId, title, reason, createdAt } = row
  return {
    id,
    member: { id: memberId, name: memberName },
    source: sourceId === null ? null : { id: sourceId, name: sourceName ?? '' },
    document: documentId === null ? null : { id: documentId, title: title ?? '' },
    reason,
    standing,
    createdAt: createdAt.toISOString(),
    may: { withdraw: mayWithdraw(row, actor) },
  }
}
