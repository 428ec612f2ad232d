import type { NotificationData } from '@/lib/domain/notifications/schema'
import type { Reader, Transaction } from '../db/client'
import { withoutDeletedTitles } from '../documents/shown-title'
import { readPassagePlaces } from '../threads/data'
import type { ThreadActor } from '../threads/visibility'

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
