import type { DatabaseLocation, Transaction } from './client'
import { Prisma } from './generated/sqlite/client'
import { openStates } from '@/lib/domain/assignments/states'

/** The states in which an assignment is open for marks, as a list in SQL text: `('assigned', …)`. */
export const openForMarksText = `(${openStates.map((state) => `'${state}'`).join(', ')})`

/** `openForMarksText` for tagged queries. */
export const openForMarks = Prisma.raw(openForMarksText)

/**
 * Counts those of the assignments that are open for marks (`isOpenForMarks` of lib/domain/assignments, in a session that is active), and keeps
 * them so until the transaction ends: a submission or withdrawal waits for the marks that are on their way, and sees them.
 *
 * SQLite has one writer at a time, so looking is enough. PostgreSQL locks the rows; only the assignments', because a change of a session's
 * state holds its row while it waits for assignments, and no session leaves `active` with an open one.
 */
export async function holdOpenAssignments(
  tx: Transaction,
  engine: DatabaseLocation['engine'],
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<number> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT a."id" FROM "Assignment" a
    JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId"
    WHERE a."workspaceId" = ${workspaceId} AND a."id" IN (${Prisma.join([...new Set(ids)])}) AND a."state" IN ${openForMarks}
      AND s."state" = 'active' AND s."deletedAt" IS NULL
    ORDER BY a."id"
    ${engine === 'postgresql' ? Prisma.sql`FOR SHARE OF a` : Prisma.empty}`
  return rows.length
}
