import { z } from 'zod'
import {
  filledTextSchema,
  idSchema,
  instantSchema,
  isStorableJson,
  textSchema,
  versionSchema,
  webAddressSchema,
} from '../fields'
import { fitsText, keptFileSchema } from './kept-file'

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
  .strictObject({
    family: textSchema(300).optional(),
    given: textSchema(300).optional(),
    literal: textSchema(600).optional(),
  })
  .refine((name) => name.family !== undefined || name.literal !== undefined, 'Give a family name or a literal name.')

/** A date as in CSL-JSON: one to three numbers, year first. */
export const dateSchema = z
  .strictObject({ 'date-parts': z.array(z.array(z.number().int()).min(1).max(3)).length(1) })
  .refine(
    ({ 'date-parts': [parts] }) => parts !== undefined && isDate(parts),
    'Write a date as [year], [year, month] or [year, month, day], with a day that the month has.',
  )

function isDate([year = 0, month = 1, day = 1]: readonly number[]): boolean {
  if (Math.abs(year) > 9999 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(2000 + (((year % 400) + 400) % 400), month, 0)).getUTCDate()
}

/** The part of CSL-JSON that we write; `custom` keeps all other fields of an import. */
export const cslSchema = z.strictObject({
  type: z.enum(referenceTypes),
  title: filledTextSchema(2000, 'Give the title.'),
  author: z.array(nameSchema).max(100).optional(),
  'container-title': textSchema(1000).optional(),
  publisher: textSchema(1000).optional(),
  issued: dateSchema.optional(),
  accessed: dateSchema.optional(),
  DOI: textSchema(300).optional(),
  URL: webAddressSchema.optional(),
  page: textSchema(100).optional(),
  volume: textSchema(100).optional(),
  issue: textSchema(100).optional(),
  note: textSchema(10_000).optional(),
  language: textSchema(40).optional(),
  custom: z
    .record(z.string(), z.unknown())
    .refine(
      isStorableJson,
      'Only JSON with finite numbers and without U+0000 or half of a surrogate pair can be stored.',
    )
    .optional(),
})
export type Csl = z.infer<typeof cslSchema>

/** The most text a reference's snapshot may hold, in UTF-16 code units. */
export const maxSnapshotLength = 2_000_000

const snapshotFileField = keptFileSchema
  .nullable()
  .describe('The file that the kept text was read from, with its pages; removed when the text is changed without it.')

const misfit = {
  path: ['snapshotFile'],
  message: 'Send the file together with the text that was read from it; each of its pages begins in that text.',
}

/** What a caller sends to make or replace a reference. */
export const referenceInputSchema = z
  .strictObject({
    id: idSchema.optional(),
    csl: cslSchema,
    snapshotText: textSchema(maxSnapshotLength).nullable().optional(),
    snapshotFile: snapshotFileField.optional(),
  })
  .refine(({ snapshotText, snapshotFile }) => fitsText(snapshotFile, snapshotText), misfit)
export type ReferenceInput = z.infer<typeof referenceInputSchema>

/** What a caller sends to change a reference: only the parts that change. */
export const referencePatchSchema = z
  .strictObject({
    csl: cslSchema.optional(),
    snapshotText: textSchema(maxSnapshotLength).nullable().optional(),
    snapshotFile: snapshotFileField.optional(),
  })
  .refine(({ snapshotText, snapshotFile }) => fitsText(snapshotFile, snapshotText), misfit)
export type ReferencePatch = z.infer<typeof referencePatchSchema>

/** A reference in lists and citations. */
export const referenceSummarySchema = z
  .object({
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
  .meta({ id: 'ReferenceSummary' })
export type ReferenceSummary = z.infer<typeof referenceSummarySchema>

/** What a caller sends to merge a reference into another, with the version of it that was seen. */
export const mergeInputSchema = z.strictObject({ otherId: idSchema, otherVersion: versionSchema })

/** Pairs of references that seem to be the same thing, and why (lib/domain/references/merge.ts). */
export const referenceTwinsSchema = z.object({
  items: z.array(
    z.object({
      one: referenceSummarySchema,
      other: referenceSummarySchema,
      because: z.enum(['doi', 'address', 'title-and-date']),
    }),
  ),
})

/** A whole reference. */
export const referenceViewSchema = referenceSummarySchema
  .extend({
    csl: cslSchema,
    snapshotText: z.string().nullable(),
    snapshotSha256: z.string().nullable(),
    snapshotAt: instantSchema.nullable(),
    snapshotFile: keptFileSchema.nullable(),
    citationCount: z.number().int(),
    version: versionSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    may: z.object({ update: z.boolean(), delete: z.boolean() }),
  })
  .meta({ id: 'Reference' })
export type ReferenceView = z.infer<typeof referenceViewSchema>
