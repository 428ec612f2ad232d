import { z } from 'zod'
import type { Steps } from '../steps'
import { agreementParametersSchema } from '../agreement/schema'
import { ratings, stances } from '../annotations/rating'
import { phases } from '../assignments/phase'
import { idSchema, instantSchema, offsetSchema } from '../fields'
import { quoteChecks } from '../text/typography'
import { protocolSchema } from '../review-sessions/protocol'
import { sampleSchema } from '../review-sessions/schema'
import { drawSchema, earlierSessionSchema, reopenedSessionSchema, drawnPartSchema } from './review-schema'
import { reportChoicesSchema, withdrawnDocumentSchema } from './schema'

/**
 * Everything that a report is computed from, as plain data. A frozen report stores exactly this and its hash covers it, so a report counts nothing
 * else. Reviewers are codes (frozen-reports/hide-reviewers.ts), never members. Offsets are UTF-16 code units of the document's text.
 */

/** The most list entries, and characters of a text, that report inputs may have: far more than a reviewed source has. */
const most = { documents: 20_000, ofDocument: 100_000, citations: 1_000, sessions: 2_000, reviewers: 1_000 }
const textField = z.string().max(1_000_000)
const codeField = z.string().max(100)
const hashField = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 digits from 0 to f.')
const spanFields = { start: offsetSchema, end: offsetSchema }
const countField = z.number().int().min(0)

const rated = { rating: z.enum(ratings), disputed: z.boolean(), partial: z.boolean() }

/** A cited reference. `snapshotSha256` and `snapshotAt` are the hash of its kept text and the time of keeping it; null without one. */
const citedReferenceSchema = z.strictObject({
  id: idSchema,
  title: textField,
  author: textField,
  publisher: textField,
  issued: textField,
  url: textField,
  doi: textField,
  snapshotSha256: hashField.nullable(),
  snapshotAt: instantSchema.nullable(),
})

/**
 * A citation in report inputs. `quoteStart` is the quote's offset in the reference's kept text, in UTF-16 code units; null when it was not found
 * there.
 */
const reportCitationSchema = z.strictObject({
  id: idSchema,
  stance: z.enum(stances),
  quote: textField,
  locator: textField,
  quoteCheck: z.enum(quoteChecks),
  quoteStart: offsetSchema.nullable(),
  reference: citedReferenceSchema,
})
/** See `reportCitationSchema`. */
export type ReportCitation = z.infer<typeof reportCitationSchema>

/** An annotation in report inputs. `phase` says when it was rated. Its citations keep their own order. */
const reportAnnotationSchema = z.strictObject({
  id: idSchema,
  authorId: codeField,
  ...spanFields,
  exact: textField,
  ...rated,
  phase: z.enum(phases),
  note: textField,
  citations: z.array(reportCitationSchema).max(most.citations),
})
/** See `reportAnnotationSchema`. */
export type ReportAnnotation = z.infer<typeof reportAnnotationSchema>

/**
 * A settled claim of a closed session. `rating` null: the words were settled to be no claim. `own`: whether its adjudicator had rated it as a
 * reviewer. `votes`: the reviewers' ratings behind the verdict.
 */
const adjudicatedClaimSchema = z.strictObject({
  id: idSchema,
  ...spanFields,
  exact: textField,
  ...rated,
  rating: z.enum(ratings).nullable(),
  reason: textField,
  words: textField,
  own: z.boolean(),
  citations: z.array(reportCitationSchema).max(most.citations),
  votes: z
    .array(z.strictObject({ annotationId: idSchema, rating: z.enum(ratings), late: z.boolean() }))
    .max(most.reviewers),
})
/** See `adjudicatedClaimSchema`. */
export type AdjudicatedClaim = z.infer<typeof adjudicatedClaimSchema>

/**
 * What the latest closed session that reviewed a document settled. `minimumReviewers`: how many reviewers must say "no claim here" for a sentence to
 * count as decided. `reviewerIds`: reviewers whose work in it counts. `checkable`: the sentences that counted when it was closed. `readOnce`: the
 * blind marks of its one reader, only where the document was not drawn for the second reading of its session, so that nothing was adjudicated in it.
 */
export const documentAdjudicationSchema = z.strictObject({
  sessionId: idSchema,
  sessionName: textField,
  closedAt: instantSchema,
  minimumReviewers: countField,
  readOnce: z.array(reportAnnotationSchema).max(most.ofDocument).exactOptional(),
  reviewerIds: z.array(codeField).max(most.reviewers),
  claims: z.array(adjudicatedClaimSchema).max(most.ofDocument),
  decisions: z.array(z.strictObject({ authorId: codeField, ...spanFields })).max(most.ofDocument),
  checkable: z.array(z.strictObject(spanFields)).max(most.ofDocument),
})
/** See `documentAdjudicationSchema`. */
export type DocumentAdjudication = z.infer<typeof documentAdjudicationSchema>

