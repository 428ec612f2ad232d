import { z } from 'zod'
import { annotationViewSchema, sentenceDecisionViewSchema } from '../annotations/schema'
import { eventTypes } from '../audit/events'
import { scopeChangeViewSchema } from '../documents/schema'
import { idSchema } from '../fields'

/** The types of message in the live feed: every event type, and that an assignment progressed, without details. */
export const liveTypes = [...eventTypes, 'assignment.progressed'] as const
export type LiveType = (typeof liveTypes)[number]

/**
 * One message of the live feed. `sequence` is the event's number; `own` says that the listener caused it, perhaps in another window. A mark comes
 * with its present row, or null when it is gone; other events name only what changed, and listeners fetch again what they show.
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
    /** A part of a revision that was taken into scope or out of it. */
    scopeChange: scopeChangeViewSchema.extend({ revisionId: idSchema }).optional(),
  })
  .meta({ id: 'LiveMessage' })
export type LiveMessage = z.infer<typeof liveMessageSchema>

/** The places where members can be present: a document in the reader, or the page of a review session. */
export type LivePlace = `document:${string}` | `session:${string}`

/** The other members at a place, oldest arrival first. */
export const livePresenceSchema = z
  .object({ place: z.string(), members: z.array(z.object({ id: idSchema, name: z.string() })) })
  .meta({ id: 'LivePresence' })
export type LivePresence = z.infer<typeof livePresenceSchema>

/** The most documents, and the most session pages, that one connection can follow. */
export const maxLivePlaces = 20
