import { z } from 'zod'
import { filledTextSchema, idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'
import { sessionStates } from '../review-sessions/states'
import { assignmentStates } from './states'

/** The most assignments that one call changes or assigns by hand. */
export const maxBulkAssignments = 1_000

const dueAt = instantSchema.nullable()
const comment = textSchema(5_000)

/** The input for assigning a document by hand. Without a due date the session's applies. */
export const assignmentInputSchema = z.strictObject({
  id: idSchema.optional(),
  documentId: idSchema,
  memberId: idSchema,
  dueAt: dueAt.default(null),
})
export type AssignmentInput = z.infer<typeof assignmentInputSchema>

/** The input for withdrawing work: an optional comment. */
export const assignmentCommentSchema = z.strictObject({ comment: comment.default('') })

/** The input for returning work: the requested changes. */
export const assignmentReturnSchema = z.strictObject({
  comment: filledTextSchema(5_000, 'Say what should change, so that the reviewer knows.'),
})

/** A new due date; null for the session's. */
export const assignmentPatchSchema = z.strictObject({ dueAt })

/** The input for giving an assignment to another reviewer. The work done stays, locked; without a due date the old one is kept. */
export const reassignmentSchema = z.strictObject({
  id: idSchema.optional().describe('The id of the new assignment.'),
  memberId: idSchema,
  dueAt: dueAt.optional(),
  comment: comment.default(''),
})
export type Reassignment = z.infer<typeof reassignmentSchema>

/** The input for distributing a session's documents. Without a seed the server draws one, and the answer contains it. */
export const distributionInputSchema = z.strictObject({
  seed: z.number().int().min(0).max(2_147_483_647).optional(),
  dryRun: z.boolean().default(false).describe('Whether to return the result without making any assignment.'),
})
export type DistributionRequest = z.infer<typeof distributionInputSchema>

const ids = z.array(idSchema).min(1).max(maxBulkAssignments)

/** One action on many assignments of a session, either all or none. */
export const bulkAssignmentsSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('assign'),
    pairs: z
      .array(z.strictObject({ documentId: idSchema, memberId: idSchema }))
      .min(1)
      .max(maxBulkAssignments),
    dueAt: dueAt.default(null),
  }),
  z.strictObject({ action: z.literal('remove'), ids }),
  z.strictObject({ action: z.literal('withdraw'), ids, comment: comment.default('') }),
  z.strictObject({ action: z.literal('reinstate'), ids }),
  z.strictObject({ action: z.literal('extend'), ids, dueAt }),
  z.strictObject({ action: z.literal('remind'), ids }),
  z.strictObject({ action: z.literal('accept'), ids }),
  z.strictObject({
    action: z.literal('reassign'),
    ids,
    memberId: idSchema.describe('The member who gets the documents.'),
    dueAt: reassignmentSchema.shape.dueAt.describe('When left out, each keeps its own.'),
    comment: reassignmentSchema.shape.comment,
  }),
  z.strictObject({ action: z.literal('return'), ids, comment: assignmentReturnSchema.shape.comment }),
  z.strictObject({
    action: z.literal('release'),
    ids: ids.optional().describe('Only these; when left out, all overdue work of the session.'),
  }),
])
export type BulkAssignments = z.infer<typeof bulkAssignmentsSchema>

/** A reviewer's progress as the reader counts it: decided sentences of the checkable ones. */
export const assignmentProgressSchema = z.object({ decided: z.number().int(), total: z.number().int() })
export type AssignmentProgress = z.infer<typeof assignmentProgressSchema>

/**
 * An assignment in API answers. `progress` counts sentences, not marks, and reveals no ratings. It, `comment` and `why` are shown to the reviewer and
 * to leads only. `dueAt` is its own date, else the session's (`ownDueAt` is then null).
 */
export const assignmentViewSchema = z
  .object({
    id: idSchema,
    session: z.object({ id: idSchema, name: z.string(), state: z.enum(sessionStates) }),
    document: z.object({ id: idSchema, title: z.string() }),
    member: z.object({ id: idSchema, name: z.string() }),
    state: z.enum(assignmentStates),
    dueAt,
    ownDueAt: dueAt,
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
    remindedAt: instantSchema.nullable(),
    may: z.object({ submit: z.boolean(), manage: z.boolean() }),
  })
  .meta({ id: 'Assignment' })
export type AssignmentView = z.infer<typeof assignmentViewSchema>

/** An incomplete place that prevents submitting, with its range in the text. */
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

/** Whether an assignment can be submitted now, and what prevents it. `places` has the first incomplete places in text order. */
export const completenessSchema = z
  .object({
    complete: z.boolean(),
    progress: assignmentProgressSchema,
    count: z.number().int(),
    places: z.array(incompletePlaceSchema),
  })
  .meta({ id: 'Completeness' })
export type Completeness = z.infer<typeof completenessSchema>

const named = z.object({ id: idSchema, name: z.string() })
const titled = z.object({ id: idSchema, title: z.string() })

/** The result of a distribution or, with `dryRun`, the result that it would have. Loads are in words and include earlier assignments. */
export const distributionViewSchema = z
  .object({
    seed: z.number().int(),
    dryRun: z.boolean(),
    assignments: z.array(z.object({ document: titled, member: named, why: z.array(z.string()) })),
    short: z.array(z.object({ document: titled, missing: z.number().int(), reasons: z.array(z.string()) })),
    loads: z.array(
      z.object({ member: named, documents: z.number().int(), words: z.number().int(), target: z.number() }),
    ),
  })
  .meta({ id: 'Distribution' })
export type DistributionView = z.infer<typeof distributionViewSchema>
