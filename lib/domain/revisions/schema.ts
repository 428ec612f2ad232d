import { z } from 'zod'
import { anchorStates } from '../anchoring/anchor-spans'
import { annotationViewSchema } from '../annotations/schema'
import { revisionSummarySchema } from '../documents/schema'
import { idSchema, instantSchema, offsetSchema, versionSchema } from '../fields'

/** What became of an annotation when its document's text changed. */
export const carryOutcomes = ['waiting', 'carried', 'retired'] as const
export type CarryOutcome = (typeof carryOutcomes)[number]

/** How many annotations of earlier revisions have each state in a new one. */
export const anchorCountsSchema = z.object({
  same: z.number().int(),
  moved: z.number().int(),
  changed: z.number().int(),
  lost: z.number().int(),
})
export type AnchorCounts = z.infer<typeof anchorCountsSchema>

/**
 * How many decisions of "no claim" were carried over to the same sentence of a new text, and how many were dropped because their sentence has
 * changed.
 */
export const carriedDecisionsSchema = z.object({ carried: z.number().int(), dropped: z.number().int() })
export type CarriedDecisions = z.infer<typeof carriedDecisionsSchema>

const blockRangeSchema = z.object({ start: offsetSchema, end: offsetSchema }).nullable()

/**
 * A block of a text compared with the block before: `parts` without the added ones are the block before, without the removed ones the block after.
 */
export const blockChangeSchema = z
  .object({
    kind: z.enum(['same', 'changed', 'moved', 'removed', 'added']),
    before: blockRangeSchema,
    after: blockRangeSchema,
    parts: z.array(z.object({ kind: z.enum(['equal', 'removed', 'added']), text: z.string() })),
  })
  .meta({ id: 'BlockChange' })

/** The differences between the texts of two revisions, block by block in the order of the later one. */
export const revisionChangesSchema = z
  .object({
    from: revisionSummarySchema,
    to: revisionSummarySchema,
    blocks: z.array(blockChangeSchema),
  })
  .meta({ id: 'RevisionChanges' })
export type RevisionChanges = z.infer<typeof revisionChangesSchema>

/** A preview of storing a text as a new revision. `isSame` says that it is the text of the latest revision, so that there is nothing to store. */
export const revisionPreviewSchema = z
  .object({
    sha256: z.string(),
    wordCount: z.number().int(),
    isSame: z.boolean(),
    annotations: anchorCountsSchema,
    decisions: carriedDecisionsSchema,
    blocks: z.array(blockChangeSchema),
  })
  .meta({ id: 'RevisionPreview' })
export type RevisionPreview = z.infer<typeof revisionPreviewSchema>

/**
 * A stored revision. `annotations` counts the annotations of earlier revisions that the current member may see, by their state in it; `decisions`
 * counts those of the revision before.
 */
export const createdRevisionSchema = z
  .object({ revision: revisionSummarySchema, annotations: anchorCountsSchema, decisions: carriedDecisionsSchema })
  .meta({ id: 'CreatedRevision' })
export type CreatedRevision = z.infer<typeof createdRevisionSchema>

/**
 * An annotation of an earlier revision and the place of its words in a later one. `start` and `end` are offsets into the later text, null when the
 * words are lost; `words` is the later text at that place.
 */
export const carriedAnnotationViewSchema = z
  .object({
    id: idSchema,
    revisionId: idSchema,
    from: annotationViewSchema,
    state: z.enum(anchorStates),
    score: z.number().min(0).max(1),
    start: offsetSchema.nullable(),
    end: offsetSchema.nullable(),
    words: z.string().nullable(),
    outcome: z.enum(carryOutcomes),
    toId: idSchema.nullable().describe('The annotation of the later revision, once it was carried over.'),
    decidedBy: z.object({ id: idSchema, name: z.string() }).nullable(),
    decidedAt: instantSchema.nullable(),
    version: versionSchema,
    may: z.object({ decide: z.boolean() }),
  })
  .meta({ id: 'CarriedAnnotation' })
export type CarriedAnnotationView = z.infer<typeof carriedAnnotationViewSchema>

/**
 * A person's decision about an annotation that waits: it belongs where it was found, it belongs at another place, it does not apply any more, or it
 * waits again.
 */
export const carryDecisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('confirm') }),
  z.strictObject({ decision: z.literal('correct'), start: offsetSchema, end: offsetSchema }),
  z.strictObject({ decision: z.literal('retire') }),
  z.strictObject({ decision: z.literal('reopen') }),
])
export type CarryDecision = z.infer<typeof carryDecisionSchema>
