import { z } from 'zod'
import { idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'
import { assignmentStates } from './states'

/** What a caller sends to assign a document by hand. */
export const assignmentInputSchema = z.strictObject({
  id: idSchema.optional(),
  documentId: idSchema,
  memberId: idSchema,
  dueAt: instantSchema.nullable().default(null),
})
export type AssignmentInput = z.infer<typeof assignmentInputSchema>

/** A comment that goes with returning or withdrawing work. */
export const assignmentCommentSchema = z.strictObject({ comment: textSchema(5_000).default('') })

/** How far a reviewer has come, as the reader counts: checkable sentences decided, of all. */
export const assignmentProgressSchema = z.object({ decided: z.number().int(), total: z.number().int() })

/** An assignment as answers show it. `progress` is a count of sentences, not of marks, and says nothing of the ratings. */
export const assignmentViewSchema = z
  .object({
    id: idSchema,
    session: z.object({ id: idSchema, name: z.string() }),
    document: z.object({ id: idSchema, title: z.string() }),
    member: z.object({ id: idSchema, name: z.string() }),
    state: z.enum(assignmentStates),
    dueAt: instantSchema.nullable(),
    overdue: z.boolean(),
    comment: z.string(),
    /** Why this member got it, in sentences; empty when it was assigned by hand. */
    why: z.array(z.string()),
    progress: assignmentProgressSchema.nullable(),
    version: versionSchema,
    createdAt: instantSchema,
    startedAt: instantSchema.nullable(),
    submittedAt: instantSchema.nullable(),
    returnedAt: instantSchema.nullable(),
    acceptedAt: instantSchema.nullable(),
    withdrawnAt: instantSchema.nullable(),
    may: z.object({ submit: z.boolean(), manage: z.boolean() }),
  })
  .meta({ id: 'Assignment' })
export type AssignmentView = z.infer<typeof assignmentViewSchema>

/** What still stands in the way of submitting, each with its place in the text. */
export const incompleteKinds = [
  'missing-evidence',
  'missing-quote',
  'missing-search-note',
  'undecided-sentence',
] as const
export const incompletePlaceSchema = z.object({
  kind: z.enum(incompleteKinds),
  annotationId: idSchema.nullable(),
  start: offsetSchema,
  end: offsetSchema,
  message: z.string(),
})
export type IncompletePlace = z.infer<typeof incompletePlaceSchema>
