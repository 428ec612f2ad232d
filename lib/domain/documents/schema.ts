import { z } from 'zod'
import { likenessSchema } from '../likeness/schema'
import type { StructureSummary } from '../text/summary'
import { encodingGrounds } from './encodings'
import { tagListSchema, tagsUpTo } from '../tags/schema'
import { maxTags } from '../tags/tag'
import { outOfScopeReasons, type DocumentContent } from '../text/model'
import {
  idSchema,
  instantSchema,
  offsetSchema,
  filledTextSchema,
  textSchema,
  versionSchema,
  webAddressSchema,
} from '../fields'

/** The most text one document may hold, in bytes of UTF-8. */
export const maxTextBytes = 5 * 1024 * 1024

/** The largest file to read text from, in bytes, for formats that also hold pictures and fonts, such as Word. */
export const maxFileBytes = 25 * 1024 * 1024

/** A date whose day, or day and month, may be unknown. */
export const partialDateSchema = z
  .string()
  .max(10, 'Write a date as 2025, 2025-03 or 2025-03-14.')
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'Write a date as 2025, 2025-03 or 2025-03-14.')
  .refine((date) => date.length < 10 || isCalendarDay(date), 'The calendar has no such day.')

function isCalendarDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date)
}

const metadataFields = {
  title: filledTextSchema(1000, 'Give the document a title.'),
  author: textSchema(500),
  publishedOn: partialDateSchema.nullable(),
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'Write a language as en, fa or pt-BR.'),
  url: webAddressSchema,
}

/** The metadata of a document. */
export const documentMetadataSchema = z.object({
  title: metadataFields.title,
  author: metadataFields.author.default(''),
  publishedOn: metadataFields.publishedOn.default(null),
  language: metadataFields.language.default('und'),
  url: metadataFields.url.default(''),
})
export type DocumentMetadata = z.infer<typeof documentMetadataSchema>

/** The metadata that a caller may give for a document it imports; what is left out is taken from the text. */
export const documentOverridesSchema = z.object(metadataFields).partial()
export type DocumentOverrides = z.infer<typeof documentOverridesSchema>

/** What a caller sends to change a document's metadata: only the parts that change. */
export const documentPatchSchema = z.object({ ...metadataFields, sourceId: idSchema, tags: tagListSchema }).partial()
export type DocumentPatch = z.infer<typeof documentPatchSchema>

/** The source of an imported document: an existing one by id, or one by name, which is made when no source has that name. */
export const sourceChoiceSchema = z.union([
  z.strictObject({ id: idSchema }),
  z.strictObject({ name: filledTextSchema(300, 'Give the source a name.') }),
])
export type SourceChoice = z.infer<typeof sourceChoiceSchema>

/** The format that a pasted text is read as. */
export const pasteFormats = ['text', 'html', 'markdown'] as const

/** How the text of a revision was imported. */
export const revisionOrigins = ['paste', 'file', 'command_line', 'api', 'address'] as const

