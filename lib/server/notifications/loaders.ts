import type { NotificationPreferences, NotificationView, WaitingCount } from '@/lib/domain/notifications/schema'
import { permit, type Actor } from '../access/gate'
import type { Page } from '../http/pagination'
import { countWaiting, listNotifications, readPreferences } from './data'

/** Counts what waits for the actor, for the frame of every page. */
export async function loadWaiting(actor: Actor): Promise<WaitingCount> {
  return countWaiting(permit(actor, 'notification.read'))
}

/** The actor's newest notifications, for a page. */
export async function loadNotifications(
  actor: Actor,
  limit: number,
): Promise<Page<NotificationView> & { unread: number }> {
  return listNotifications(permit(actor, 'notification.read'), { limit })
}

/** The actor's notification preferences, for a page. */
export async function loadNotificationPreferences(actor: Actor): Promise<NotificationPreferences> {
  return readPreferences(permit(actor, 'notification.read'))
}
