import { z } from 'zod'
import { idSchema, instantSchema } from '../fields'

/** What a member is told of. */
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

/** Where a notification leads: the ids that its link needs, and the words it shows. Nothing of another reviewer's marks. */
export const notificationDataSchema = z.object({
  sessionId: idSchema.optional(),
  documentId: idSchema.optional(),
  assignmentId: idSchema.optional(),
  threadId: idSchema.optional(),
  commentId: idSchema.optional(),
  /** The document's or the session's name as it was then. */
  title: z.string().optional(),
  /** Who caused it; left out where it must not be known. */
  actorName: z.string().optional(),
  /** A due date, as an instant. */
  dueAt: z.string().nullable().optional(),
  /** A comment that goes with it. */
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