/**
 * A closed session as stored, with the number of its documents: of the report's source, and in all. `draws`: every drawing of a sample into it, the
 * first one first; `otherDraws`: how many the same frame had in other sessions. `secondReading`: the documents drawn to be read twice, where its
 * protocol asks for it.
 */
const sessionRecordSchema = z.strictObject({
  id: idSchema,
  name: textField,
  question: textField,
  closedAt: instantSchema,
  protocol: protocolSchema,
  sample: sampleSchema.nullable(),
  draws: z.array(drawSchema.strict()).max(most.sessions).exactOptional(),
  otherDraws: countField.exactOptional(),
  secondReading: drawnPartSchema.exactOptional(),
  documents: z.strictObject({ ofSource: countField, all: countField }),
})
/** See `sessionRecordSchema`. */
export type SessionRecord = z.infer<typeof sessionRecordSchema>

const sentenceSchema = z.strictObject({ ...spanFields, kind: z.enum(['sentence', 'heading']) })
const scriptRunSchema = z.strictObject({ ...spanFields, is: z.enum(['raised', 'lowered']) })

/**
 * One document in report inputs: the revision that the latest closed session read, or else its latest, with everything marked in it. `checkable`: the
 * sentences that count now. `scripts`: superscripts and subscripts in its text; none when left out. `adjudication`: what the latest closed session
 * settled; left out where there was none. `hasLaterRevision`: false when left out. `reviewed`: the first and the last moment at which it was marked
 * or settled.
 */
const reportDocumentSchema = z.strictObject({
  id: idSchema,
  title: textField,
  publishedOn: z.string().max(10).nullable(),
  revisionId: idSchema,
  hasLaterRevision: z.boolean().exactOptional(),
  sha256: hashField,
  reviewed: z.strictObject({ from: instantSchema, to: instantSchema }).nullable().exactOptional(),
  scripts: z.array(scriptRunSchema).max(most.ofDocument).exactOptional(),
  sentences: z.array(sentenceSchema).max(most.ofDocument),
  checkable: z.array(sentenceSchema).max(most.ofDocument),
  annotations: z.array(reportAnnotationSchema).max(most.ofDocument),
  decisions: z.array(z.strictObject({ id: idSchema, authorId: codeField, ...spanFields })).max(most.ofDocument),
  adjudication: documentAdjudicationSchema.nullable().exactOptional(),
})
/** See `reportDocumentSchema`. */
export type ReportDocument = z.infer<typeof reportDocumentSchema>

/** The blind ratings of one document, and its length in UTF-16 code units; see `BlindDocument` of agreement/statistics.ts. */
const blindDocumentSchema = z.strictObject({
  id: idSchema,
  length: offsetSchema,
  reviewers: z
    .array(
      z.strictObject({
        id: codeField,
        spans: z
          .array(z.strictObject({ id: idSchema, ...spanFields, rating: z.enum(ratings) }))
          .max(most.ofDocument)
          .readonly(),
      }),
    )
    .max(most.reviewers)
    .readonly(),
})

/** A document that was withdrawn after a session had assessed it, with what it had settled. */
const withdrawnInputSchema = z.strictObject({
  ...withdrawnDocumentSchema.omit({ claims: true }).shape,
  by: codeField,
  adjudication: documentAdjudicationSchema,
})

/** The inputs of a source's report. */
export const reportInputsSchema = z.strictObject({
  /** The method versions of the report and of its agreement. */
  methodVersion: codeField,
  /** The version of the program that wrote the inputs. */
  softwareVersion: codeField,
  source: z.strictObject({ id: idSchema, name: textField, kind: textField, homepage: textField }),
  choices: reportChoicesSchema.strict(),
  documents: z.array(reportDocumentSchema).max(most.documents),
  withdrawn: z.array(withdrawnInputSchema).max(most.documents),
  earlierSessions: z.array(earlierSessionSchema.strict()).max(most.sessions),
  reopenedSessions: z.array(reopenedSessionSchema.strict()).max(most.sessions),
  /** The closed sessions whose verdicts assess a document here. */
  sessions: z.array(sessionRecordSchema).max(most.sessions),
  /** How many documents are in their blind phase: these come without their marks. */
  documentsInBlindPhase: countField,
  /** The blind ratings of those sessions in the documents here, and the parameters of their agreement. */
  agreement: z.strictObject({
    methodVersion: codeField,
    parameters: agreementParametersSchema,
    documents: z.array(blindDocumentSchema).max(most.documents),
  }),
})
/** See `reportInputsSchema`. */
export type ReportInputs = z.infer<typeof reportInputsSchema>

/**
 * Checks inputs against `reportInputsSchema`, in steps.
 * @throws ZodError
 */
export function* checkInputsSteps({ documents, ...rest }: ReportInputs): Steps<ReportInputs> {
  z.array(z.unknown()).max(most.documents).parse(documents)
  const checked = reportInputsSchema.parse({ ...rest, documents: [] })
  for (const document of documents) {
    yield
    checked.documents.push(reportDocumentSchema.parse(document))
  }
  return checked
}
