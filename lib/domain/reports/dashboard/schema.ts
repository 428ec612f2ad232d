import { z } from 'zod'
import { idSchema } from '../../fields'
import { claimCountsSchema, coverageSchema, gateSchema, shareSchema } from '../schema'

const estimateSchema = z.object({ share: z.number(), low: z.number(), high: z.number() })

/** The orders of the dashboard. None is by share: sources whose intervals overlap cannot be ranked by it. */
export const dashboardOrders = ['name', 'claims', 'documents', 'closed'] as const
/** One of `dashboardOrders`. */
export type DashboardOrder = (typeof dashboardOrders)[number]

/** The figures of a source that its sums alone determine. */
export const sourceFiguresSchema = z.object({
  claims: claimCountsSchema
    .omit({ open: true })
    .describe('Claims that closed sessions settled, counted as reports do.'),
  coverage: coverageSchema.describe('Decided sentences of the documents in which something was settled.'),
  shares: z
    .object({ sourced: shareSchema, unsourced: shareSchema, contradicted: shareSchema })
    .nullable()
    .describe('Null when there is too little data; `gates` say what is missing.'),
  gates: z.array(gateSchema).describe('Everything that withholds the shares or warns of them, gravest first.'),
})
/** See `sourceFiguresSchema`. */
export type SourceFigures = z.infer<typeof sourceFiguresSchema>

/** One source of the dashboard. */
export const dashboardSourceSchema = sourceFiguresSchema
  .extend({
    source: z.object({ id: idSchema, name: z.string(), kind: z.string(), homepage: z.string() }),
    documents: z.object({
      all: z.number().int(),
      settled: z.number().int().describe('Documents in which a closed session settled something.'),
      inReview: z.number().int().describe('Documents in active sessions that the caller may see.'),
      inAdjudication: z.number().int().describe('Documents in sessions in adjudication that the caller may see.'),
      hidden: z.number().int().describe('Documents settled before, left out while they are judged blind again.'),
    }),
    shrunk: z
      .object({
        sourced: estimateSchema.nullable(),
        unsourced: estimateSchema.nullable(),
        contradicted: estimateSchema.nullable(),
      })
      .nullable()
      .describe(
        'The shares drawn towards those of all sources, further for a source with fewer claims, with the middle 95 %. Null below ten sources with shares; a rating is null where none or all of the claims have it.',
      ),
    lastClosedAt: z.iso.datetime().nullable().describe('When the latest session that counts here was closed.'),
    report: z
      .object({ id: idSchema, number: z.number().int(), frozenAt: z.iso.datetime() })
      .nullable()
      .describe('The newest frozen report.'),
  })
  .meta({ id: 'DashboardSource' })
/** See `dashboardSourceSchema`. */
export type DashboardSource = z.infer<typeof dashboardSourceSchema>
/** The shares of a source drawn towards those of all; see `dashboardSourceSchema`. */
export type ShrunkShares = DashboardSource['shrunk']
