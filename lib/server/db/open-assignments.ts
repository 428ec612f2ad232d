import type { DatabaseLocation, Transaction } from './client'
import { Prisma } from './generated/sqlite/client'
import { openStates } from '@/lib/domain/assignments/states'

/** The states in which an assignment is open for marks, as a list in SQL text: `('assigned', …)`. */
export const openForMarksText = `(${openStates.map((state) => `'${state}'`).join(', ')})`

/** `openForMarksText` for tagged queries. */
export const openForMarks = Prisma.raw(openForMarksText)

/**
 * Counts those of the assignments that are open for marks (`isOpenForMarks` of lib/domain/assignments, in an active session) and keeps them open
 * until the transaction ends. A submission or withdrawal waits for marks in progress, and then sees them.
 *
 * SQLite has one writer at a time, so reading is enough. PostgreSQL locks the rows of assignments only: a change of a session's state locks its own
 * row while it waits for assignments, and no session leaves `active` with an open one.
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
