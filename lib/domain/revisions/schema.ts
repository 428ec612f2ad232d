import { z } from 'zod'
import { anchorStates } from '../anchoring/anchor-spans'
import { annotationViewSchema } from '../annotations/schema'
import { revisionSummarySchema } from '../documents/schema'
import { idSchema, instantSchema, offsetSchema, versionSchema } from '../fields'

/** What became of an annotation when its document's text changed. */
export const carryOutcomes = ['waiting', 'carried', 'retired'] as const
export type CarryOutcome = (typeof carryOutcomes)[number]

/** How many annotations of earlier revisions stand in each state in a new one. */
export const anchorCountsSchema = z.object({
  same: z.number().int(),
  moved: z.number().int(),
  changed: z.number().int(),
  lost: z.number().int(),
})
export type AnchorCounts = z.infer<typeof anchorCountsSchema>

/** How many decisions of "no claim" stand on the same sentence in a new text, and how many do not, because their sentence has changed. */
export const carriedDecisionsSchema = z.object({ carried: z.number().int(), dropped: z.number().int() })
export type CarriedDecisions = z.infer<typeof carriedDecisionsSchema>

const blockRangeSchema = z.object({ start: offsetSchema, end: offsetSchema }).nullable()

/** A block of a text beside what it was before: `parts` joined without what was added is the block before, without what was removed the block after. */
export const blockChangeSchema = z
  .object({
    kind: z.enum(['same', 'changed', 'moved', 'removed', 'added']),
    before: blockRangeSchema,
    after: blockRangeSchema,
    parts: z.array(z.object({ kind: z.enum(['equal', 'removed', 'added']), text: z.string() })),
  })
  .meta({ id: 'BlockChange' })

/** How one revision's text differs from another's, block by block in the order of the later one. */
export const revisionChangesSchema = z
  .object({
    from: revisionSummarySchema,
    to: revisionSummarySchema,
    blocks: z.array(blockChangeSchema),
  })
  .meta({ id: 'RevisionChanges' })
export type RevisionChanges = z.infer<typeof revisionChangesSchema>

/** What storing a text as a new revision would make. `isSame` says that it is the text of the latest revision: there is nothing to store. */
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

/** A stored revision; `annotations` counts those of earlier revisions that the current member may see, by how they stand in it, `decisions` those of the revision before. */
export const createdRevisionSchema = z
  .object({ revision: revisionSummarySchema, annotations: anchorCountsSchema, decisions: carriedDecisionsSchema })
  .meta({ id: 'CreatedRevision' })
export type CreatedRevision = z.infer<typeof createdRevisionSchema>

/**
 * An annotation of an earlier revision and where its words stand in a later one. `start` and `end` are offsets into the later text, null when the words
 * are lost; `words` is what stands there.
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

/** What a person makes of an annotation that waits: it stands where it was found, it stands at another place, it does not apply any more, or it waits again. */
export const carryDecisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('confirm') }),
  z.strictObject({ decision: z.literal('correct'), start: offsetSchema, end: offsetSchema }),
  z.strictObject({ decision: z.literal('retire') }),
  z.strictObject({ decision: z.literal('reopen') }),
])
export type CarryDecision = z.infer<typeof carryDecisionSchema>
