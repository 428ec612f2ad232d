import { z } from 'zod'
import { assignmentViewSchema } from '../assignments/schema'
import { idSchema, instantSchema } from '../fields'

/** A comment in which the reader of the inbox was named and that they have not seen. */
const unreadMentionSchema = z.object({
  notificationId: idSchema,
  threadId: idSchema.nullable(),
  commentId: idSchema.nullable(),
  documentId: idSchema.nullable(),
  sessionId: idSchema.nullable(),
  claimId: idSchema.nullable(),
  title: z.string(),
  /** Where the passage stands that the discussion is about, in words. */
  place: z.string().nullable(),
  by: z.string(),
  words: z.string(),
  at: instantSchema,
})

/** A session whose claims the reader of the inbox settles. */
const adjudicationSchema = z.object({
  session: z.object({ id: idSchema, name: z.string() }),
  claims: z.number().int(),
  open: z.number().int(),
  dueAt: instantSchema.nullable(),
})

/**
 * What waits for one member. `due`: their unfinished work that was not returned, the soonest first, work without a date last. `returned`: theirs
 * to do again, with the comment. `toAccept`: for leads, submissions that nobody has accepted. `toAdjudicate`: sessions in adjudication where
 * they decide. `mentions`: unread ones, the last first. Long lists are cut; `counts` are whole.
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

/** What may wait for a member, in numbers. */
interface Waiting {
  /** Their documents to review or returned to them, and unread comments that address them. */
  total: number
  /** Submissions of others that they are to accept or return. */
  toAccept: number
  /** Sessions whose claims they settle, with some open. */
  toAdjudicate: number
}

/** Where someone lands who asks for no page: where work waits, else where there is something to read. */
export function landingPath({ total, toAccept, toAdjudicate }: Waiting): '/inbox' | '/documents' {
  return total + toAccept + toAdjudicate > 0 ? '/inbox' : '/documents'
}
