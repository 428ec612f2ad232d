import { z } from 'zod'
import { filledTextSchema, idSchema, instantSchema, textSchema, versionSchema } from '../fields'
import { protocolSchema } from './protocol'
import { sessionStates, sessionTransitions } from './states'

/** The most documents and members of one session. */
export const maxSessionDocuments = 2_000
export const maxSessionMembers = 200

const fields = {
  name: filledTextSchema(300, 'Give the session a name.'),
  question: textSchema(2_000),
  /** Markdown. */
  guidelines: textSchema(50_000),
  dueAt: instantSchema.nullable(),
}

/** The input for making a session. It starts as a draft. */
export const sessionInputSchema = z.object({
  id: idSchema.optional(),
  name: fields.name,
  question: fields.question.default(''),
  guidelines: fields.guidelines.default(''),
  protocol: protocolSchema.default(protocolSchema.parse({})),
  dueAt: fields.dueAt.default(null),
  isTemplate: z.boolean().default(false),
})
export type SessionInput = z.infer<typeof sessionInputSchema>

/** The input for changing a session: only the changed fields. The protocol is replaced whole, in a draft only. */
export const sessionPatchSchema = z.object({ ...fields, protocol: protocolSchema }).partial()
export type SessionPatch = z.infer<typeof sessionPatchSchema>

const partFields = {
  reviews: z.boolean().default(true),
  adjudicates: z.boolean().default(false),
  weight: z.number().positive().max(100).default(1),
  quotaDocuments: z.number().int().min(0).max(100_000).nullable().default(null),
  quotaWords: z.number().int().min(0).max(1_000_000_000).nullable().default(null),
}

/** The input for a member's part in a session. */
export const sessionPartSchema = z
  .strictObject(partFields)
  .refine(({ reviews, adjudicates }) => reviews || adjudicates, 'A member of a session reviews, adjudicates, or both.')
export type SessionPart = z.infer<typeof sessionPartSchema>

/** The input for copying a session into a new draft, or into a template. A copy of a template is a session by default. */
export const sessionCopySchema = z.strictObject({
  id: idSchema.optional(),
  name: fields.name.optional(),
  asTemplate: z.boolean().default(false),
  members: z.boolean().default(true).describe('Whether to copy its members, except those who left the team.'),
  documents: z
    .boolean()
    .default(false)
    .describe('Whether to copy its documents, with the record of how they were drawn.'),
})
export type SessionCopy = z.infer<typeof sessionCopySchema>

const frameFields = {
  sourceIds: z.array(idSchema).max(500).default([]).describe('Only documents of these sources; empty for all.'),
  q: textSchema(200).default('').describe('Only documents with these words in the title, the author or the text.'),
}

/** The documents to add to a session: picked ones, all that a filter finds, or a random sample of those. */
export const sessionDocumentsInputSchema = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('picked'),
    documentIds: z.array(idSchema).min(1).max(maxSessionDocuments),
    endSample: z
      .boolean()
      .default(false)
      .describe('Whether to add to a random sample, which then is no longer random.'),
  }),
  z.strictObject({ how: z.literal('found'), ...frameFields, endSample: z.boolean().default(false) }),
  z.strictObject({
    how: z.literal('sample'),
    ...frameFields,
    size: z.number().int().min(1).max(maxSessionDocuments),
    seed: z
      .unknown()
      .refine(
        (seed) => seed === undefined,
        'The server chooses the seed and records it with the drawing: leave it out.',
      )
      .optional()
      .meta({
        deprecated: true,
        description:
          'Refused: the server chooses and records the seed, so that nobody can try seeds until a result suits them.',
      }),
    replace: z.boolean().default(false).describe('Whether the sample replaces the present documents.'),
  }),
])
export type SessionDocumentsInput = z.infer<typeof sessionDocumentsInputSchema>

/** The result of adding documents: how many were added, were there already, and were replaced. */
export const sessionDocumentsAddedSchema = z.object({
  added: z.number().int(),
  present: z.number().int(),
  removed: z.number().int(),
})
export type SessionDocumentsAdded = z.infer<typeof sessionDocumentsAddedSchema>

