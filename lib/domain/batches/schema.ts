import { z } from 'zod'
import { encodingNames } from '../documents/encodings'
import { documentOverridesSchema, sourceChoiceSchema } from '../documents/schema'
import { maxJobItems } from '../jobs/schema'
import { filledTextSchema, idSchema, isWebAddress, textSchema } from '../fields'

/** The most bytes that the files of one batch may have together. */
export const maxBatchBytes = 512 * 1024 * 1024

/** The most bytes of files that wait in a workspace, over all of its batches. */
export const maxWaitingBytes = 2 * 1024 * 1024 * 1024

/** The most files in one form; a larger batch is sent in several forms. */
export const maxFormFiles = 100

/** What to do with an item whose bytes or text the workspace already holds. */
export const onSameChoices = ['skip', 'import'] as const
/** What to do with an item whose text is much like a document of the workspace. */
export const onSimilarChoices = ['ask', 'skip', 'import', 'revise'] as const

/** What a person decides about an item that is like a document. */
export const itemDecisions = ['skip', 'import', 'revise'] as const
export type ItemDecision = (typeof itemDecisions)[number]

const { author, publishedOn, language } = documentOverridesSchema.shape

/** The choices for all items of a batch. */
export const batchChoicesSchema = z.strictObject({
  source: sourceChoiceSchema.describe('The source of items that have none of their own.'),
  sourceOfText: z
    .boolean()
    .default(false)
    .describe('Whether an item without a source of its own gets the source that its address or page names, if any.'),
  onSame: z
    .enum(onSameChoices)
    .default('skip')
    .describe('What to do with an item whose bytes or text the workspace already holds.'),
  onSimilar: z
    .enum(onSimilarChoices)
    .default('ask')
    .describe(
      'What to do with an item whose text is much like a document here: ask you, skip it, import it, or make it a revision of that document.',
    ),
  author,
  publishedOn,
  language,
  encoding: z.enum(encodingNames).optional().describe('The encoding of files whose bytes are text.'),
})
export type BatchChoices = z.infer<typeof batchChoicesSchema>

/** The choices for one item of a batch, as they are stored. `reviseId`: the document that the item becomes a revision of. */
export const batchItemSchema = z.object({
  address: z.string().optional(),
  fileName: z.string().optional(),
  mediaType: z.string().optional(),
  source: sourceChoiceSchema.optional(),
  decision: z.enum(itemDecisions).optional(),
  reviseId: idSchema.optional(),
})
export type BatchItem = z.infer<typeof batchItemSchema>

/** The name of a batch in lists. */
export const batchNameSchema = filledTextSchema(200, 'Give the batch a name.')

const addressSchema = textSchema(2000).refine(
  isWebAddress,
  'Write a web address in full, such as https://example.org/page.',
)

/** A batch of addresses. */
export const addressBatchSchema = z.strictObject({
  id: idSchema.optional(),
  name: batchNameSchema.optional(),
  ...batchChoicesSchema.shape,
  addresses: z
    .array(z.union([addressSchema, z.strictObject({ address: addressSchema, source: sourceChoiceSchema.optional() })]))
    .min(1, 'Give at least one address.')
    .max(maxJobItems, `At most ${String(maxJobItems)} addresses make one batch.`),
})
export type AddressBatch = z.infer<typeof addressBatchSchema>

/** The decision on items that are like documents here. */
export const batchDecisionSchema = z.strictObject({
  decision: z.enum(itemDecisions),
  items: z
    .array(idSchema)
    .min(1)
    .max(maxJobItems)
    .optional()
    .describe('The items to decide about; when left out, all that wait for a decision.'),
})
