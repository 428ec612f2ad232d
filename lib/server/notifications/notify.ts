import { uuidv7 } from 'uuidv7'
import { notificationDataSchema, type NotificationData, type NotificationType } from '@/lib/domain/notifications/schema'
import type { WriteContext } from '../db/write'

/**
 * Tells members of something, in the transaction of the change that it tells of. Mail goes out later, by each member's preference.
 * A member named twice is told once.
 */
export async function notify(
  { tx, now }: Pick<WriteContext, 'tx' | 'now'>,
  told: { workspaceId: string; memberIds: readonly string[]; type: NotificationType; data: NotificationData },
): Promise<void> {
  const { workspaceId, memberIds, type, data } = told
  const members = [...new Set(memberIds)]
  if (members.length === 0) return
  await tx.notification.createMany({
    data: members.map((memberId) => ({ id: uuidv7(), workspaceId, memberId, type, data, createdAt: now })),
  })
}

/** Marks as read what leads were told of submissions to a session that is past reviewing: nobody waits to accept them any more. */
export async function settleSubmissions(
  { tx, now }: Pick<WriteContext, 'tx' | 'now'>,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  const unread = { workspaceId, readAt: null, type: 'submission-received' }
  const rows = await tx.notification.findMany({ where: unread, select: { id: true, data: true } })
  const ids = rows
    .filter(({ data }) => notificationDataSchema.safeParse(data).data?.sessionId === sessionId)
    .map(({ id }) => id)
  if (ids.length > 0) await tx.notification.updateMany({ where: { ...unread, id: { in: ids } }, data: { readAt: now } })
}
