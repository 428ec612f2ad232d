import { z } from 'zod'
import {
  mailTimings,
  notificationPreferencesSchema,
  notificationViewSchema,
  readNotificationsSchema,
  waitingCountSchema,
} from '@/lib/domain/notifications/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { countWaiting, listNotifications, readPreferences } from './data'
import { markRead, setMailTiming } from './mutations'

/** Routes of notifications: each member's own. */
export const notificationRoutes = createRoutes()

const noun = 'notification'
const unreadSchema = z.object({ unread: z.number().int() })

addOperation(
  notificationRoutes,
  {
    id: 'listNotifications',
    noun,
    summary: 'Your notifications, newest first',
    method: 'get',
    path: '/notifications',
    action: 'notification.read',
    query: z.strictObject({ ...pageQuery, unread: z.enum(['true']).optional().describe('Only unread notifications.') }),
    answers: {
      200: {
        description: 'A page of notifications, with how many are unread altogether.',
        schema: pageSchema(notificationViewSchema).extend(unreadSchema.shape),
      },
    },
  },
  async ({ permit, query: { unread, ...query } }) =>
    answer(await listNotifications(permit, { ...query, unread: unread === 'true' })),
)

addOperation(
  notificationRoutes,
  {
    id: 'countWaiting',
    noun,
    summary: 'How much waits for you',
    description:
      'Counts documents to review or returned to you, sessions with claims to settle, and unread comments addressed to you.',
    method: 'get',
    path: '/notifications/count',
    action: 'notification.read',
    answers: { 200: { description: 'The counts.', schema: waitingCountSchema } },
  },
  async ({ permit }) => answer(await countWaiting(permit)),
)

addOperation(
  notificationRoutes,
  {
    id: 'readNotifications',
    noun,
    summary: 'Mark notifications as read',
    description:
      'Selected by `ids`, by `threadIds` of discussions that were opened, or `all`. Notifications that are read are not mailed any more.',
    method: 'post',
    path: '/notifications/read',
    action: 'notification.update',
    body: readNotificationsSchema,
    answers: { 200: { description: 'The number still unread.', schema: unreadSchema } },
    example: { all: true },
  },
  async ({ permit, body }) => answer({ unread: await markRead(permit, body) }),
)

addOperation(
  notificationRoutes,
  {
    id: 'getNotificationPreferences',
    noun,
    summary: 'When you get mail',
    description: '`mailIsOn` is false where no mail server is set: notifications are then only in the inbox.',
    method: 'get',
    path: '/notifications/preferences',
    action: 'notification.read',
    answers: { 200: { description: 'Your preferences.', schema: notificationPreferencesSchema } },
  },
  async ({ permit }) => answer(await readPreferences(permit)),
)

addOperation(
  notificationRoutes,
  {
    id: 'setNotificationPreferences',
    noun,
    summary: 'Choose when you get mail',
    method: 'put',
    path: '/notifications/preferences',
    action: 'notification.update',
    body: z.strictObject({ mailTiming: z.enum(mailTimings) }),
    answers: { 200: { description: 'Your preferences after the change.', schema: notificationPreferencesSchema } },
    example: { mailTiming: 'daily' },
  },
  async ({ permit, body }) => answer(await setMailTiming(permit, body.mailTiming)),
)
