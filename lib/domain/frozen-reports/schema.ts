import { z } from 'zod'
import { filledTextSchema, idSchema, instantSchema, webAddressSchema } from '../fields'
import { reportViewSchema } from '../reports/schema'

const count = z.number().int().min(0)
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 digits from 0 to f.')

/** A summary stored beside the body of a frozen report, so that lists need not read the body. */
export const reportSummarySchema = z.object({
  documentIds: z.array(idSchema),
  sessions: z.array(z.object({ id: idSchema, name: z.string() })),
  reviewedDocuments: count,
  claims: z.object({ assessed: count, sourced: count, unsourced: count, contradicted: count }),
  changes: z.array(z.string()).describe('What has changed since the version before; empty for the first.'),
})
/** See `reportSummarySchema`. */
export type ReportSummary = z.infer<typeof reportSummarySchema>

/** A link by which anyone can read a frozen report, until it is withdrawn. */
export const publicationViewSchema = z
  .object({
    id: idSchema,
    path: z.string().describe('The path of the page that shows it, below the address of this installation.'),
    indexed: z.boolean().describe('Whether search engines may list it.'),
    createdAt: instantSchema,
    withdrawnAt: instantSchema.nullable(),
    reason: z.string().describe('Why it was withdrawn; empty until then.'),
  })
  .meta({ id: 'Publication' })
/** See `publicationViewSchema`. */
export type PublicationView = z.infer<typeof publicationViewSchema>

/** The kinds of additions to a frozen report. */
export const additionKinds = ['reply', 'correction'] as const

/** An addition to a frozen report: a reply of the publisher, or a correction that the publisher made. `claimId` is a claim of the report. */
export const additionViewSchema = z
  .object({
    id: idSchema,
    kind: z.enum(additionKinds),
    claimId: idSchema.nullable().describe('The claim it is about; null for a reply to the report as a whole.'),
    day: z.iso.date(),
    url: z.string(),
    text: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'ReportAddition' })
/** See `additionViewSchema`. */
export type AdditionView = z.infer<typeof additionViewSchema>

/** A session that was reopened after a report had counted it. */
const reopenedSchema = z.object({ sessionId: idSchema, name: z.string(), at: instantSchema })
/** See `reopenedSchema`. */
export type ReopenedSession = z.infer<typeof reopenedSchema>

/** A version of a source's report in a list. `summary` is null for a member who now reads one of its documents blind. */
export const reportVersionSchema = z
  .object({
    id: idSchema,
    sourceId: idSchema,
    number: z.number().int().min(1),
    frozenAt: instantSchema,
    frozenBy: z.object({ id: idSchema, name: z.string() }),
    methodVersion: z.string(),
    softwareVersion: z.string(),
    inputSha256: hash,
    summary: reportSummarySchema
      .omit({ documentIds: true, sessions: true })
      .nullable()
      .describe('Null while you read one of its documents blind.'),
    reopened: z.array(reopenedSchema).describe('Sessions that it counts and that have been reopened since.'),
    publications: z
      .array(publicationViewSchema)
      .describe('Its links, the latest first; none while you read one of its documents blind.'),
  })
  .meta({ id: 'ReportVersion' })
/** See `reportVersionSchema`. */
export type ReportVersionView = z.infer<typeof reportVersionSchema>

/** A reviewer of a frozen report, named only with their consent. */
const reportReviewerSchema = z.object({ letter: z.string(), name: z.string().nullable() })
/** See `reportReviewerSchema`. */
export type ReportReviewerView = z.infer<typeof reportReviewerSchema>

/** A frozen report with its additions. */
export const frozenReportSchema = reportVersionSchema
  .omit({ summary: true })
  .extend({
    workspace: z.string().describe('The name that the workspace had when it was frozen.'),
    report: reportViewSchema,
    changes: z.array(z.string()),
    reviewers: z.array(reportReviewerSchema),
    own: z
      .object({ letter: z.string(), named: z.boolean() })
      .nullable()
      .describe('Your own part as a reviewer of it, and whether you agreed to be named; null when you have none.'),
    additions: z.array(additionViewSchema),
    may: z.object({ publish: z.boolean(), add: z.boolean() }),
  })
  .meta({ id: 'FrozenReport' })
/** See `frozenReportSchema`. */
export type FrozenReportView = z.infer<typeof frozenReportSchema>

/** The input for freezing: the hash shown with the live report, so that only the report that was seen is frozen. */
export const freezeInputSchema = z.strictObject({ inputSha256: hash })

/** The input for publishing. */
export const publishInputSchema = z.strictObject({
  id: idSchema.optional(),
  indexed: z.boolean().default(false),
})
/** See `publishInputSchema`. */
export type PublishInput = z.infer<typeof publishInputSchema>

/** The input for withdrawing a publication: the reason, which the link shows from then on. */
export const withdrawInputSchema = z.strictObject({
  reason: filledTextSchema(1_000, 'Say why it is withdrawn: everyone who follows the link reads it.'),
})
/** See `withdrawInputSchema`. */
export type WithdrawInput = z.infer<typeof withdrawInputSchema>

/** The input for adding a reply or a correction to a frozen report. */
export const additionInputSchema = z
  .strictObject({
    id: idSchema.optional(),
    kind: z.enum(additionKinds),
    claimId: idSchema.nullable().default(null),
    day: z.iso.date('Write the day as 2026-03-14.'),
    url: webAddressSchema.default(''),
    text: filledTextSchema(20_000, 'Write what was replied, or what was corrected.'),
  })
  .refine(({ kind, claimId }) => kind === 'reply' || claimId !== null, {
    path: ['claimId'],
    message: 'A correction is about a claim: name it.',
  })
/** See `additionInputSchema`. */
export type AdditionInput = z.infer<typeof additionInputSchema>

/** What anyone with the link of a publication can read. */
export type PublishedReport =
  | { state: 'withdrawn'; source: string; workspace: string; withdrawnAt: string; reason: string }
  | {
      state: 'published'
      workspace: string
      publishedAt: string
      indexed: boolean
      version: Pick<
        FrozenReportView,
        'number' | 'frozenAt' | 'inputSha256' | 'report' | 'reviewers' | 'additions' | 'reopened' | 'changes'
      >
      /** A later published version of the same source. */
      newer: { number: number; path: string } | null
    }
