import { z } from 'zod'
import { idSchema, instantSchema, textSchema } from '../fields'

/**
 * What a caller sends to declare a conflict of interest, with one document or with everything of a source. Without a member it is the caller's own.
 */
export const conflictInputSchema = z
  .strictObject({
    id: idSchema.optional(),
    memberId: idSchema.optional(),
    sourceId: idSchema.optional(),
    documentId: idSchema.optional(),
    reason: textSchema(1_000).default(''),
  })
  .refine(({ sourceId, documentId }) => (sourceId === undefined) !== (documentId === undefined), {
    message: 'Name either a source or a document.',
    path: ['sourceId'],
  })
export type ConflictInput = z.infer<typeof conflictInputSchema>

/**
 * A declared conflict of interest as answers show it: the member is never assigned the document, or documents of the source. `standing` counts
 * unfinished assignments that violate it; a lead should give them to someone else.
 */
export const conflictViewSchema = z
  .object({
    id: idSchema,
    member: z.object({ id: idSchema, name: z.string() }),
    source: z.object({ id: idSchema, name: z.string() }).nullable(),
    document: z.object({ id: idSchema, title: z.string() }).nullable(),
    reason: z.string(),
    standing: z.number().int(),
    createdAt: instantSchema,
    may: z.object({ withdraw: z.boolean() }),
  })
  .meta({ id: 'ConflictOfInterest' })
export type ConflictView = z.infer<typeof conflictViewSchema>
