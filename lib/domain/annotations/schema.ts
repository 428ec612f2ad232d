import { z } from 'zod'
import { maxNoteLength } from './note-length'
import { idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'
import { referenceSummarySchema } from '../references/schema'
import { tagListSchema } from '../tags/schema'
import { typographicDifferences } from '../text/typography'
import { scriptSchema } from '../text/schema'
import { ratings, stances } from './rating'

/** The most UTF-16 code units one annotation may span. */
export const maxSpanLength = 20_000
/** The most citations one annotation may carry. */
export const maxCitations = 50

/**
 * What a caller sends for one citation. Citations are sent with their annotation, as a whole list, in order. `quoteStart` (UTF-16) says where in the
 * snapshot the quote was taken from, when that is known; if the words are not there, another place is searched for.
 */
export const citationInputSchema = z
  .object({
    id: idSchema.optional(),
    referenceId: idSchema,
    stance: z.enum(stances),
    quote: textSchema(10_000).default(''),
    locator: textSchema(300).default(''),
    quoteStart: offsetSchema.nullable().optional(),
  })
  .strict()
export type CitationInput = z.infer<typeof citationInputSchema>

/** What a caller sends to make an annotation. `exact` must equal the slice of the revision's text; when left out, it is read from the text. */
export const annotationInputSchema = z.object({
  id: idSchema.optional(),
  start: offsetSchema,
  end: offsetSchema,
  exact: textSchema(maxSpanLength).optional(),
  rating: z.enum(ratings),
  disputed: z.boolean().default(false),
  partial: z.boolean().default(false),
  note: textSchema(maxNoteLength).default(''),
  tags: tagListSchema.default([]),
  citations: z.array(citationInputSchema).max(maxCitations).default([]),
})
export type AnnotationInput = z.infer<typeof annotationInputSchema>

/** What a caller sends to change an annotation: only the parts that change. */
export const annotationPatchSchema = z
  .object({
    start: offsetSchema,
    end: offsetSchema,
    exact: textSchema(maxSpanLength),
    rating: z.enum(ratings),
    disputed: z.boolean(),
    partial: z.boolean(),
    note: textSchema(maxNoteLength),
    tags: tagListSchema,
    citations: z.array(citationInputSchema).max(maxCitations),
  })
  .partial()
export type AnnotationPatch = z.infer<typeof annotationPatchSchema>

/**
 * A citation as answers show it. `quoteStart`/`quoteEnd` (UTF-16) are set when the snapshot has the quote; `quoteDifferences` says how its typography
 * differs there, and is left out when it is word for word.
 */
export const citationViewSchema = z
  .object({
    id: idSchema,
    stance: z.enum(stances),
    quote: z.string(),
    locator: z.string(),
    quoteStart: z.number().int().nullable(),
    quoteEnd: z.number().int().nullable(),
    quoteDifferences: z.array(z.enum(typographicDifferences)).min(1).optional(),
    reference: referenceSummarySchema,
  })
  .meta({ id: 'Citation' })
export type CitationView = z.infer<typeof citationViewSchema>

/** An annotation as answers show it. `missing` names the evidence that its rating lacks (law 5), or is null. */
export const annotationViewSchema = z
  .object({
    id: idSchema,
    revisionId: idSchema,
    author: z.object({ id: idSchema, name: z.string() }),
    start: offsetSchema,
    end: offsetSchema,
    exact: z.string(),
    script: scriptSchema,
    rating: z.enum(ratings),
    disputed: z.boolean(),
    partial: z.boolean(),
    note: z.string(),
    tags: z.array(z.string()),
    citations: z.array(citationViewSchema),
    missing: z.enum(['supporting-citation', 'contradicting-citation']).nullable(),
    version: versionSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    may: z.object({ update: z.boolean(), delete: z.boolean() }),
  })
  .meta({ id: 'Annotation' })
export type AnnotationView = z.infer<typeof annotationViewSchema>

/** What a caller sends to decide "no claim here" for the sentence that starts at `start`. */
export const sentenceDecisionInputSchema = z.object({ id: idSchema.optional(), start: offsetSchema, end: offsetSchema })
export type SentenceDecisionInput = z.infer<typeof sentenceDecisionInputSchema>

/** A sentence decision as answers show it. */
export const sentenceDecisionViewSchema = z
  .object({
    id: idSchema,
    revisionId: idSchema,
    author: z.object({ id: idSchema, name: z.string() }),
    start: offsetSchema,
    end: offsetSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'SentenceDecision' })
export type SentenceDecisionView = z.infer<typeof sentenceDecisionViewSchema>

/** The most sentences one call decides. */
export const maxBulkDecisions = 500

/** What a caller sends to decide "no claim here" for many sentences of a revision at once. */
export const sentenceDecisionsInputSchema = z.object({
  decisions: z.array(sentenceDecisionInputSchema.strict()).min(1).max(maxBulkDecisions),
})
