import { z } from 'zod'
import { ratings } from '../annotations/rating'
import { idSchema } from '../fields'

/** The version of the method. It changes whenever the same ratings could give another figure. */
export const agreementMethodVersion = '2.2'

const count = z.number().int().min(0)

/** A sentence with a code for programs. */
function saidSchema<const Codes extends readonly [string, ...string[]]>(codes: Codes) {
  return z.object({ code: z.enum(codes), says: z.string() })
}

/** Why a figure is undefined. */
export const missingReasonSchema = saidSchema(['too-few-reviewers', 'nothing-shared', 'nothing-marked', 'no-variation'])
/** See `missingReasonSchema`. */
export type MissingReason = z.infer<typeof missingReasonSchema>

/** Why an interval is missing. */
export const missingIntervalSchema = saidSchema([
  'too-few-documents',
  'hangs-on-one-document',
  'no-variance',
  'no-figure',
])
/** See `missingIntervalSchema`. */
export type MissingInterval = z.infer<typeof missingIntervalSchema>

/** The data left out of a figure: what, how much, and why. */
export const leftOutSchema = z.object({
  what: z.enum(['documents-read-once', 'claims-marked-once', 'pairs-without-figure']),
  count,
  says: z.string(),
})
/** See `leftOutSchema`. */
export type LeftOut = z.infer<typeof leftOutSchema>

/**
 * A 95 % interval from leaving out one of `documents` at a time. `no-disagreement`: nobody disagreed in any document, and the interval is that of 0
 * of all claims.
 */
export const intervalSchema = z.object({
  low: z.number(),
  high: z.number(),
  documents: count,
  method: z.enum(['jackknife', 'no-disagreement']),
})

/** One figure with the data behind it. */
export const figureSchema = z.object({
  /** At most 1; 0 is the agreement expected by chance, except for the F1 figures, which have no correction for chance. Null: see `reason`. */
  value: z.number().nullable(),
  reason: missingReasonSchema.nullable(),
  /** The unit of `n`: claims, characters (UTF-16 code units) or pairs of reviewers. */
  unit: z.enum(['claims', 'characters', 'pairs']),
  n: count,
  /** The amount that could be compared, counted once for each reviewer: ratings, characters, or spans (exact F1). */
  pairable: count,
  leftOut: z.array(leftOutSchema),
  raters: count,
  /** The plain agreement before the correction for chance; null where the figure is plain agreement itself or nothing was compared. */
  rawAgreement: z.number().nullable(),
  interval: intervalSchema.nullable(),
  /** Null when there is an interval. */
  intervalReason: missingIntervalSchema.nullable(),
})
/** See `figureSchema`. */
export type Figure = z.infer<typeof figureSchema>

/** The number of times a rating was given: among claims that two or more marked, and among all claims (where "not marked" is an answer too). */
export const prevalenceSchema = z.object({
  category: z.enum([...ratings, 'not_marked']),
  coMarked: count,
  all: count,
})

/** All figures of one slice; docs/methods-agreement.md explains each. */
export const sliceSchema = z.object({
  labelAlpha: figureSchema,
  labelAlphaWithUnmarked: figureSchema,
  boundaryAlpha: figureSchema,
  unitizingAlpha: figureSchema,
  codedAlpha: figureSchema,
  ac1: figureSchema,
  kappa: figureSchema,
  characterF1: figureSchema,
  exactF1: figureSchema,
  /** The mean distance of the starts and of the ends of matched spans, in UTF-16 code units; null when no span is matched. */
  boundaryError: z.object({ matched: count, start: z.number(), end: z.number() }).nullable(),
  prevalence: z.array(prevalenceSchema),
})
/** See `sliceSchema`. */
export type Slice = z.infer<typeof sliceSchema>

const matrixSchema = z.array(z.array(z.number()))

/** Why the agreement of a session is not established, or must be read with care. */
export const agreementGateSchema = saidSchema([
  'nothing-compared',
  'no-alpha',
  'no-interval',
  'alpha-too-low',
  'too-few-readers',
  'few-documents',
  'few-claims',
  'marks-differ',
])
/** See `agreementGateSchema`. */
export type AgreementGate = z.infer<typeof agreementGateSchema>

