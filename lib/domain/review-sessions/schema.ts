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

/** What a caller sends to make a session; it starts as a draft. */
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

/** What a caller sends to change a session: only the parts that change. The protocol is replaced whole, in a draft only. */
export const sessionPatchSchema = z.object({ ...fields, protocol: protocolSchema }).partial()
export type SessionPatch = z.infer<typeof sessionPatchSchema>

const partFields = {
  reviews: z.boolean().default(true),
  adjudicates: z.boolean().default(false),
  weight: z.number().positive().max(100).default(1),
  quotaDocuments: z.number().int().min(0).max(100_000).nullable().default(null),
  quotaWords: z.number().int().min(0).max(1_000_000_000).nullable().default(null),
}

/** A member's part in a session, as it is sent. */
export const sessionPartSchema = z
  .strictObject(partFields)
  .refine(({ reviews, adjudicates }) => reviews || adjudicates, 'A member of a session reviews, adjudicates, or both.')
export type SessionPart = z.infer<typeof sessionPartSchema>

/** What a caller sends to copy a session into a new draft, or into a template. A copy of a template is a session unless told. */
export const sessionCopySchema = z.strictObject({
  id: idSchema.optional(),
  name: fields.name.optional(),
  asTemplate: z.boolean().default(false),
  members: z.boolean().default(true).describe('Whether its members come along; those who left the team do not.'),
  documents: z.boolean().default(false).describe('Whether its documents come along, and how they were drawn.'),
})
export type SessionCopy = z.infer<typeof sessionCopySchema>

const frameFields = {
  sourceIds: z.array(idSchema).max(500).default([]).describe('Only documents of these sources; empty for all.'),
  q: textSchema(200).default('').describe('Only documents with these words in the title, the author or the text.'),
}

/** Which documents are added to a session: picked ones, all that a filter finds, or a random sample of those. */
export const sessionDocumentsInputSchema = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('picked'),
    documentIds: z.array(idSchema).min(1).max(maxSessionDocuments),
    endSample: z.boolean().default(false).describe('Whether a random sample may be added to, and so ceases to be one.'),
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
          'Refused: the server chooses the seed and records it, so that nobody can try seeds until one pleases.',
      }),
    replace: z.boolean().default(false).describe('Whether the documents that are there give way to the sample.'),
  }),
])
export type SessionDocumentsInput = z.infer<typeof sessionDocumentsInputSchema>

/** What became of a request to add documents: how many are new, how many were there already, how many gave way. */
export const sessionDocumentsAddedSchema = z.object({
  added: z.number().int(),
  present: z.number().int(),
  removed: z.number().int(),
})
export type SessionDocumentsAdded = z.infer<typeof sessionDocumentsAddedSchema>

/** What a caller sends to move a session to another state. */
export const sessionMoveSchema = z.strictObject({
  name: z.enum(sessionTransitions),
  withdrawUnfinished: z
    .boolean()
    .default(false)
    .describe('For `start-adjudication`: withdraw work that is not submitted. It stays, locked, and does not count.'),
})
export type SessionMove = z.infer<typeof sessionMoveSchema>

/** How the documents of a session were drawn; kept, so that anyone can draw them again. `frameSha256` is of the sorted document ids, one a line. */
export const sampleSchema = z.object({
  method: z.literal('simple-random-without-replacement'),
  methodVersion: z.string(),
  /** What the frame was, in words and as a filter. */
  frame: z.object({ sourceIds: z.array(idSchema), q: z.string() }),
  frameSize: z.number().int(),
  frameSha256: z.string(),
  size: z.number().int(),
  seed: z.number().int(),
  drawnAt: instantSchema,
})
export type SessionSample = z.infer<typeof sampleSchema>

/** One drawing of the documents of a session that are read twice. `frameSha256` is of the sorted ids of all its documents, one a line. */
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
      .describe('How many drawings there were, this one among them. All are kept, and reports print how many.'),
  })
  .meta({ id: 'SecondReadingDraw' })
export type SecondReadingDraw = z.infer<typeof secondReadingDrawSchema>

/** Counts of a session that lists and headers show; computed from what the reader of the answer may know. */
export const sessionProgressSchema = z.object({
  documents: z.number().int(),
  assignments: z.number().int(),
  /** By state of the assignment. */
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

/** A review session as answers show it. */
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
    /** The transitions the current member may make, each with what stands in its way. */
    transitions: z.array(z.object({ name: z.enum(sessionTransitions), unmet: z.array(z.string()) })),
    may: z.object({ update: z.boolean(), delete: z.boolean(), adjudicate: z.boolean() }),
  })
  .meta({ id: 'ReviewSession' })
export type SessionView = z.infer<typeof sessionViewSchema>

/** A member of a session as answers show it. */
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

/** A document of a session as answers show it. */
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