/** The input for moving a session to another state. */
export const sessionMoveSchema = z.strictObject({
  name: z.enum(sessionTransitions),
  withdrawUnfinished: z
    .boolean()
    .default(false)
    .describe('For `start-adjudication`: withdraw work that is not submitted. It stays, locked, and does not count.'),
})
export type SessionMove = z.infer<typeof sessionMoveSchema>

/**
 * How the documents of a session were drawn, stored so that anyone can draw them again. `frameSha256` is of the sorted document ids, one per line.
 */
export const sampleSchema = z.object({
  method: z.literal('simple-random-without-replacement'),
  methodVersion: z.string(),
  /** The frame in words and as a filter. */
  frame: z.object({ sourceIds: z.array(idSchema), q: z.string() }),
  frameSize: z.number().int(),
  frameSha256: z.string(),
  size: z.number().int(),
  seed: z.number().int(),
  drawnAt: instantSchema,
})
export type SessionSample = z.infer<typeof sampleSchema>

/** One drawing of the documents of a session that are read twice. `frameSha256` is of the sorted ids of all its documents, one per line. */
export const secondReadingDrawSchema = z
  .object({
    documentIds: z.array(idSchema).describe('The documents that were drawn, ascending by id.'),
    frameSize: z.number().int(),
    frameSha256: z.string(),
    size: z.number().int(),
    seed: z.number().int(),
    drawnAt: instantSchema,
    drawings: z
      .number()
      .int()
      .describe('The number of drawings, including this one. All are kept, and reports print their number.'),
  })
  .meta({ id: 'SecondReadingDraw' })
export type SecondReadingDraw = z.infer<typeof secondReadingDrawSchema>

/** Counts of a session for lists and headers, limited to what the current member may know. */
export const sessionProgressSchema = z.object({
  documents: z.number().int(),
  assignments: z.number().int(),
  /** By assignment state. */
  assigned: z.number().int(),
  started: z.number().int(),
  submitted: z.number().int(),
  returned: z.number().int(),
  accepted: z.number().int(),
  withdrawn: z.number().int(),
  overdue: z.number().int(),
  /** Null until claims exist. */
  claims: z.number().int().nullable(),
  openClaims: z.number().int().nullable(),
})
export type SessionProgress = z.infer<typeof sessionProgressSchema>

/** A review session in API answers. */
export const sessionViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    question: z.string(),
    guidelines: z.string(),
    protocol: protocolSchema,
    sample: sampleSchema.nullable(),
    isTemplate: z.boolean(),
    state: z.enum(sessionStates),
    dueAt: instantSchema.nullable(),
    progress: sessionProgressSchema,
    version: versionSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    activatedAt: instantSchema.nullable(),
    blindEndedAt: instantSchema.nullable(),
    closedAt: instantSchema.nullable(),
    /** The transitions that the current member may make, each with what prevents it. */
    transitions: z.array(z.object({ name: z.enum(sessionTransitions), unmet: z.array(z.string()) })),
    may: z.object({ update: z.boolean(), delete: z.boolean(), adjudicate: z.boolean() }),
  })
  .meta({ id: 'ReviewSession' })
export type SessionView = z.infer<typeof sessionViewSchema>

/** A member of a session in API answers. */
export const sessionMemberViewSchema = z
  .object({
    member: z.object({ id: idSchema, name: z.string() }),
    reviews: z.boolean(),
    adjudicates: z.boolean(),
    weight: z.number(),
    quotaDocuments: z.number().int().nullable(),
    quotaWords: z.number().int().nullable(),
  })
  .meta({ id: 'SessionMember' })
export type SessionMemberView = z.infer<typeof sessionMemberViewSchema>

/** A document of a session in API answers. */
export const sessionDocumentViewSchema = z
  .object({
    document: z.object({ id: idSchema, title: z.string(), source: z.object({ id: idSchema, name: z.string() }) }),
    revisionId: idSchema,
    wordCount: z.number().int(),
    checkableCount: z.number().int(),
    position: z.number().int(),
    readTwice: z
      .boolean()
      .nullable()
      .describe(
        'Whether it was drawn for the second reading; null in a session without one, and for reviewers until the blind phase ends.',
      ),
  })
  .meta({ id: 'SessionDocument' })
export type SessionDocumentView = z.infer<typeof sessionDocumentViewSchema>
