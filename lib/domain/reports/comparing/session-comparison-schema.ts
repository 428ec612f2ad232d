import { z } from 'zod'
import { idSchema } from '../../fields'
import { protocolSchema } from '../../review-sessions/protocol'
import { periodSchema } from '../review-schema'
import { claimCountsSchema, coverageSchema, gateSchema, sharesSchema } from '../schema'
import { comparisonSchema } from './comparison-schema'

/**
 * One of two compared sessions, as far as it read one source: by the verdicts of that session itself, also where a later one replaced them. `shares` is null
 * where there is too little for them; `gates` say why.
 */
const sessionSideSchema = z.object({
  session: z.object({ id: idSchema, name: z.string(), question: z.string(), closedAt: z.iso.datetime() }),
  source: z.object({ id: idSchema, name: z.string() }),
  period: periodSchema,
  documents: z.number().int(),
  claims: claimCountsSchema,
  coverage: coverageSchema,
  shares: sharesSchema.nullable(),
  agreement: z.object({
    established: z.boolean(),
    says: z.string(),
    alpha: z.number().nullable(),
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
  protocol: protocolSchema,
  protocolSays: z.array(z.string()),
  sampleSays: z.string(),
  gates: z.array(gateSchema),
})
/** See `sessionSideSchema`. */
export type SessionSide = z.infer<typeof sessionSideSchema>

/** What is otherwise in the second session than in the first. */
const sessionChangeSchema = z.object({
  code: z.enum(['protocol', 'guidelines', 'question', 'source', 'documents', 'sample']),
  says: z.string(),
})
/** See `sessionChangeSchema`. */
export type SessionChange = z.infer<typeof sessionChangeSchema>

/** Two closed sessions side by side, and what changed between them. */
export const sessionComparisonSchema = z
  .object({
    methodVersion: z.string(),
    first: sessionSideSchema,
    second: sessionSideSchema,
    changes: z
      .array(sessionChangeSchema)
      .describe('What is otherwise in the second, what bears most on ratings first.'),
    comparable: z.boolean().describe('Whether a difference is given at all.'),
    says: z.string().describe('Why there is no difference, or what there is to it.'),
    shares: comparisonSchema.shape.shares.describe(
      'For each rating the first less the second with its 95 % interval. Null where the rules changed, documents are in both, or either has too little.',
    ),
    cautions: comparisonSchema.shape.cautions,
  })
  .meta({ id: 'SessionComparison' })
/** See `sessionComparisonSchema`. */
export type SessionComparison = z.infer<typeof sessionComparisonSchema>
