import { z } from 'zod'
import { quoteChecks } from '../text/typography'
import { stances, type Rating } from '../annotations/rating'
import { idSchema, offsetSchema } from '../fields'
import { scriptSchema } from '../text/schema'
import {
  earlierSessionSchema,
  periodSchema,
  reopenedSessionSchema,
  reportAgreementSchema,
  reportSessionSchema,
  samplingSchema,
  twoPhaseSchema,
} from './review-schema'

/** A share as `count` out of `of`, with its 95 % interval and the figures behind it. */
export const shareSchema = z.object({
  count: z.number().int(),
  of: z.number().int(),
  share: z.number(),
  low: z.number(),
  high: z.number(),
  documents: z.number().int(),
  designEffect: z.number(),
  effectiveSize: z.number(),
  method: z.enum(['single-document', 'clustered']),
})

/** Counts of claims. `assessed` = sourced + unsourced + contradicted; the others never enter a denominator. */
export const claimCountsSchema = z.object({
  sourced: z.number().int(),
  unsourced: z.number().int(),
  contradicted: z.number().int(),
  assessed: z.number().int(),
  notCheckable: z.number().int(),
  /** Words that an adjudicator settled to be no claim. */
  noClaim: z.number().int(),
  /** Claims whose reviewers differ and that nobody has settled. */
  open: z.number().int(),
  /** Claims whose rating has missing evidence. */
  incomplete: z.number().int(),
  /** Claims that one person alone judged. They are in no share, and in none of the counts above, unless the report was asked to count them. */
  singleReview: z.number().int(),
  disputed: z.number().int(),
  partial: z.number().int(),
})
export type ClaimCounts = z.infer<typeof claimCountsSchema>

/** Decided sentences and checkable sentences. */
export const coverageSchema = z.object({ decided: z.number().int(), checkable: z.number().int() })
export type Coverage = z.infer<typeof coverageSchema>

/** The three shares; each is null where nothing was assessed. */
export const sharesSchema = z.object({
  sourced: shareSchema.nullable(),
  unsourced: shareSchema.nullable(),
  contradicted: shareSchema.nullable(),
})

const intervalSchema = z.object({ low: z.number(), high: z.number() })
const otherIntervalsSchema = z
  .object({
    exact: intervalSchema.describe('Clopper and Pearson’s.'),
    jeffreys: intervalSchema.describe('The middle 95 % by Jeffreys’ prior.'),
  })
  .nullable()

/** Whether single reviews are counted. They are not, unless the member who asks for the report chooses so. */
export const reportChoicesSchema = z.object({ singleReviews: z.enum(['left-out', 'counted']) })
export type ReportChoices = z.infer<typeof reportChoicesSchema>

/** A share without one document, and the document left out. */
const withoutDocumentSchema = z.object({ share: z.number(), documentId: idSchema, title: z.string() })
/** The lowest and the highest share when one document is left out. */
const leaveOneOutSchema = z.object({ lowest: withoutDocumentSchema, highest: withoutDocumentSchema })

/**
 * The claims by another rule than the report's: how many of `of` got each rating. `leftOut`: claims that the report counts, but for which the rule
 * gives no rating or `not_checkable`.
 */
export const otherRuleSchema = z.object({
  rule: z.enum(['blind-plurality', 'unanimous', 'without-disputed']),
  says: z.string(),
  sourced: z.number().int(),
  unsourced: z.number().int(),
  contradicted: z.number().int(),
  of: z.number().int(),
  leftOut: z.number().int(),
})
/** See `otherRuleSchema`. */
export type OtherRule = z.infer<typeof otherRuleSchema>

/**
 * The reading needed to narrow the widest of the intervals from `halfWidth` to `target`, half widths both. `documents` in all, `further` more than
 * now, of the same sizes and likeness (`likeness`, an intracluster correlation pooled over the ratings).
 */
const furtherDocumentsSchema = z.object({
  halfWidth: z.number(),
  target: z.number(),
  documents: z.number().int(),
  further: z.number().int(),
  likeness: z.number(),
  says: z.string(),
})

/** The default choices of a report. */
export const defaultChoices: ReportChoices = { singleReviews: 'left-out' }

/** Why a figure is missing or must be read with care. `says` is the sentence to show. */
export const gateSchema = z.object({
  code: z.enum([
    'too-few-claims',
    'too-few-documents',
    'small-sample',
    'one-document',
    'low-coverage',
    'blind-phase',
    'withdrawn-documents',
    'reopened-session',
    'earlier-session',
    'open-claims',
    'incomplete-claims',
    'not-random',
    'no-agreement',
    'not-adjudicated',
    'single-review',
    'read-once',
    'two-phase-withheld',
    'interim',
  ]),
  says: z.string(),
})
export type Gate = z.infer<typeof gateSchema>

