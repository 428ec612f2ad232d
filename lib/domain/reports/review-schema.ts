import { z } from 'zod'
import { agreementGateSchema, agreementParametersSchema, sliceSchema, unmarkedSchema } from '../agreement/schema'
import { idSchema } from '../fields'
import { protocolSchema } from '../review-sessions/protocol'
import { sampleSchema } from '../review-sessions/schema'

const count = z.number().int().min(0)

/** One drawing of a random sample into a session. `by`: the member who drew, by name or, where names are hidden, by code. */
export const drawSchema = sampleSchema
  .pick({ frame: true, frameSize: true, size: true, seed: true, drawnAt: true })
  .extend({ by: z.string() })

/** A closed session whose verdicts on `documents` documents of the source were replaced by those of a session closed later. */
export const earlierSessionSchema = z.object({
  id: idSchema,
  name: z.string(),
  closedAt: z.iso.datetime(),
  documents: count,
})
export type EarlierSession = z.infer<typeof earlierSessionSchema>

/** A session with documents of the source that was closed and reopened, and is not closed now. */
export const reopenedSessionSchema = z.object({ id: idSchema, name: z.string(), reopenedAt: z.iso.datetime() })
export type ReopenedSession = z.infer<typeof reopenedSessionSchema>

/**
 * `published`: the earliest and the latest publication date of the reviewed documents, each as precise as it is known, and how many documents have no
 * date. `reviewed`: the first and the last moment at which they were marked or settled. Null where unknown.
 */
export const periodSchema = z.object({
  published: z.object({ from: z.string().nullable(), to: z.string().nullable(), undated: count }),
  reviewed: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).nullable(),
})
export type Period = z.infer<typeof periodSchema>

/** A closed review session whose verdicts a report counts: its question, its rules, and how its documents were chosen. */
export const reportSessionSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    question: z.string().describe('The question that the session set out to answer; empty when none was written down.'),
    closedAt: z.iso.datetime(),
    protocol: protocolSchema,
    protocolSays: z.array(z.string()).describe('The rules in sentences.'),
    sample: sampleSchema
      .nullable()
      .describe('How the documents were drawn at random: frame, method, size and seed. Null when a member chose them.'),
    sampleSays: z.string().describe('The same in words; begins with "Not random" where it was not.'),
    draws: z
      .array(drawSchema)
      .describe('Every drawing of a sample into this session, in order; the last one is the sample that counts.'),
    otherDraws: count.describe('Drawings from the same frame into other sessions, including deleted drafts.'),
    documents: z
      .object({ counted: count, ofSource: count, all: count })
      .describe('Documents that this report assesses by this session; those of the source in it; all in it.'),
    reviewers: count.describe('Members whose work in the counted documents was not withdrawn.'),
    claims: count.describe('Verdicts that count here.'),
    changed: count.describe('Verdicts that differ from the plurality of the blind ratings.'),
    ties: count.describe('Claims on which no blind rating led.'),
    ownVerdicts: count.describe('Verdicts of adjudicators who had rated the claim as reviewers.'),
  })
  .meta({ id: 'ReportSession' })
export type ReportSession = z.infer<typeof reportSessionSchema>

/** How the reviewed documents were chosen. `random` only when they are one whole random sample of documents of the source. */
export const samplingSchema = z
  .object({
    state: z.enum(['random', 'partly-random', 'not-random', 'nothing-reviewed']),
    drawn: count.describe('Reviewed documents that were drawn at random.'),
    of: count.describe('Reviewed documents.'),
    says: z.string(),
  })
  .meta({ id: 'ReportSampling' })
export type Sampling = z.infer<typeof samplingSchema>

/** How far reviewers agreed before anything was settled, in the documents of this report that were reviewed blind. */
export const reportAgreementSchema = z
  .object({
    established: z.boolean().describe('While false, the report says "judged" where it would say "were".'),
    says: z.string(),
    reasons: z.array(agreementGateSchema).describe('The reasons from figures for not being established.'),
    cautions: z.array(agreementGateSchema),
    detectionSays: z
      .string()
      .nullable()
      .describe('How far reviewers agree on what to mark at all, in a sentence; null where nothing was compared.'),
    unmarked: unmarkedSchema
      .nullable()
      .describe('How many claims nobody marked, estimated from blind marks; null where too few were marked by two.'),
    documents: z
      .object({ blind: count, compared: count, open: count })
      .describe('Reviewed blind; of these, by two or more; reviewed in the open, which measures nothing.'),
    claims: z
      .object({ total: count, coMarked: count, markedOnce: count, thin: count, open: count })
      .describe(
        '`coMarked`: marked by two or more blind reviewers. `markedOnce`: marked by one of those who read the document. `thin`: in documents that fewer than two read blind, including those rated in the `open`.',
      ),
    reviewers: count,
    methodVersion: z.string(),
    parameters: agreementParametersSchema.nullable(),
    figures: sliceSchema
      .pick({
        labelAlpha: true,
        labelAlphaWithUnmarked: true,
        boundaryAlpha: true,
        unitizingAlpha: true,
        characterF1: true,
        prevalence: true,
      })
      .nullable()
      .describe('Null when no document was reviewed blind. Only blind ratings enter.'),
  })
  .meta({ id: 'ReportAgreement' })
export type ReportAgreement = z.infer<typeof reportAgreementSchema>

const intervalFields = { share: z.number(), low: z.number(), high: z.number() }

/**
 * One share by the two-phase estimator. For comparison, `once` is the share by the single readings of all documents, and `twice` that of the
 * adjudicated part with its interval.
 */
const twoPhaseShareSchema = z.object({
  ...intervalFields,
  once: z.number(),
  twice: z.object(intervalFields),
})
/** See `twoPhaseShareSchema`. */
export type TwoPhaseShare = z.infer<typeof twoPhaseShareSchema>

/**
 * The two-phase result of a report where each document was read once, and a random part was read twice and adjudicated. `shares` is null where they
 * are withheld; `withheld` then says why.
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
        'Ratings of one reading of each document, including the drawn ones; adjudicated claims of the drawn ones.',
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

/** The drawing of a session's documents that were read twice. `drawings`: how many drawings there were; the last one counts. */
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
