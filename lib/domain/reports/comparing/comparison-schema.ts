import { z } from 'zod'
import { idSchema } from '../../fields'
import { shareSchema } from '../schema'

/** One of two compared sources, with what its figures rest on. */
const sideSchema = z.object({
  source: z.object({ id: idSchema, name: z.string() }),
  reviewedDocuments: z.number().int(),
  assessed: z.number().int(),
  inputSha256: z.string(),
})

/** The share of one rating in both sources, and the first less the second with its 95 % interval; all between -1 and 1. */
export const comparedShareSchema = z.object({
  first: shareSchema,
  second: shareSchema,
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** How the interval was made. */
  method: z.literal('newcombe-hybrid'),
  /** Whether the interval leaves out 0, so that the two can be told apart at all. */
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
    /** Null when the report of either withholds its shares: `cautions` says which. */
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
