import { z } from 'zod'
import { idSchema } from '../fields'

/** The kinds of thing that a search of the workspace finds, in the order in which they are shown. */
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
 * A search result. `label` is its name, or the words of a mark or claim; `detail` tells it from others of its kind. Further ids locate its page:
 * `documentId` of a mark, `sessionId` of a claim. A report has the id of its source.
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
