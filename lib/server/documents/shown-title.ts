import type { NotificationData } from '@/lib/domain/notifications/schema'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** Replaces the title of a deleted document where it is still named. Only the history shows its title. */
export const deletedTitle = 'A deleted document'

/** The title to show for the document `d`, in a query that may also return deleted ones, such as those of closed sessions. */
export const shownTitle = Prisma.sql`CASE WHEN d."deletedAt" IS NULL THEN d."title" ELSE ${Prisma.raw(`'${deletedTitle}'`)} END`

/**
 * Returns the data of notifications, in the same order, with the titles of deleted documents removed. Stored notifications keep their titles
 * unchanged.
 */
export async function withoutDeletedTitles(
  reader: Reader | Transaction,
  { workspaceId, data }: { workspaceId: string; data: readonly NotificationData[] },
): Promise<NotificationData[]> {
  const ids = [...new Set(data.flatMap(({ documentId }) => (documentId === undefined ? [] : [documentId])))]
  if (ids.length === 0) return [...data]
  const rows = await reader.document.findMany({
    where: { workspaceId, id: { in: ids }, deletedAt: { not: null } },
    select: { id: true },
  })
  const deleted = new Set(rows.map(({ id }) => id))
  return data.map((one) =>
    one.documentId !== undefined && deleted.has(one.documentId) ? { ...one, title: deletedTitle } : one,
  )
}
