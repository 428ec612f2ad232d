import { z } from 'zod'
import { idSchema, instantSchema } from '../fields'

/** The kinds of notification. */
export const notificationTypes = [
  'assignment-given',
  'assignment-returned',
  'assignment-accepted',
  'assignment-withdrawn',
  'assignment-extended',
  'assignment-reminder',
  'submission-received',
  'adjudication-started',
  'session-closed',
  'mention',
  'question',
  'reply',
] as const
export type NotificationType = (typeof notificationTypes)[number]

/** The ids that a notification's link needs, and the words that it shows. Nothing of another reviewer's marks. */
export const notificationDataSchema = z.object({
  sessionId: idSchema.optional(),
  documentId: idSchema.optional(),
  assignmentId: idSchema.optional(),
  threadId: idSchema.optional(),
  /** For a discussion of a claim. */
  claimId: idSchema.optional(),
  commentId: idSchema.optional(),
  /** The document's or the session's name at that time. */
  title: z.string().optional(),
  /** The place of the passage that a discussion is about, in words. Added while the member may see it, and never stored. */
  place: z.string().optional(),
  /** The name of the acting member; left out where it must stay hidden. */
  actorName: z.string().optional(),
  /** A due date, as an instant. */
  dueAt: z.string().nullable().optional(),
  /** The comment that the acting member gave, if any. */
  words: z.string().optional(),
})
export type NotificationData = z.infer<typeof notificationDataSchema>

/** A notification as answers show it. */
export const notificationViewSchema = z
  .object({
    id: idSchema,
    type: z.enum(notificationTypes),
    data: notificationDataSchema,
    createdAt: instantSchema,
    readAt: instantSchema.nullable(),
  })
  .meta({ id: 'Notification' })
export type NotificationView = z.infer<typeof notificationViewSchema>

/** When mail of notifications goes out: at once (several of a minute together), once a day, or never. */
export const mailTimings = ['immediately', 'daily', 'never'] as const
export type MailTiming = (typeof mailTimings)[number]

/** How a member wants to receive notifications, and whether this server can mail them. `digestHour` is the hour of the daily message, in UTC. */
export const notificationPreferencesSchema = z
  .object({ mailTiming: z.enum(mailTimings), mailIsOn: z.boolean(), digestHour: z.number().int().min(0).max(23) })
  .meta({ id: 'NotificationPreferences' })
export type NotificationPreferences = z.infer<typeof notificationPreferencesSchema>

/** Which notifications to mark as read: some by id, those of threads, or all. */
export const readNotificationsSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).min(1).max(200) }),
  z.strictObject({ threadIds: z.array(idSchema).min(1).max(200) }),
  z.strictObject({ all: z.literal(true) }),
])
export type ReadNotifications = z.infer<typeof readNotificationsSchema>

/** The types of notification that address someone in a discussion, which the inbox lists separately. */
export const addressedTypes = ['mention', 'question', 'reply'] as const satisfies readonly NotificationType[]

/**
 * The work that waits for a member, counted: documents to review or returned, sessions with claims to settle, and unread comments that address them.
 */
export const waitingCountSchema = z
  .object({
    work: z.number().int(),
    toAdjudicate: z.number().int(),
    unread: z.number().int(),
    total: z.number().int(),
  })
  .meta({ id: 'WaitingCount' })
export type WaitingCount = z.infer<typeof waitingCountSchema>
