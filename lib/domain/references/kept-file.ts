import { z } from 'zod'
import { filledTextSchema, textSchema } from '../fields'

/** The most pages of a kept text. */
export const maxPageStarts = 10_000

const pageStartSchema = z
  .strictObject({
    start: z.number().int().min(0).describe('In UTF-16 code units of the kept text.'),
    label: filledTextSchema(40, 'Give the page a name, such as 12 or iv.').describe(
      'The page’s name in the file: "12", "iv".',
    ),
  })
  .meta({ id: 'PageStart' })

/** The file that a kept text was read from, and where its pages begin in the text. */
export const keptFileSchema = z
  .strictObject({
    name: textSchema(300),
    mediaType: textSchema(200),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the file in hexadecimal digits.'),
    pages: z
      .array(pageStartSchema)
      .max(maxPageStarts)
      .describe('In the order of the text; empty for a file without pages.'),
  })
  .refine(
    ({ pages }) => pages.every(({ start }, at) => at === 0 || start > (pages[at - 1]?.start ?? 0)),
    'Give the pages in the order of the text, each beginning after the one before.',
  )
  .meta({ id: 'KeptFile' })
export type KeptFile = z.infer<typeof keptFileSchema>

/** The contents of a file, as read for a reference; nothing of it is stored yet. */
export const readTextSchema = z
  .object({
    text: z.string(),
    file: keptFileSchema,
    title: z.string(),
    author: z.string().describe('Empty when the file does not say.'),
    publishedOn: z.string().nullable(),
    language: z.string(),
    notices: z.array(z.string()).describe('What was left out or may be wrong, a sentence each.'),
  })
  .meta({ id: 'ReadText' })
export type ReadText = z.infer<typeof readTextSchema>

/** Whether a text fits the file that it is said to come from: there is a text, and every page begins inside it. */
export function fitsText(file: KeptFile | null | undefined, text: string | null | undefined): boolean {
  if (file === null || file === undefined) return true
  return typeof text === 'string' && file.pages.every(({ start }) => start < text.length)
}
