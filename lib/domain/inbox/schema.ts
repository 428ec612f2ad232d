import { z } from 'zod'
import { assignmentViewSchema } from '../assignments/schema'
import { idSchema, instantSchema } from '../fields'

/** An unread comment that names the reader of the inbox. */
const unreadMentionSchema = z.object({
  notificationId: idSchema,
  threadId: idSchema.nullable(),
  commentId: idSchema.nullable(),
  documentId: idSchema.nullable(),
  sessionId: idSchema.nullable(),
  claimId: idSchema.nullable(),
  title: z.string(),
  /** The place of the passage that the discussion is about, in words. */
  place: z.string().nullable(),
  by: z.string(),
  words: z.string(),
  at: instantSchema,
})

/** A session whose claims the reader of the inbox may settle. */
const adjudicationSchema = z.object({
  session: z.object({ id: idSchema, name: z.string() }),
  claims: z.number().int(),
  open: z.number().int(),
  dueAt: instantSchema.nullable(),
})

/**
 * The work that waits for one member. `due`: their unfinished work that was not returned, the soonest first, work without a date last. `returned`:
 * their work to do again, with the comment. `toAccept`: for leads, submissions that are not accepted yet. `toAdjudicate`: sessions in adjudication
 * where they decide. `mentions`: unread ones, the latest first. Long lists are cut; `counts` are complete.
 */
export const inboxSchema = z
  .object({
    at: instantSchema,
    due: z.array(assignmentViewSchema),
    returned: z.array(assignmentViewSchema),
    toAccept: z.array(assignmentViewSchema),
    toAdjudicate: z.array(adjudicationSchema),
    mentions: z.array(unreadMentionSchema),
    counts: z.object({
      due: z.number().int(),
      overdue: z.number().int(),
      returned: z.number().int(),
      toAccept: z.number().int(),
      toAdjudicate: z.number().int(),
      mentions: z.number().int(),
    }),
  })
  .meta({ id: 'Inbox' })
export type Inbox = z.infer<typeof inboxSchema>

/** The work that may wait for a member, in numbers. */
interface Waiting {
  /** Documents that they review or that were returned to them, and unread comments that address them. */
  total: number
  /** Others' submissions for them to accept or return. */
  toAccept: number
  /** Sessions with open claims for them to settle. */
  toAdjudicate: number
}

/** The path to show when no page was asked for: the inbox when work waits, else the documents. */
export function landingPath({ total, toAccept, toAdjudicate }: Waiting): '/inbox' | '/documents' {
  return total + toAccept + toAdjudicate > 0 ? '/inbox' : '/documents'
}
