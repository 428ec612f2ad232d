import { z } from 'zod'
import { maxSpanLength } from '../annotations/schema'
import { maxCommentLength } from './comment-length'
import { filledTextSchema, idSchema, instantSchema, offsetSchema, textSchema, versionSchema } from '../fields'
import { scriptSchema } from '../text/schema'

/** The audience of a thread: everyone who may see its subject, or only the leads and its author (a question to the leads). */
export const threadAudiences = ['everyone', 'leads'] as const
export type ThreadAudience = (typeof threadAudiences)[number]

/** The most members one comment can name. */
export const maxMentions = 50

const bodySchema = filledTextSchema(maxCommentLength, 'Write something.')
const mentionsSchema = z
  .array(idSchema)
  .max(maxMentions)
  .optional()
  .describe('Ids of the members it names. Left out, they are read from the words: `@Name`.')

/** What a caller sends for a comment. The id is the caller's, so that a repeated request does no harm. */
export const commentInputSchema = z.strictObject({
  id: idSchema.optional(),
  body: bodySchema,
  mentions: mentionsSchema,
})
export type CommentInput = z.infer<typeof commentInputSchema>

/**
 * A passage of a revision that a thread is about, [start, end) in UTF-16 code units. `exact` must equal the slice; when left out, it is read from the
 * text.
 */
export const passageInputSchema = z.strictObject({
  revisionId: idSchema,
  start: offsetSchema,
  end: offsetSchema,
  exact: textSchema(maxSpanLength).optional(),
})
export type PassageInput = z.infer<typeof passageInputSchema>

/**
 * What a caller sends to start a thread: its subject (the whole document when there is neither a passage nor an id), its audience, and the first
 * comment.
 */
export const threadInputSchema = z
  .strictObject({
    id: idSchema.optional(),
    passage: passageInputSchema.optional(),
    annotationId: idSchema.optional(),
    claimId: idSchema.optional(),
    audience: z.enum(threadAudiences).default('everyone'),
    comment: commentInputSchema,
  })
  .refine(
    (input) => [input.passage, input.annotationId, input.claimId].filter((one) => one !== undefined).length <= 1,
    {
      path: ['passage'],
      message:
        'A thread is about one thing: a passage, an annotation or a claim. Send one of them, or none for the whole document.',
    },
  )
export type ThreadInput = z.infer<typeof threadInputSchema>

/** What a caller sends to change a comment of their own. */
export const commentPatchSchema = z.strictObject({ body: bodySchema, mentions: mentionsSchema })
export type CommentPatch = z.infer<typeof commentPatchSchema>

const personSchema = z.object({ id: idSchema, name: z.string() })

/**
 * The author of a comment or thread. In the discussion of a claim, its reviewers are named by letter, with `id` null, until the session is closed.
 */
const speakerSchema = z.object({ id: idSchema.nullable(), name: z.string() }).meta({ id: 'Speaker' })
export type Speaker = z.infer<typeof speakerSchema>

/** A comment as answers show it. One that was deleted keeps its place and has no words. */
export const commentViewSchema = z
  .object({
    id: idSchema,
    threadId: idSchema,
    author: speakerSchema,
    body: z.string(),
    mentions: z.array(personSchema),
    deleted: z.boolean(),
    edited: z.boolean(),
    version: versionSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    may: z.object({ update: z.boolean(), delete: z.boolean() }),
  })
  .meta({ id: 'Comment' })
export type CommentView = z.infer<typeof commentViewSchema>

/** A passage that a thread is about: `exact` is the text of the revision from `start` to `end` (UTF-16 code units). */
export const passageSchema = z
  .object({
    revisionId: idSchema,
    start: offsetSchema,
    end: offsetSchema,
    exact: z.string(),
    script: scriptSchema,
    place: z.string().describe('The place in the text, in words, such as "sentence 4".'),
  })
  .meta({ id: 'Passage' })
export type Passage = z.infer<typeof passageSchema>

/**
 * The subject of a thread. An annotation that was deleted or is hidden from the reader has neither id nor words. A passage is left out when its place
 * would tell where a hidden reviewer works.
 */
export const threadSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('document') }),
  z.object({ kind: z.literal('passage'), passage: passageSchema.nullable() }),
  z.object({
    kind: z.literal('annotation'),
    annotationId: idSchema.nullable(),
    exact: z.string().nullable(),
    script: scriptSchema,
  }),
  z.object({ kind: z.literal('claim'), claimId: idSchema }),
])
export type ThreadSubject = z.infer<typeof threadSubjectSchema>

/** A thread with the comments that the reader may see, oldest first. */
export const threadViewSchema = z
  .object({
    id: idSchema,
    document: z.object({ id: idSchema, title: z.string() }),
    sessionId: idSchema.nullable(),
    about: threadSubjectSchema,
    audience: z.enum(threadAudiences),
    startedBy: speakerSchema,
    resolved: z.object({ at: instantSchema, by: z.string() }).nullable(),
    version: versionSchema,
    createdAt: instantSchema,
    comments: z.array(commentViewSchema),
    may: z.object({ comment: z.boolean(), resolve: z.boolean() }),
  })
  .meta({ id: 'Thread' })
export type ThreadView = z.infer<typeof threadViewSchema>
