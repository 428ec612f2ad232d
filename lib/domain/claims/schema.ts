import { z } from 'zod'
import { ratings, stances } from '../annotations/rating'
import { citationInputSchema, maxCitations } from '../annotations/schema'
import { idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'
import { referenceSummarySchema } from '../references/schema'
import type { DocumentContent } from '../text/model'
import { scriptSchema } from '../text/schema'
import { verdictReasonCodes, claimAgreements } from './verdict'

/** Evidence of a verdict, and of a reviewer's rating while reviewers are masked. It has no id of its own. */
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
 * A reviewer's rating of a claim under its letter. `author` and `annotationId` are null until the session is closed, except for the current member's
 * own. `late`: made or changed after others could be seen.
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

/** The input for deciding a claim. `rating` null: the words are no claim. The whole verdict is sent each time. */
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

/** A verdict in API answers. `votes` are the ratings on which it was given; those that differ from it are the dissent. */
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
    /** Whether a rating was changed, added or removed since. */
    votesChanged: z.boolean(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Verdict' })
export type VerdictView = z.infer<typeof verdictViewSchema>

/** The origin of a claim. */
export const claimOrigins = ['matched', 'split', 'merged'] as const

/**
 * A claim in API answers. `version` covers its verdict: deciding, splitting and merging each raise it. `context` is a part of the revision's text,
 * from `start` on: the blocks around the claim, with their structure.
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
    /** Its sentences, numbered as in the reader, such as "sentence 4". */
    place: z.string(),
    context: z.object({
      start: offsetSchema,
      text: z.string(),
      content: z.custom<DocumentContent>().meta({
        type: 'object',
        description: 'The same part as a structured document: ProseMirror JSON, as in a revision.',
      }),
    }),
    origin: z.enum(claimOrigins),
    /** How it was matched, in sentences. */
    match: z.array(z.string()),
    votes: z.array(voteViewSchema),
    /** How many members read the document in this session. */
    reviewers: z.number().int(),
    agreement: z.enum(claimAgreements),
    /** The plurality of ratings given before reviewers could see each other; null for a tie. */
    plurality: z.enum(ratings).nullable(),
    verdict: verdictViewSchema.nullable(),
    version: versionSchema,
    /** `reason` says what prevents deciding; null when the current member may decide. */
    may: z.object({ decide: z.boolean(), reason: z.string().nullable() }),
  })
  .meta({ id: 'Claim' })
export type ClaimView = z.infer<typeof claimViewSchema>

/** How many of a session's claims are decided. */
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

/** The filters of a list of claims. `rating` matches claims that a reviewer or the verdict rated so. */
export const claimFilterSchema = z.object({
  state: z.enum(['open', 'decided']).optional(),
  agreement: z.enum(claimAgreements).optional(),
  document: idSchema.optional().describe('Only claims of this document.'),
  rating: z.enum(ratings).optional().describe('Only claims that a reviewer or the verdict rated so.'),
})
export type ClaimFilter = z.infer<typeof claimFilterSchema>

/** The input for splitting ratings off a claim. `id` is the new claim's. */
export const splitInputSchema = z.strictObject({
  id: idSchema.optional(),
  apart: z
    .array(z.string().max(4))
    .min(1)
    .max(200)
    .describe('The letters of the ratings to split off into a claim of their own.'),
})
export type SplitInput = z.infer<typeof splitInputSchema>

/** The input for merging another claim into one. */
export const mergeInputSchema = z.strictObject({ claimId: idSchema, version: versionSchema })
export type MergeInput = z.infer<typeof mergeInputSchema>

/** The most claims that one call confirms. */
export const maxBulkVerdicts = 500

/** The input for confirming unanimous claims. The versions are those shown in the preview. */
export const bulkVerdictsInputSchema = z.strictObject({
  claims: z
    .array(z.strictObject({ id: idSchema, version: versionSchema }))
    .min(1)
    .max(maxBulkVerdicts),
})
export type BulkVerdictsInput = z.infer<typeof bulkVerdictsInputSchema>

/** The result of confirming. All confirmed claims are written in one transaction; every other claim comes with what prevented it. */
export const bulkVerdictsViewSchema = z
  .object({
    confirmed: z.array(z.object({ id: idSchema, version: versionSchema })),
    skipped: z.array(z.object({ id: idSchema, why: z.string() })),
    counts: claimCountsSchema,
  })
  .meta({ id: 'BulkVerdicts' })
export type BulkVerdictsView = z.infer<typeof bulkVerdictsViewSchema>

/** The outcome of an assigned document: its claims with their verdicts. */
export const assignmentOutcomeSchema = z
  .object({ session: z.object({ id: idSchema, name: z.string() }), items: z.array(claimViewSchema) })
  .meta({ id: 'AssignmentOutcome' })
export type AssignmentOutcome = z.infer<typeof assignmentOutcomeSchema>

/** A claim in the outcome of a document: its verdict, null while it is open, and the caller's own rating. */
export const outcomeClaimSchema = z
  .object({
    id: idSchema,
    start: offsetSchema,
    end: offsetSchema,
    exact: z.string(),
    script: scriptSchema,
    place: z.string().describe('Its sentences, numbered as in the reader, such as “sentence 4”.'),
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
 * What a review session settled about one revision of a document, in text order. `session` is null and `claims` empty where there is no session that
 * the caller may see. `cut`: there are more claims than are shown.
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
