import { z } from 'zod'
import { outOfScopeReasons, type DocumentContent } from '../text/model'
import { idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'

/** The most text one document may hold, in bytes of UTF-8. */
export const maxTextBytes = 5 * 1024 * 1024

/** A date of which the day, or the day and the month, may be unknown. */
export const partialDateSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'Write a date as 2025, 2025-03 or 2025-03-14.')

/** What is said about a document beside its text. */
export const documentMetadataSchema = z.object({
  title: textSchema(1000).min(1, 'Give the document a title.'),
  author: textSchema(500).default(''),
  publishedOn: partialDateSchema.nullable().default(null),
  language: z.string().max(35).regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'Write a language as en, fa or pt-BR.').default('und'),
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]).default(''),
})
export type DocumentMetadata = z.infer<typeof documentMetadataSchema>

/** A document as lists show it. Counts are of its latest revision; `annotationCount` counts annotations of all reviewers. */
export const documentViewSchema = z.object({
  id: idSchema,
  source: z.object({ id: idSchema, name: z.string() }),
  title: z.string(),
  author: z.string(),
  publishedOn: z.string().nullable(),
  language: z.string(),
  url: z.string(),
  revision: z.object({
    id: idSchema,
    number: z.number().int(),
    sha256: z.string(),
    wordCount: z.number().int(),
    sentenceCount: z.number().int(),
    checkableCount: z.number().int(),
    createdAt: instantSchema,
  }),
  annotationCount: z.number().int(),
  version: versionSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  may: z.object({ update: z.boolean(), delete: z.boolean(), annotate: z.boolean() }),
})
export type DocumentView = z.infer<typeof documentViewSchema>

/** A part of the text that does not count, with who said so (null: recognised at import). */
export const scopeRegionSchema = z.object({
  start: offsetSchema,
  end: offsetSchema,
  reason: z.enum(outOfScopeReasons),
})

/** A person's change of scope. */
export const scopeChangeViewSchema = z.object({
  id: idSchema,
  start: offsetSchema,
  end: offsetSchema,
  inScope: z.boolean(),
  reason: z.string(),
  member: z.object({ id: idSchema, name: z.string() }),
  createdAt: instantSchema,
})
export type ScopeChangeView = z.infer<typeof scopeChangeViewSchema>

/** A whole revision: what the reader needs. `sentences` is packed (lib/domain/text/sentences). */
export const revisionViewSchema = z.object({
  id: idSchema,
  documentId: idSchema,
  number: z.number().int(),
  content: z.custom<DocumentContent>(),
  text: z.string(),
  sha256: z.string(),
  sentences: z.array(z.number().int()),
  wordCount: z.number().int(),
  scopeChanges: z.array(scopeChangeViewSchema),
  origin: z.enum(['paste', 'file', 'command_line', 'api']),
  createdAt: instantSchema,
})
export type RevisionView = z.infer<typeof revisionViewSchema>