/** The evidence of one listed claim. */
export const evidenceSchema = z.object({
  referenceId: idSchema,
  title: z.string(),
  author: z.string(),
  publisher: z.string(),
  issued: z.string(),
  url: z.string(),
  doi: z.string(),
  snapshotSha256: z.string().nullable().describe('The hash of the reference’s kept text; null when none is kept.'),
  snapshotAt: z.iso.datetime().nullable().describe('When that text was kept.'),
  stance: z.enum(stances),
  quote: z.string(),
  locator: z.string(),
  quoteCheck: z.enum(quoteChecks),
  quoteStart: offsetSchema.nullable(),
})
export type Evidence = z.infer<typeof evidenceSchema>

/** A listed claim: its exact words, place and evidence. `sentence` and `place` are numbered as in the reader (text/sentence-numbers.ts). */
export const findingSchema = z.object({
  documentId: idSchema,
  documentTitle: z.string(),
  publishedOn: z.string().nullable(),
  revisionId: idSchema,
  claimId: idSchema.nullable().describe('The claim that a session settled; null where nobody adjudicated.'),
  annotationIds: z.array(idSchema),
  start: offsetSchema,
  end: offsetSchema,
  exact: z.string(),
  script: scriptSchema,
  sentence: z
    .number()
    .int()
    .nullable()
    .describe('The first sentence of the claim, from 1 within the document; headings do not count. Null in a heading.'),
  place: z.string().describe('The place of the claim, such as “sentence 4”, “sentences 4–6” or “heading”.'),
  disputed: z.boolean(),
  partial: z.boolean(),
  /** How many reviewers gave it this rating, of those who rated it at all. */
  reviewers: z.object({ agreeing: z.number().int(), rated: z.number().int() }),
  /** True when reviewers differ, so that the claim is listed and not counted. */
  open: z.boolean(),
  /** True when one person alone judged it. */
  single: z.boolean(),
  /** Whether the figures count it. */
  counted: z.boolean(),
  /**
   * How it was settled: the reason in words, how many reviewers had rated it otherwise, and whether one of them settled it. Null where nobody
   * adjudicated.
   */
  verdict: z.object({ reason: z.string(), dissent: z.number().int(), own: z.boolean() }).nullable(),
  notes: z.array(z.string()),
  evidence: z.array(evidenceSchema),
})
export type Finding = z.infer<typeof findingSchema>

/** Why no rating of a claim counts: its reviewers differ, or the rating has missing evidence. */
export const unsettledReasons = ['open', 'incomplete'] as const

/**
 * A claim that no figure counts because nothing was settled about it, with its words and place. Open claims that a reviewer contradicts are listed
 * among the contradicted ones instead.
 */
export const unsettledClaimSchema = findingSchema
  .pick({
    documentId: true,
    documentTitle: true,
    publishedOn: true,
    revisionId: true,
    claimId: true,
    annotationIds: true,
    start: true,
    end: true,
    exact: true,
    script: true,
    place: true,
  })
  .extend({ why: z.enum(unsettledReasons) })
/** See `unsettledClaimSchema`. */
export type UnsettledClaim = z.infer<typeof unsettledClaimSchema>

/**
 * The closed session whose verdicts assess a document. `changed`: verdicts that differ from the plurality of the blind ratings; `ties`: claims on
 * which no rating led.
 */
export const adjudicationSchema = z.object({
  sessionId: idSchema,
  sessionName: z.string(),
  closedAt: z.iso.datetime(),
  claims: z.number().int(),
  changed: z.number().int(),
  ties: z.number().int(),
})
export type Adjudication = z.infer<typeof adjudicationSchema>

/** One document's line in a report. */
export const documentLineSchema = z.object({
  id: idSchema,
  title: z.string(),
  publishedOn: z.string().nullable(),
  revisionId: idSchema,
  /** Whether the text has a later revision than the assessed one. */
  hasLaterRevision: z.boolean(),
  sha256: z.string(),
  reviewers: z.number().int(),
  claims: claimCountsSchema,
  coverage: coverageSchema,
  shares: sharesSchema,
  /** Null where no closed session reviewed it: its claims are then those on which the reviewers agree. */
  adjudication: adjudicationSchema.nullable(),
})
export type DocumentLine = z.infer<typeof documentLineSchema>

