import { z } from 'zod'
import { idSchema, instantSchema, versionSchema, textSchema } from '../fields'

/** The kinds of reference the interface offers; the names are CSL's item types. */
export const referenceTypes = [
  'article-journal',
  'article-magazine',
  'article-newspaper',
  'book',
  'chapter',
  'dataset',
  'document',
  'hearing',
  'interview',
  'legal_case',
  'legislation',
  'motion_picture',
  'personal_communication',
  'post',
  'post-weblog',
  'report',
  'speech',
  'standard',
  'thesis',
  'webpage',
] as const

/** A name as in CSL-JSON: `literal`, or `family` with `given`. */
export const nameSchema = z
  .object({ family: textSchema(300).optional(), given: textSchema(300).optional(), literal: textSchema(600).optional() })
  .refine((name) => name.family !== undefined || name.literal !== undefined, 'Give a family name or a literal name.')

/** A date as in CSL-JSON: one to three numbers, year first. */
export const dateSchema = z.object({ 'date-parts': z.array(z.array(z.number().int()).min(1).max(3)).length(1) })

/** The part of CSL-JSON that we write; `custom` keeps anything else an import brought. */
export const cslSchema = z.object({
  type: z.enum(referenceTypes),
  title: textSchema(2000).min(1, 'Give the title.'),
  author: z.array(nameSchema).max(100).optional(),
  'container-title': textSchema(1000).optional(),
  publisher: textSchema(1000).optional(),
  issued: dateSchema.optional(),
  accessed: dateSchema.optional(),
  DOI: textSchema(300).optional(),
  URL: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]).optional(),
  page: textSchema(100).optional(),
  volume: textSchema(100).optional(),
  issue: textSchema(100).optional(),
  note: textSchema(10_000).optional(),
  language: textSchema(40).optional(),
  custom: z.record(z.string(), z.json()).optional(),
})
export type Csl = z.infer<typeof cslSchema>

/** The most text a reference's snapshot may hold, in UTF-16 code units. */
export const maxSnapshotLength = 2_000_000

/** What a caller sends to make or replace a reference. */
export const referenceInputSchema = z.object({
  id: idSchema.optional(),
  csl: cslSchema,
  snapshotText: z.string().max(maxSnapshotLength).nullable().optional(),
})
export type ReferenceInput = z.infer<typeof referenceInputSchema>

/** A reference as lists and citations show it. */
export const referenceSummarySchema = z.object({
  id: idSchema,
  type: z.string(),
  title: z.string(),
  author: z.string(),
  publisher: z.string(),
  issued: z.string(),
  doi: z.string(),
  url: z.string(),
  hasSnapshot: z.boolean(),
})
export type ReferenceSummary = z.infer<typeof referenceSummarySchema>

/** A whole reference. */
export const referenceViewSchema = referenceSummarySchema.extend({
  csl: cslSchema,
  snapshotText: z.string().nullable(),
  snapshotSha256: z.string().nullable(),
  snapshotAt: instantSchema.nullable(),
  citationCount: z.number().int(),
  version: versionSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  may: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type ReferenceView = z.infer<typeof referenceViewSchema>