/** A document as lists show it. Counts are of its latest revision; `annotationCount` counts the annotations that the current member may see. */
export const documentViewSchema = z
  .object({
    id: idSchema,
    source: z.object({ id: idSchema, name: z.string() }),
    title: z.string(),
    author: z.string(),
    publishedOn: z.string().nullable(),
    language: z.string(),
    url: z.string(),
    tags: z.array(z.string()),
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
  .meta({ id: 'Document' })
export type DocumentView = z.infer<typeof documentViewSchema>

/** A person's change of scope. */
export const scopeChangeViewSchema = z
  .object({
    id: idSchema,
    start: offsetSchema,
    end: offsetSchema,
    inScope: z.boolean(),
    reason: z.string(),
    member: z.object({ id: idSchema, name: z.string() }),
    createdAt: instantSchema,
  })
  .meta({ id: 'ScopeChange' })
export type ScopeChangeView = z.infer<typeof scopeChangeViewSchema>

/** A whole revision: what the reader needs. `sentences` is packed (lib/domain/text/sentences). */
export const revisionViewSchema = z
  .object({
    id: idSchema,
    documentId: idSchema,
    number: z.number().int(),
    content: z
      .custom<DocumentContent>()
      .meta({ type: 'object', description: 'The structured document, as ProseMirror writes it.' }),
    leftOut: z.array(z.string()).meta({
      description: 'Unknown kinds of nodes and marks in the stored document, shown as plain text. Usually empty.',
    }),
    text: z.string(),
    sha256: z.string(),
    sentences: z.array(z.number().int()),
    wordCount: z.number().int(),
    scopeChanges: z.array(scopeChangeViewSchema),
    origin: z.enum(revisionOrigins),
    createdAt: instantSchema,
  })
  .meta({ id: 'Revision' })
export type RevisionView = z.infer<typeof revisionViewSchema>

/** A revision without its text, as a document's history lists it. */
export const revisionSummarySchema = z
  .object({
    id: idSchema,
    number: z.number().int(),
    sha256: z.string(),
    wordCount: z.number().int(),
    sentenceCount: z.number().int(),
    checkableCount: z.number().int(),
    origin: z.enum(revisionOrigins),
    original: z
      .object({
        mediaType: z.string(),
        encoding: z.string(),
        fileName: z.string(),
        sha256: z.string(),
        byteLength: z.number().int(),
      })
      .nullable(),
    fetched: z
      .object({
        requestedUrl: z.string(),
        url: z.string().describe('The address that answered, after redirects.'),
        status: z.number().int(),
        headers: z.record(z.string(), z.string()),
        fetchedAt: instantSchema,
      })
      .nullable()
      .describe('The site’s answer, for a page that was fetched; the hash of its bytes is that of the original.'),
    createdAt: instantSchema,
  })
  .meta({ id: 'RevisionSummary' })
export type RevisionSummary = z.infer<typeof revisionSummarySchema>

/** The most documents one call changes: a page of the list. */
export const maxBulkDocuments = 200

/** The most tags that one call removes: as many as its documents can carry, so that one call can remove all tags of a selection. */
export const maxRemovedTags = maxBulkDocuments * maxTags

/** The reason for withdrawing a document that a closed session assessed. Reports print it. */
export const withdrawalSchema = z.strictObject({ reason: filledTextSchema(500, 'Say why: reports print it.') })

const documentIds = z.array(idSchema).min(1).max(maxBulkDocuments)

/** One action on many documents. It needs no versions: each action means the same regardless of other changes in the meantime, and can be undone. */
export const bulkDocumentsSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('tag'),
    ids: documentIds,
    add: tagListSchema.default([]).describe('Tags to add to each document.'),
    remove: tagsUpTo(maxRemovedTags)
      .default([])
      .describe(
        `Tags to remove, in upper or lower case: at most ${maxRemovedTags}, all that the documents of one call can have.`,
      ),
  }),
  z.strictObject({
    action: z.literal('delete'),
    ids: documentIds,
    reason: withdrawalSchema.shape.reason
      .optional()
      .describe('The reason. Required for documents that a closed session assessed; these are withdrawn.'),
  }),
  z.strictObject({ action: z.literal('restore'), ids: documentIds }),
])
export type BulkDocuments = z.infer<typeof bulkDocumentsSchema>

/** The result for each document: changed, already so, or refused with the reason in a sentence. */
export const documentsChangedSchema = z
  .object({
    changed: z.array(idSchema),
    unchanged: z.array(idSchema),
    refused: z.array(
      z.object({
        id: idSchema,
        title: z.string().describe('Empty when you may not see the document, or it does not exist.'),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'DocumentsChanged' })
export type DocumentsChanged = z.infer<typeof documentsChangedSchema>

/** What a caller sends to bring a range of a revision into scope or to take it out. */
export const scopeChangeInputSchema = z.object({
  id: idSchema.optional(),
  start: offsetSchema,
  end: offsetSchema,
  inScope: z.boolean(),
  reason: z
    .enum(['', ...outOfScopeReasons])
    .default('')
    .describe('Why the range does not count; empty for a range that counts.'),
})
export type ScopeChangeInput = z.infer<typeof scopeChangeInputSchema>

/** A preview of importing a text, before anything is stored. `existing` is the document that already holds this text. */
export const importPreviewSchema = z
  .object({
    fileName: z.string(),
    title: z.string(),
    author: z.string(),
    publishedOn: z.string().nullable(),
    language: z.string(),
    url: z.string().describe('The address of the text, as the page names it or as it was fetched; empty when unknown.'),
    suggestedSource: z
      .object({ name: z.string(), isKnown: z.boolean().describe('Whether the workspace has a source of this name.') })
      .nullable()
      .describe('The probable publisher, judged by the address.'),
    sha256: z.string().describe('Of the canonical text as UTF-8.'),
    wordCount: z.number().int(),
    sentenceCount: z.number().int(),
    content: z.custom<DocumentContent>().meta({ type: 'object' }),
    summary: z
      .custom<StructureSummary>()
      .meta({ type: 'object', description: 'How many of each structure were recognised.' }),
    notices: z
      .array(z.string())
      .describe('What was left out of the file or may have been misread, in sentences. Usually empty.'),
    original: z.object({
      sha256: z.string(),
      byteLength: z.number().int(),
      mediaType: z.string(),
      encoding: z.string().describe('Empty for a file whose bytes are not text.'),
      ground: z
        .enum(encodingGrounds)
        .nullable()
        .describe(
          'How the encoding is known: by the bytes alone, because the file declares it, as a guess by its letters, or because you chose it.',
        ),
    }),
    existing: z
      .object({ id: idSchema, title: z.string() })
      .nullable()
      .describe('The document that holds this text or these bytes.'),
    similar: likenessSchema
      .nullable()
      .describe('The document whose text is much like this one; null when there is none, and when `existing` is set.'),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof importPreviewSchema>
export type SuggestedSource = NonNullable<ImportPreview['suggestedSource']>
