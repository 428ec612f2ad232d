import { uuidv7 } from 'uuidv7'
import {
  notificationDataSchema,
  type MailTiming,
  type NotificationData,
  type NotificationPreferences,
  type NotificationType,
  type ReadNotifications,
} from '@/lib/domain/notifications/schema'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { countUnread, readPreferences } from './data'

/** Notifies members within the transaction of the change. Mail goes out later, by each member's preference. A member named twice is notified once. */
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

/** Marks leads' notifications of submissions as read, for a session past reviewing: nobody waits to accept them any more. */
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

/**
 * Marks notifications of the member as read; ids that are not theirs are ignored. Returns how many are unread afterwards. Pages call this without
 * knowing whether anything they show is unread, so nothing is written when nothing is.
 */
export async function markRead(permit: Permit<'notification.update'>, which: ReadNotifications): Promise<number> {
  const { workspaceId, actor } = permit
  const { memberId } = actor
  const { read } = await database()
  if ((await countUnread(read, actor)) === 0) return 0
  return write(permit, async ({ tx, now }) => {
    const unread = { workspaceId, memberId, readAt: null }
    if ('threadIds' in which) {
      const rows = await tx.notification.findMany({ where: unread, select: { id: true, data: true } })
      const ids = rows.filter(({ data }) => isOfThread(data, which.threadIds)).map(({ id }) => id)
      await tx.notification.updateMany({ where: { ...unread, id: { in: ids } }, data: { readAt: now } })
    } else {
      await tx.notification.updateMany({
        where: 'ids' in which ? { ...unread, id: { in: which.ids } } : unread,
        data: { readAt: now },
      })
    }
    return countUnread(tx, actor)
  })
}

function isOfThread(data: unknown, threadIds: readonly string[]): boolean {
  if (typeof data !== 'object' || data === null || !('threadId' in data)) return false
  return threadIds.some((id) => id === data.threadId)
}

/** Sets when the member gets mail. A member who turns mail on gets none about what happened while it was off. */
export async function setMailTiming(
  permit: Permit<'notification.update'>,
  mailTiming: MailTiming,
): Promise<NotificationPreferences> {
  const { workspaceId, actor } = permit
  const { memberId } = actor
  await write(permit, async ({ tx, now }) => {
    const { count } = await tx.member.updateMany({
      where: { id: memberId, workspaceId, mailTiming: 'never', NOT: { mailTiming } },
      data: { mailTiming },
    })
    if (count > 0)
      await tx.notification.updateMany({ where: { workspaceId, memberId, mailedAt: null }, data: { mailedAt: now } })
    else await tx.member.updateMany({ where: { id: memberId, workspaceId }, data: { mailTiming } })
  })
  return readPreferences(permit)
}
