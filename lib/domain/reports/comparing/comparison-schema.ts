import { z } from 'zod'
import { idSchema } from '../../fields'
import { shareSchema } from '../schema'

/** One of two compared sources, with the data behind its figures. */
const sideSchema = z.object({
  source: z.object({ id: idSchema, name: z.string() }),
  reviewedDocuments: z.number().int(),
  assessed: z.number().int(),
  inputSha256: z.string(),
})

/** The share of one rating in both sources, and their difference (first less second) with its 95 % interval. All are fractions between -1 and 1. */
export const comparedShareSchema = z.object({
  first: shareSchema,
  second: shareSchema,
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** The method of the interval. */
  method: z.literal('newcombe-hybrid'),
  /** Whether the interval leaves out 0, so that the two shares are distinct. */
  isDistinct: z.boolean(),
})
/** See `comparedShareSchema`. */
export type ComparedShare = z.infer<typeof comparedShareSchema>

/** Two sources side by side. */
export const comparisonSchema = z
  .object({
    methodVersion: z.string(),
    first: sideSchema,
    second: sideSchema,
    /** Null when either report withholds its shares; `cautions` say which. */
    shares: z
      .object({ sourced: comparedShareSchema, unsourced: comparedShareSchema, contradicted: comparedShareSchema })
      .nullable(),
    cautions: z.array(
      z.object({
        code: z.enum(['shares-withheld', 'low-coverage', 'no-agreement', 'other-documents', 'many-pairs']),
        says: z.string(),
      }),
    ),
  })
  .meta({ id: 'SourceComparison' })
/** See `comparisonSchema`. */
export type Comparison = z.infer<typeof comparisonSchema>
