import { z } from 'zod'
import { idSchema } from '../fields'

/** What a search of the workspace finds, in the order in which it is shown. */
export const foundKinds = [
  'document',
  'source',
  'report',
  'review-session',
  'member',
  'reference',
  'annotation',
  'claim',
] as const
export type FoundKind = (typeof foundKinds)[number]

/**
 * Something found. `label` is its name, or the words of a mark or claim; `detail` tells it from others of its kind. The ids beside its own are
 * what its page is found by: `documentId` of a mark, `sessionId` of a claim. A report has the id of its source.
 */
export const foundThingSchema = z
  .object({
    kind: z.enum(foundKinds),
    id: idSchema,
    label: z.string(),
    detail: z.string(),
    documentId: idSchema.optional(),
    sessionId: idSchema.optional(),
  })
  .meta({ id: 'FoundThing' })
export type FoundThing = z.infer<typeof foundThingSchema>