/**
 * A document that was withdrawn after a closed session had assessed it; no figure counts its claims. `by`: the member who withdrew it, by name or,
 * where names are hidden, by code.
 */
export const withdrawnDocumentSchema = z.object({
  id: idSchema,
  title: z.string(),
  publishedOn: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  sessionId: idSchema,
  sessionName: z.string(),
  claims: claimCountsSchema.describe('The claims that the session had settled in it.'),
})
export type WithdrawnDocument = z.infer<typeof withdrawnDocumentSchema>

/** The reliability report of one source, computed from the data stored now. */
export const reportViewSchema = z
  .object({
    source: z.object({ id: idSchema, name: z.string(), kind: z.string(), homepage: z.string() }),
    methodVersion: z.string().describe('Changes whenever the same inputs could give another report.'),
    computedAt: z.iso.datetime(),
    inputSha256: z
      .string()
      .describe('SHA-256 of all inputs as sorted JSON, blind ratings included: the same inputs give the same report.'),
    choices: reportChoicesSchema,
    period: periodSchema.describe('When the reviewed documents were published, and when they were reviewed.'),
    documents: z.array(documentLineSchema),
    withdrawn: z.array(withdrawnDocumentSchema),
    reviewedDocuments: z.number().int().describe('Documents in which something was decided.'),
    claims: claimCountsSchema,
    coverage: coverageSchema,
    shares: sharesSchema.nullable().describe('Null when a gate withholds shares.'),
    otherIntervals: z
      .object({ sourced: otherIntervalsSchema, unsourced: otherIntervalsSchema, contradicted: otherIntervalsSchema })
      .nullable()
      .describe(
        'Two more 95 % intervals of each of these shares, on the same effective size. Null when a gate withholds shares.',
      ),
    leaveOneOut: z
      .object({ sourced: leaveOneOutSchema, unsourced: leaveOneOutSchema, contradicted: leaveOneOutSchema })
      .nullable()
      .describe('How far each share moves when one document is left out. Null when a gate withholds shares.'),
    otherRules: z
      .array(otherRuleSchema)
      .nullable()
      .describe('The claims by other rules. Null when a gate withholds shares.'),
    furtherDocuments: furtherDocumentsSchema
      .nullable()
      .describe(
        'How many further documents would narrow the intervals. Null when shares are withheld, or the number cannot be estimated.',
      ),
    bounds: z
      .object({
        low: z.number(),
        high: z.number(),
        undecided: z.number().int().describe('Checkable sentences without a decision.'),
        open: z.number().int(),
        incomplete: z.number().int(),
        singleReview: z.number().int().describe('Single reviews that are not counted.'),
      })
      .nullable()
      .describe(
        'The bounds of the share of contradicted claims once every sentence is decided and every claim settled; each undecided sentence counts as one claim. Null when all are settled, or shares are withheld.',
      ),
    sessions: z.array(reportSessionSchema).describe('The closed sessions whose verdicts count, latest first.'),
    earlierSessions: z
      .array(earlierSessionSchema)
      .describe('Closed sessions whose verdicts on documents here were replaced by those of a session closed later.'),
    reopenedSessions: z
      .array(reopenedSessionSchema)
      .describe('Sessions that were closed and reopened: their verdicts do not count until they are closed again.'),
    sampling: samplingSchema.describe('How the reviewed documents were chosen.'),
    twoPhase: twoPhaseSchema
      .exactOptional()
      .describe(
        'Given only where a session had each document read once and a random part twice: its estimates are the shares of the report, and `shares` those of the part alone.',
      ),
    agreement: reportAgreementSchema.describe('How far reviewers agreed before anything was settled.'),
    gates: z.array(gateSchema).describe('Everything that withholds a figure or warns of it, gravest first.'),
    contradicted: z
      .array(findingSchema)
      .describe('Contradicted claims, and open claims that one reviewer contradicts (`open`).'),
    unsourced: z.array(findingSchema).describe('Unsourced claims.'),
    sourced: z.array(findingSchema).describe('Sourced claims.'),
    unsettled: z
      .array(unsettledClaimSchema)
      .default([])
      .describe(
        'Open claims in no other list, and claims with missing evidence. Before method 1.10 they were only counted.',
      ),
  })
  .meta({ id: 'Report' })
export type ReportView = z.infer<typeof reportViewSchema>

/** The ratings in the denominator of shares, in report order. */
export const assessedRatings = ['sourced', 'unsourced', 'contradicted'] as const satisfies readonly Rating[]
export type AssessedRating = (typeof assessedRatings)[number]
