import type { NotificationData } from '@/lib/domain/notifications/schema'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { withoutDeletedTitles } from '../documents/shown-title'
import { readPlaces } from '../marking/revision-facts'
import { seesThread, seesThreadPassage, type ThreadActor } from '../visibility/threads'

/** Where the passages stand that threads are about, in words, by thread; threads and passages that the viewer may not see are left out. */
async function readPassagePlaces(
  reader: Reader | Transaction,
  viewer: ThreadActor,
  threadIds: readonly string[],
): Promise<Map<string, string>> {
  if (threadIds.length === 0) return new Map()
  const rows = await reader.$queryRaw<{ id: string; revisionId: string; start: number; end: number }[]>`
    SELECT t."id", t."revisionId", t."start", t."end"
    FROM "Thread" t
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    WHERE t."workspaceId" = ${viewer.workspaceId} AND t."id" IN (${Prisma.join([...new Set(threadIds)])})
      AND t."revisionId" IS NOT NULL AND ${seesThread(viewer)} AND ${seesThreadPassage(viewer)}`
  const places = await readPlaces(rows.map(({ revisionId }) => revisionId))
  return new Map(
    rows.flatMap(({ id, revisionId, start, end }) => {
      const place = places.get(revisionId)?.({ start, end })
      return place === undefined ? [] : [[id, place]]
    }),
  )
}

/**
 * The data of a member's notifications as they are told of them now: without the titles of documents that are deleted, and with the place of the
 * passage that a discussion is about, where they may see it. The place is not stored: a notification outlasts the right to see it. In the same
 * order.
 */
export async function presentNotificationData(
  reader: Reader | Transaction,
  member: ThreadActor,
  data: readonly NotificationData[],
): Promise<NotificationData[]> {
  const titled = await withoutDeletedTitles(reader, { workspaceId: member.workspaceId, data })
  const threadIds = titled.flatMap(({ threadId }) => threadId ?? [])
  const places = await readPassagePlaces(reader, member, threadIds)
  return titled.map((one) => {
    const place = places.get(one.threadId ?? '')
    return place === undefined ? one : { ...one, place }
  })
}
