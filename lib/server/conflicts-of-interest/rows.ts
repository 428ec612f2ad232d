import type { Reader, Transaction } from '../db/client'

/** A declared conflict of interest, as far as assigning asks. One of the two ids is null. */
export interface DeclaredConflict {
  memberId: string
  sourceId: string | null
  documentId: string | null
  reason: string
}

/** The conflicts of interest of members. */
export async function readConflicts(
  reader: Reader | Transaction,
  { workspaceId, memberIds }: { workspaceId: string; memberIds: readonly string[] },
): Promise<DeclaredConflict[]> {
  return reader.conflictOfInterest.findMany({
    where: { workspaceId, memberId: { in: [...memberIds] } },
    orderBy: { id: 'asc' },
    select: { memberId: true, sourceId: true, documentId: true, reason: true },
  })
}
