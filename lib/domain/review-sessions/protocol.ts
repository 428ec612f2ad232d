import { z } from 'zod'

/** When reviewers of a blind session may see each other's marks: after their own submission, or when the blind phase ends. */
export const reveals = ['after_submission', 'after_phase'] as const
export type Reveal = (typeof reveals)[number]

/**
 * How a session's work is done. It is fixed when the session becomes active, so that every reviewer works by the same rules.
 * - `reviewersPerDocument`: how many members read each document.
 * - `blind`, `reveal`: whether reviewers see only their own marks, and until when.
 * - `requireSentenceDecisions`: whether every checkable sentence needs a decision before submitting.
 * - `requireQuotes`: whether a citation that carries a rating must quote the words it stands on.
 * - `requireSearchNote`: whether `unsourced` needs a note saying what was searched.
 * - `minimumReviewers`: how many members must have decided a sentence for it to count as covered.
 * - `adjudicateOwn`: whether an adjudicator may settle a claim that they rated as a reviewer; such a verdict is marked.
 * - `presence`: whether people see who else is in a document.
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
})
export type Protocol = z.infer<typeof protocolSchema>

/** The protocol of a session that says nothing else. */
export const defaultProtocol: Protocol = protocolSchema.parse({})
