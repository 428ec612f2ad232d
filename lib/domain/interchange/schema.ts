import { z } from 'zod'
import { ratings } from '../annotations/rating'
import { idSchema } from '../fields'
import { typographicDifferences } from '../text/typography'
import { attachments } from './locate'
import { fileForms } from './read-file'

/** The kinds of file that annotations are exported as. */
export const exportFormats = ['jsonld', 'jsonl', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The most UTF-16 code units of one file that is imported. */
export const maxImportLength = 10_000_000

/** What a caller sends to import a file of annotations. */
export const annotationImportSchema = z.strictObject({
  content: z
    .string()
    .max(maxImportLength, `A file has at most ${maxImportLength} characters; send it in parts.`)
    .describe('The file as text. Its format is recognised by its content.'),
  defaultRating: z.enum(ratings).optional().describe('The rating for annotations of the file that have none.'),
  preview: z.boolean().default(false).describe('Whether to store nothing and only answer the report.'),
})
export type AnnotationImport = z.infer<typeof annotationImportSchema>

/** The reasons why an item of a file did not become an annotation. */
export const importRefusals = [
  'malformed',
  'not-attachable',
  'not-found',
  'ambiguous',
  'not-searched',
  'no-rating',
  'not-stored',
] as const
export type ImportRefusal = (typeof importRefusals)[number]

/** The result for one item of a file; `index` counts from 0. Offsets are UTF-16 code units of the revision's text. */
export const importedItemSchema = z
  .object({
    index: z.number().int(),
    id: z.string().nullable().describe('As written in the file.'),
    outcome: z
      .enum(['attached', 'present', 'refused'])
      .describe('`present`: it already exists, from an earlier import or because it was made in this workspace.'),
    annotationId: idSchema.nullable(),
    start: z.number().int().nullable(),
    end: z.number().int().nullable(),
    exact: z.string().nullable(),
    attachment: z
      .enum(attachments)
      .nullable()
      .describe('Where its words were found: at the place that the file gives, elsewhere, or in another typography.'),
    differences: z.array(z.enum(typographicDifferences)),
    leftOut: z.array(z.string()).describe('The parts of the item that an annotation has no field for, in words.'),
    refusal: z.enum(importRefusals).nullable(),
    reason: z.string().nullable().describe('Why it was refused, and what would have worked.'),
  })
  .meta({ id: 'ImportedAnnotation' })
export type ImportedItem = z.infer<typeof importedItemSchema>

/** The result for a file of annotations. In a preview, `attached` counts those that would be attached. */
export const importReportSchema = z.object({
  form: z.enum(fileForms),
  preview: z.boolean(),
  counts: z.object({ attached: z.number().int(), present: z.number().int(), refused: z.number().int() }),
  items: z.array(importedItemSchema),
})
export type ImportReport = z.infer<typeof importReportSchema>
