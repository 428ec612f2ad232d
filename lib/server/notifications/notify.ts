import { uuidv7 } from 'uuidv7'
import type { NotificationData, NotificationType } from '@/lib/domain/notifications/schema'
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
