import { z } from 'zod'
import { annotationViewSchema, sentenceDecisionViewSchema } from '../annotations/schema'
import { eventTypes } from '../audit/events'
import { scopeChangeViewSchema } from '../documents/schema'
import { idSchema } from '../fields'

/** What a message of the live feed can tell of: every event, and that an assignment moved on without saying how. */
export const liveTypes = [...eventTypes, 'assignment.progressed'] as const
export type LiveType = (typeof liveTypes)[number]

/**
 * One message of the live feed. `sequence` is the event's number; `own` says that the listener did it, perhaps in another window. A mark comes
 * with its row as it is now, or null when it is gone; other events say only what changed, and listeners ask again for what they show.
 */
export const liveMessageSchema = z
  .object({
    sequence: z.number().int(),
    type: z.enum(liveTypes),
    /** Null for `assignment.progressed`. */
    subjectId: z.string().nullable(),
    documentId: idSchema.nullable(),
    sessionId: idSchema.nullable(),
    own: z.boolean(),
    annotation: annotationViewSchema.nullable().optional(),
    decision: sentenceDecisionViewSchema.nullable().optional(),
    /** A part of a revision counts, or no longer counts. */
    scopeChange: scopeChangeViewSchema.extend({ revisionId: idSchema }).optional(),
  })
  .meta({ id: 'LiveMessage' })
export type LiveMessage = z.infer<typeof liveMessageSchema>

/** Where people can be: a document in the reader, or the page of a review session. */
export type LivePlace = `document:${string}` | `session:${string}`

/** Who else is at a place, oldest arrival first. */
export const livePresenceSchema = z
  .object({ place: z.string(), members: z.array(z.object({ id: idSchema, name: z.string() })) })
  .meta({ id: 'LivePresence' })
export type LivePresence = z.infer<typeof livePresenceSchema>

/** The most documents, and the most session pages, that one connection follows. */
export const maxLivePlaces = 20