/** The estimated number of claims that nobody marked in the documents that two or more read; a lower estimate. The numbers need not be whole. */
export const unmarkedSchema = z.object({
  unmarked: z.number(),
  low: z.number(),
  high: z.number(),
  marked: count.describe('Claims that at least one reviewer marked in these documents.'),
  documents: count,
  method: z.enum(['chapman', 'chao', 'chapman-and-chao']),
  says: z.string(),
})
/** See `unmarkedSchema`. */
export type Unmarked = z.infer<typeof unmarkedSchema>

/** The parameters of intervals and of established agreement. */
export const agreementParametersSchema = z.strictObject({
  /** The level of all intervals. */
  level: z.number(),
  /** The least overlap (intersection over union) of spans of two reviewers in one claim. */
  minimumOverlap: z.number(),
  /** The thresholds of `established`. */
  alphaFloor: z.number(),
  minimumComparedDocuments: count,
  minimumCoMarkedClaims: count,
  minimumReaders: count,
  maximumThinShare: z.number(),
})

/** The agreement of a session's blind ratings, with everything needed to compute it again. */
export const agreementViewSchema = z
  .object({
    methodVersion: z.string(),
    parameters: agreementParametersSchema,
    documents: z.object({ total: count, compared: count, readOnce: count, unread: count }),
    reviewerIds: z.array(idSchema),
    spans: count,
    /**
     * `coMarked`: marked by two or more. `markedOnce`: marked by one reviewer, in documents that two or more submitted. `thin`: in documents that
     * fewer than `minimumReaders` submitted. `total` is their sum.
     */
    claims: z.object({ total: count, coMarked: count, markedOnce: count, thin: count }),
    /** The changes made so that no reviewer's spans overlap, for the alphas of unitizing. */
    overlaps: z.object({ cut: count, divided: count, covered: count, outside: count }),
    established: z.boolean(),
    /** Empty when established. */
    reasons: z.array(agreementGateSchema),
    cautions: z.array(agreementGateSchema),
    /** How far reviewers agree on what to mark, in a sentence; null where nothing was compared. */
    detectionSays: z.string().nullable(),
    /** Null where two reviewers marked too few claims in common. */
    unmarked: unmarkedSchema.nullable(),
    session: sliceSchema,
    perRating: z.array(z.object({ rating: z.enum(ratings), slice: sliceSchema })),
    perPair: z.array(z.object({ reviewerIds: z.tuple([idSchema, idSchema]), documents: count, slice: sliceSchema })),
    /** Sorted by id, like all lists here. */
    perDocument: z.array(z.object({ documentId: idSchema, reviewerIds: z.array(idSchema), slice: sliceSchema })),
    /**
     * Coincidence matrices of the session: how often two ratings met, with each pair of reviewers weighted so that a claim counts as often as it has
     * ratings.
     */
    coincidences: z.object({
      categories: z.array(z.enum([...ratings, 'not_marked'])),
      coMarked: matrixSchema,
      withUnmarked: matrixSchema,
    }),
    /** Square, in the order of `reviewerIds`. Null on the diagonal, where two never read the same document, and where undefined. */
    pairwise: z.object({
      labelAlpha: z.array(z.array(z.number().nullable())),
      kappa: z.array(z.array(z.number().nullable())),
      characterF1: z.array(z.array(z.number().nullable())),
    }),
  })
  .meta({ id: 'Agreement' })
/** See `agreementViewSchema`. */
export type Agreement = z.infer<typeof agreementViewSchema>

/** Why a session's agreement cannot be shown. */
export const agreementStates = ['shown', 'hidden-while-blind', 'not-blind', 'nothing-submitted'] as const

/**
 * The agreement of a review session in API answers. `agreement` is null unless `state` is `shown`. `withdrawn` counts blind ratings of withdrawn
 * work, which are kept but do not enter.
 */
export const sessionAgreementSchema = z
  .object({
    sessionId: idSchema,
    state: z.enum(agreementStates),
    says: z.string(),
    agreement: agreementViewSchema.nullable(),
    reviewers: z.array(z.object({ id: idSchema, name: z.string() })),
    documents: z.array(z.object({ id: idSchema, title: z.string() })),
    withdrawn: count,
  })
  .meta({ id: 'SessionAgreement' })
/** See `sessionAgreementSchema`. */
export type SessionAgreement = z.infer<typeof sessionAgreementSchema>
