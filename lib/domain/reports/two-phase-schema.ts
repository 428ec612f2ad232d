import { z } from 'zod'
import { idSchema } from '../fields'

const count = z.number().int().min(0)
const intervalFields = { share: z.number(), low: z.number(), high: z.number() }

/** One share by the two-phase estimator: `once` by the single readings of all documents alone, `twice` by the part that was read twice alone, with its interval. */
const twoPhaseShareSchema = z.object({
  ...intervalFields,
  once: z.number(),
  twice: z.object(intervalFields),
})
/** See `twoPhaseShareSchema`. */
export type TwoPhaseShare = z.infer<typeof twoPhaseShareSchema>

/**
 * What a report says where each document was read once, and a part that was drawn at random was read twice and adjudicated. `shares` is null where they are
 * withheld, and `withheld` then says why.
 */
export const twoPhaseSchema = z
  .object({
    sessionId: idSchema,
    formula: z.string().describe('The name of the estimator.'),
    documents: z
      .object({ all: count, twice: count })
      .describe('Of the source: read once or more; drawn to be read twice.'),
    claims: z
      .object({ once: count, twice: count })
      .describe(
        'Ratings of one reading of each document, the drawn ones among them; adjudicated claims of the drawn ones.',
      ),
    shares: z
      .object({
        sourced: twoPhaseShareSchema.nullable(),
        unsourced: twoPhaseShareSchema.nullable(),
        contradicted: twoPhaseShareSchema.nullable(),
      })
      .nullable(),
    withheld: z.string().nullable(),
    chosenSays: z.string().describe('How the documents that were read twice were chosen.'),
    says: z.array(z.string()),
  })
  .meta({ id: 'TwoPhase' })
/** See `twoPhaseSchema`. */
export type TwoPhase = z.infer<typeof twoPhaseSchema>

/** The drawing of the documents of a session that were read twice, as a report keeps it. `drawings`: how many there were, the last of which counts. */
export const drawnPartSchema = z.strictObject({
  documentIds: z.array(idSchema).max(20_000),
  frameSize: count,
  frameSha256: z.string(),
  size: count,
  seed: count,
  drawnAt: z.iso.datetime(),
  drawings: count,
})
/** See `drawnPartSchema`. */
export type DrawnPart = z.infer<typeof drawnPartSchema>
