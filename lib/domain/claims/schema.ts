import { z } from 'zod'
import { ratings, stances } from '../annotations/rating'
import { citationInputSchema, maxCitations } from '../annotations/schema'
import { idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'
import { referenceSummarySchema } from '../references/schema'
import type { DocumentContent } from '../text/model'
import { scriptSchema } from '../text/schema'
import { verdictReasonCodes, claimAgreements } from './verdict'

/** Evidence as a verdict shows it, and as a reviewer's rating shows it while reviewers are masked: without ids of its own. */
export const evidenceViewSchema = z
  .object({
    stance: z.enum(stances),
    quote: z.string(),
    locator: z.string(),
    reference: referenceSummarySchema,
  })
  .meta({ id: 'ClaimEvidence' })
export type EvidenceView = z.infer<typeof evidenceViewSchema>

/**
 * A reviewer's rating of a claim under its letter. `author` and `annotationId` are null until the session is closed, except for the current member's own.
 * `late`: made or changed after others could be seen.
 */
export const voteViewSchema = z
  .object({
    mask: z.string(),
    mine: z.boolean(),
    author: z.object({ id: idSchema, name: z.string() }).nullable(),
    annotationId: idSchema.nullable(),
    start: offsetSchema,
    end: offsetSchema,
    exact: z.string(),
    script: scriptSchema,
    rating: z.enum(ratings),
    disputed: z.boolean(),
    partial: z.boolean(),
    late: z.boolean(),
    note: z.string(),
    missing: z.enum(['supporting-citation', 'contradicting-citation']).nullable(),
    citations: z.array(evidenceViewSchema),
  })
  .meta({ id: 'Vote' })
export type VoteView = z.infer<typeof voteViewSchema>

/** A rating as it stood when the verdict was given. */
export const keptVoteSchema = z.object({
  mask: z.string(),
  annotationId: idSchema,
  memberId: idSchema,
  rating: z.enum(ratings),
  disputed: z.boolean(),
  partial: z.boolean(),
  late: z.boolean(),
})
export type KeptVote = z.infer<typeof keptVoteSchema>

/** What a caller sends to decide a claim; `rating` null says that the words are no claim. The whole verdict is sent each time. */
export const verdictInputSchema = z.strictObject({
  rating: z.enum(ratings).nullable(),
  disputed: z.boolean().default(false),
  partial: z.boolean().default(false),
  reason: z.enum(verdictReasonCodes),
  words: textSchema(20_000).default(''),
  citations: z
    .array(citationInputSchema.omit({ id: true }))
    .max(maxCitations)
    .default([]),
})
export type VerdictInput = z.infer<typeof verdictInputSchema>

/** A verdict as answers show it. `votes` are the ratings it was given on; those that differ from it are the dissent. */
export const verdictViewSchema = z
  .object({
    id: idSchema,
    rating: z.enum(ratings).nullable(),
    disputed: z.boolean(),
    partial: z.boolean(),
    reason: z.string(),
    reasonSays: z.string(),
    words: z.string(),
    citations: z.array(evidenceViewSchema),
    decider: z.object({ id: idSchema, name: z.string() }),
    inBulk: z.boolean(),
    ownAnnotation: z.boolean(),
    votes: z.array(keptVoteSchema.omit({ annotationId: true, memberId: true })),
    dissent: z.number().int(),
    /** Whether a rating changed, came or went since. */
    votesChanged: z.boolean(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Verdict' })
export type VerdictView = z.infer<typeof verdictViewSchema>

/** How a claim came to be. */
export const claimOrigins = ['matched', 'split', 'merged'] as const

/**
 * A claim as answers show it. `version` covers its verdict: deciding, splitting and merging each raise it. `context` is a part of the revision's text,
 * from `start` on, with the blocks around the claim, and its structure.
 */
export const claimViewSchema = z
  .object({
    id: idSchema,
    sessionId: idSchema,
    document: z.object({ id: idSchema, title: z.string() }),
    revisionId: idSchema,
    start: offsetSchema,
    end: offsetSchema,
    exact: z.string(),
    script: scriptSchema,
    /** Its sentences as the reader numbers them, such as "sentence 4". */
    place: z.string(),
    context: z.object({
      start: offsetSchema,
      text: z.string(),
      content: z.custom<DocumentContent>().meta({
        type: 'object',
        description: 'The same part as a structured document: ProseMirror’s JSON, as a revision holds it.',
      }),
    }),
    origin: z.enum(claimOrigins),
    /** How it was matched, in sentences. */
    match: z.array(z.string()),
    votes: z.array(voteViewSchema),
    /** How many members read the document in this session. */
    reviewers: z.number().int(),
    agreement: z.enum(claimAgreements),
    /** The rating that most gave before they could see each other; null for a tie. */
    plurality: z.enum(ratings).nullable(),
    verdict: verdictViewSchema.nullable(),
    version: versionSchema,
    /** `reason` says what stands in the way of deciding; null when the current member may. */
    may: z.object({ decide: z.boolean(), reason: z.string().nullable() }),
  })
  .meta({ id: 'Claim' })
export type ClaimView = z.infer<typeof claimViewSchema>

/** How far a session's claims are decided. */
export const claimCountsSchema = z
  .object({
    claims: z.number().int(),
    decided: z.number().int(),
    /** Of the open ones. */
    unanimous: z.number().int(),
    disagreement: z.number().int(),
    unmarked: z.number().int(),
    single: z.number().int(),
  })
  .meta({ id: 'ClaimCounts' })
export type ClaimCounts = z.infer<typeof claimCountsSchema>

/** What a list of claims is narrowed to. `rating` finds claims that a reviewer or the verdict rated so. */
export const claimFilterSchema = z.object({
  state: z.enum(['open', 'decided']).optional(),
  agreement: z.enum(claimAgreements).optional(),
  document: idSchema.optional().describe('Only claims of this document.'),
  rating: z.enum(ratings).optional().describe('Only claims that a reviewer or the verdict rated so.'),
})
export type ClaimFilter = z.infer<typeof claimFilterSchema>

/** What a caller sends to take ratings out of a claim; `id` is the new claim's. */
export const splitInputSchema = z.strictObject({
  id: idSchema.optional(),
  apart: z
    .array(z.string().max(4))
    .min(1)
    .max(200)
    .describe('The letters of the ratings that make a claim of their own.'),
})
export type SplitInput = z.infer<typeof splitInputSchema>

/** What a caller sends to merge another claim into one. */
export const mergeInputSchema = z.strictObject({ claimId: idSchema, version: versionSchema })
export type MergeInput = z.infer<typeof mergeInputSchema>

/** The most claims one call confirms. */
export const maxBulkVerdicts = 500

/** What a caller sends to confirm unanimous claims; the versions are those whose preview was seen. */
export const bulkVerdictsInputSchema = z.strictObject({
  claims: z
    .array(z.strictObject({ id: idSchema, version: versionSchema }))
    .min(1)
    .max(maxBulkVerdicts),
})
export type BulkVerdictsInput = z.infer<typeof bulkVerdictsInputSchema>

/** What confirming did: one transaction for all that are confirmed; every other claim with what stood in its way. */
export const bulkVerdictsViewSchema = z
  .object({
    confirmed: z.array(z.object({ id: idSchema, version: versionSchema })),
    skipped: z.array(z.object({ id: idSchema, why: z.string() })),
    counts: claimCountsSchema,
  })
  .meta({ id: 'BulkVerdicts' })
export type BulkVerdictsView = z.infer<typeof bulkVerdictsViewSchema>

/** What was decided on the document of an assignment: its claims with their verdicts. */
export const assignmentOutcomeSchema = z
  .object({ session: z.object({ id: idSchema, name: z.string() }), items: z.array(claimViewSchema) })
  .meta({ id: 'AssignmentOutcome' })
export type AssignmentOutcome = z.infer<typeof assignmentOutcomeSchema>

/** A claim in the outcome of a document: its verdict, null while it is not settled, and the caller's own rating beside it. */
export const outcomeClaimSchema = z
  .object({
    id: idSchema,
    start: offsetSchema,
    end: offsetSchema,
    exact: z.string(),
    script: scriptSchema,
    place: z.string().describe('Its sentences as the reader numbers them, such as “sentence 4”.'),
    verdict: verdictViewSchema.nullable(),
    own: z.object({ annotationId: idSchema, rating: z.enum(ratings) }).nullable(),
    dissent: z
      .array(z.object({ who: z.string(), mine: z.boolean(), rating: z.enum(ratings) }))
      .describe('Who had rated it otherwise: by name once the session is closed, before that by letter.'),
    comments: z.number().int(),
  })
  .meta({ id: 'OutcomeClaim' })
export type OutcomeClaim = z.infer<typeof outcomeClaimSchema>

/**
 * What a review session settled about one revision of a document, in the order of the text. `session` is null, and `claims` empty, where there is
 * none that the caller may see. `cut`: there are more claims than are shown.
 */
export const documentOutcomeSchema = z
  .object({
    session: z
      .object({
        id: idSchema,
        name: z.string(),
        state: z.enum(['adjudication', 'closed']),
        closedAt: instantSchema.nullable(),
      })
      .nullable(),
    claims: z.array(outcomeClaimSchema),
    cut: z.boolean(),
  })
  .meta({ id: 'DocumentOutcome' })
export type DocumentOutcome = z.infer<typeof documentOutcomeSchema>
