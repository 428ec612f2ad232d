import type { NotificationData } from '@/lib/domain/notifications/schema'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** What stands for the title of a deleted document where it is still named: its title is told by the history alone. */
export const deletedTitle = 'A deleted document'

/** The title of the document `d` in a query that also meets deleted ones, such as those of closed sessions. */
export const shownTitle = Prisma.sql`CASE WHEN d."deletedAt" IS NULL THEN d."title" ELSE ${Prisma.raw(`'${deletedTitle}'`)} END`

/** The data of notifications, which keep a title as it was, without the titles of documents that are deleted now. In the same order. */
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
