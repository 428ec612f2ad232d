import { z } from 'zod'
import { ratings } from '../annotations/rating'
import { idSchema } from '../fields'

/** Changes whenever a figure could come out differently for the same ratings. */
export const agreementMethodVersion = '2.2'

const count = z.number().int().min(0)

/** A sentence with a code for programs. */
function saidSchema<const Codes extends readonly [string, ...string[]]>(codes: Codes) {
  return z.object({ code: z.enum(codes), says: z.string() })
}

/** Why there is no figure. */
export const missingReasonSchema = saidSchema(['too-few-reviewers', 'nothing-shared', 'nothing-marked', 'no-variation'])
/** See `missingReasonSchema`. */
export type MissingReason = z.infer<typeof missingReasonSchema>

/** Why there is no interval. */
export const missingIntervalSchema = saidSchema([
  'too-few-documents',
  'hangs-on-one-document',
  'no-variance',
  'no-figure',
])
/** See `missingIntervalSchema`. */
export type MissingInterval = z.infer<typeof missingIntervalSchema>

/** What did not enter a figure, how much of it, and why. */
export const leftOutSchema = z.object({
  what: z.enum(['documents-read-once', 'claims-marked-once', 'pairs-without-figure']),
  count,
  says: z.string(),
})
/** See `leftOutSchema`. */
export type LeftOut = z.infer<typeof leftOutSchema>

/**
 * A 95 % interval from leaving out one of `documents` at a time; `no-disagreement` where nobody disagreed in any, and the interval is that of none of all
 * claims.
 */
export const intervalSchema = z.object({
  low: z.number(),
  high: z.number(),
  documents: count,
  method: z.enum(['jackknife', 'no-disagreement']),
})

/** One figure with all it rests on. */
export const figureSchema = z.object({
  /** At most 1; 0 is what chance alone would give (not for the F1 figures, which know no chance). Null: see `reason`. */
  value: z.number().nullable(),
  reason: missingReasonSchema.nullable(),
  /** What `n` counts: claims, characters (UTF-16 code units) or pairs of reviewers. */
  unit: z.enum(['claims', 'characters', 'pairs']),
  n: count,
  /** How much could be compared, each reviewer counted: ratings, characters, or spans (exact F1). */
  pairable: count,
  leftOut: z.array(leftOutSchema),
  raters: count,
  /** The plain share of agreement, before chance is taken off; null where the figure is one itself or nothing was compared. */
  rawAgreement: z.number().nullable(),
  interval: intervalSchema.nullable(),
  /** Null when there is an interval. */
  intervalReason: missingIntervalSchema.nullable(),
})
/** See `figureSchema`. */
export type Figure = z.infer<typeof figureSchema>

/** How often a rating was given: among claims that two or more marked, and among all claims ("not marked" counted with the latter). */
export const prevalenceSchema = z.object({
  category: z.enum([...ratings, 'not_marked']),
  coMarked: count,
  all: count,
})

/** All figures of one slice. docs/methods-agreement.md says which means what. */
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
  /** Mean distance of the starts and of the ends of matched spans, in UTF-16 code units; null when no span is matched. */
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

/** How many claims nobody marked in the documents that two or more read; a lower estimate. Counts of an estimate need not be whole. */
export const unmarkedSchema = z.object({
  unmarked: z.number(),
  low: z.number(),
  high: z.number(),
  marked: count.describe('Claims that someone marked in these documents.'),
  documents: count,
  method: z.enum(['chapman', 'chao', 'chapman-and-chao']),
  says: z.string(),
})
/** See `unmarkedSchema`. */
export type Unmarked = z.infer<typeof unmarkedSchema>

/** What intervals and established agreement are decided by. */
export const agreementParametersSchema = z.strictObject({
  /** Of all intervals. */
  level: z.number(),
  /** Spans of two reviewers are one claim from this overlap on (intersection over union). */
  minimumOverlap: z.number(),
  /** Gates of `established`. */
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
     * `coMarked` by two or more; `markedOnce` in documents that two or more submitted, one of whom marked it; `thin` in documents that fewer than
     * `minimumReaders` submitted. `total` is all three.
     */
    claims: z.object({ total: count, coMarked: count, markedOnce: count, thin: count }),
    /** What was done so that no reviewer's spans overlap, for the alphas of unitizing. */
    overlaps: z.object({ cut: count, divided: count, covered: count, outside: count }),
    established: z.boolean(),
    /** Empty when established. */
    reasons: z.array(agreementGateSchema),
    cautions: z.array(agreementGateSchema),
    /** How far reviewers agree on what to mark, in a sentence; null where nothing was compared. */
    detectionSays: z.string().nullable(),
    /** Null where too few claims were marked by two. */
    unmarked: unmarkedSchema.nullable(),
    session: sliceSchema,
    perRating: z.array(z.object({ rating: z.enum(ratings), slice: sliceSchema })),
    perPair: z.array(z.object({ reviewerIds: z.tuple([idSchema, idSchema]), documents: count, slice: sliceSchema })),
    /** Sorted by id, as all lists here. */
    perDocument: z.array(z.object({ documentId: idSchema, reviewerIds: z.array(idSchema), slice: sliceSchema })),
    /** Coincidence matrices of the session: how often a rating met another, each pair of reviewers weighted so that a claim counts as its ratings. */
    coincidences: z.object({
      categories: z.array(z.enum([...ratings, 'not_marked'])),
      coMarked: matrixSchema,
      withUnmarked: matrixSchema,
    }),
    /** Square, in the order of `reviewerIds`; null on the diagonal, where two never met, and where undefined. */
    pairwise: z.object({
      labelAlpha: z.array(z.array(z.number().nullable())),
      kappa: z.array(z.array(z.number().nullable())),
      characterF1: z.array(z.array(z.number().nullable())),
    }),
  })
  .meta({ id: 'Agreement' })
/** See `agreementViewSchema`. */
export type Agreement = z.infer<typeof agreementViewSchema>

/** Why a session has no agreement to show. */
export const agreementStates = ['shown', 'hidden-while-blind', 'not-blind', 'nothing-submitted'] as const

/**
 * The agreement of a review session as answers show it. `agreement` is null unless `state` is `shown`. `withdrawn` counts blind ratings of work
 * that was taken back: they are kept and do not enter.
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
