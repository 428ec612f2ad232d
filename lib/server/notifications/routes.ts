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
    summary: 'What you were told, the newest first',
    method: 'get',
    path: '/notifications',
    action: 'notification.read',
    query: z.strictObject({ ...pageQuery, unread: z.enum(['true']).optional().describe('Only those not read yet.') }),
    answers: {
      200: {
        description: 'A page of notifications, and how many are unread in all.',
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
    description: 'Documents to review or returned to you, and unread comments that address you.',
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
      'Some by `ids`, those of discussions that were opened by `threadIds`, or `all`. What was read is not mailed any more.',
    method: 'post',
    path: '/notifications/read',
    action: 'notification.update',
    body: readNotificationsSchema,
    answers: { 200: { description: 'How many are unread now.', schema: unreadSchema } },
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
    description: '`mailIsOn` is false where the server has no mail server: then notifications stand in the inbox only.',
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
    answers: { 200: { description: 'Your preferences as they are now.', schema: notificationPreferencesSchema } },
    example: { mailTiming: 'daily' },
  },
  async ({ permit, body }) => answer(await setMailTiming(permit, body.mailTiming)),
)
