import { z } from 'zod'

/** When reviewers of a blind session may see each other's marks: after their own submission, or when the blind phase ends. */
export const reveals = ['after_submission', 'after_phase'] as const
export type Reveal = (typeof reveals)[number]

/**
 * How much of a session is read twice where each document is read once: a share or a number of its documents. `drawSecondReading` in
 * lib/server/review-sessions draws them at random.
 */
const secondReadingSchema = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('share'), share: z.number().min(0.05).max(0.95) }),
  z.strictObject({ how: z.literal('number'), documents: z.number().int().min(2).max(2_000) }),
])
/** See `secondReadingSchema`. */
export type SecondReading = z.infer<typeof secondReadingSchema>

/**
 * The protocol of a session. It is fixed when the session becomes active, so that every reviewer works by the same rules.
 * - `reviewersPerDocument`: how many members read each document.
 * - `blind`, `reveal`: whether reviewers see only their own marks, and until when.
 * - `requireSentenceDecisions`: whether every checkable sentence needs a decision before submitting.
 * - `requireQuotes`: whether a citation that supports a rating must quote the relevant words.
 * - `requireSearchNote`: whether `unsourced` needs a note on what was searched.
 * - `minimumReviewers`: how many members must have decided a sentence for it to count as covered.
 * - `adjudicateOwn`: whether an adjudicator may settle a claim that they rated as a reviewer; such a verdict is marked.
 * - `presence`: whether people see who else is in a document.
 * - `secondReading`: when given, one member reads each document, and `reviewersPerDocument` members read the drawn ones; only these are adjudicated,
 * and the report's shares are two-phase estimates. Needs a blind session. Left out where all documents are read alike.
 */
export const protocolSchema = z.strictObject({
  reviewersPerDocument: z.number().int().min(1).max(20).default(2),
  blind: z.boolean().default(true),
  reveal: z.enum(reveals).default('after_phase'),
  requireSentenceDecisions: z.boolean().default(true),
  requireQuotes: z.boolean().default(false),
  requireSearchNote: z.boolean().default(false),
  minimumReviewers: z.number().int().min(1).max(20).default(1),
  adjudicateOwn: z.boolean().default(false),
  presence: z.boolean().default(true),
  secondReading: secondReadingSchema.exactOptional(),
})
export type Protocol = z.infer<typeof protocolSchema>

/** The default protocol. */
export const defaultProtocol: Protocol = protocolSchema.parse({})

/** Why a protocol with a second reading cannot work, each reason with its remedy; empty when it can, or without a second reading. */
export function secondReadingProblems(protocol: Protocol): string[] {
  if (protocol.secondReading === undefined) return []
  return [
    ...(protocol.blind
      ? []
      : [
          'A second reading needs a blind session: a reviewer who sees the first reading does not judge independently. Choose “Blind”.',
        ]),
    ...(protocol.reviewersPerDocument >= 2
      ? []
      : ['A second reading needs two reviewers or more for each document that is drawn. Ask for two.']),
    ...(protocol.minimumReviewers === 1
      ? []
      : ['Most documents are read once, so a sentence counts as covered after one reviewer. Ask for one.']),
  ]
}

/**
 * How many of `documents` documents are read twice: at least two, at most all but one. 0 without a second reading, or with fewer than three
 * documents.
 */
export function secondReadingSize({ secondReading }: Protocol, documents: number): number {
  if (secondReading === undefined || documents < 3) return 0
  const wanted = secondReading.how === 'share' ? Math.round(secondReading.share * documents) : secondReading.documents
  return Math.min(Math.max(wanted, 2), documents - 1)
}

/** How many members read a document. `readTwice`: whether it was drawn for the second reading. */
export function readersOf({ secondReading, reviewersPerDocument }: Protocol, readTwice: boolean): number {
  return secondReading === undefined || readTwice ? reviewersPerDocument : 1
}

/** The extent of the second reading in words: "a random 30 % of the documents", "12 documents drawn at random". */
export function secondReadingInWords(secondReading: SecondReading): string {
  return secondReading.how === 'share'
    ? `a random ${Math.round(secondReading.share * 100)} % of the documents`
    : `${secondReading.documents} documents drawn at random`
}
