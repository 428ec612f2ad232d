import { idSchema } from '@/lib/domain/fields'
import {
  commentInputSchema,
  commentPatchSchema,
  commentViewSchema,
  threadInputSchema,
  threadViewSchema,
} from '@/lib/domain/threads/schema'
import { z } from 'zod'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { createComment, deleteComment, updateComment } from './comments'
import { createThread, setResolved } from './mutations'
import { listThreads, readThread } from './data'

/** Routes of discussions. */
export const threadRoutes = createRoutes()

const noun = 'thread'
const ofDocument = '/documents/{documentId}/threads'
const oneThread = '/threads/{threadId}'
const oneComment = '/comments/{commentId}'

addOperation(
  threadRoutes,
  {
    id: 'listThreads',
    noun,
    summary: 'The discussions of a document that you may see',
    description:
      'With all their comments, ordered by id. While you are to judge the document independently of others, you see only the threads that you started, with your own words and the answers to your questions. A question on a passage reaches the leads without it (`passage` is null) while its writer’s marks are hidden from them. In the discussion of a claim, reviewers appear as letters, without an id, until the session is closed.',
    method: 'get',
    path: ofDocument,
    action: 'thread.read',
    query: z.strictObject({
      ...pageQuery,
      annotation: idSchema.optional().describe('Only threads about this annotation.'),
      claim: idSchema.optional().describe('Only threads about this claim.'),
    }),
    answers: { 200: { description: 'A page of threads.', schema: pageSchema(threadViewSchema) } },
  },
  async ({ permit, params, query: { annotation, claim, ...query } }) =>
    answer(await listThreads(permit, { ...params, ...query, annotationId: annotation, claimId: claim })),
)

addOperation(
  threadRoutes,
  {
    id: 'createThread',
    noun,
    summary: 'Start a discussion',
    description:
      'About the document, or a passage, annotation or claim in it. A passage is words of one revision, from `start` to `end` in UTF-16 code units; `exact`, when sent, must equal them. `audience: "leads"` makes it a question to the leads: nobody else sees it. Repeating the call with the same id and content returns the stored thread with 200.',
    method: 'post',
    path: ofDocument,
    action: 'thread.write',
    body: threadInputSchema,
    answers: {
      201: { description: 'It is started.', schema: threadViewSchema },
      200: { description: 'Started by an earlier identical request.', schema: threadViewSchema },
    },
    problems: ['conflict'],
    example: {
      passage: { revisionId: '01997e3c-0000-7000-8000-000000000000', start: 34, end: 48, exact: 'opened in 1931' },
      comment: { body: 'The register says 1932.' },
    },
  },
  async ({ permit, params, body }) => {
    const { thread, created } = await createThread(permit, { documentId: params.documentId, input: body })
    return answer(thread, { status: created ? 201 : 200, version: thread.version })
  },
)

addOperation(
  threadRoutes,
  {
    id: 'getThread',
    noun,
    summary: 'One discussion with its comments',
    method: 'get',
    path: oneThread,
    action: 'thread.read',
    answers: { 200: { description: 'The thread.', schema: threadViewSchema } },
  },
  async ({ permit, params }) => {
    const thread = await readThread(permit, params.threadId)
    return answer(thread, { version: thread.version })
  },
)

addOperation(
  threadRoutes,
  {
    id: 'createComment',
    noun,
    summary: 'Write in a discussion',
    description:
      'Notifies the members it mentions who may see it. Repeating the call with the same id and words returns the stored comment with 200.',
    method: 'post',
    path: `${oneThread}/comments`,
    action: 'thread.write',
    body: commentInputSchema,
    answers: {
      201: { description: 'It is added.', schema: commentViewSchema },
      200: { description: 'Added by an earlier identical request.', schema: commentViewSchema },
    },
    problems: ['conflict', 'gone'],
    example: { body: '@Ines Achterberg, is the register online?' },
  },
  async ({ permit, params, body }) => {
    const { comment, created } = await createComment(permit, { threadId: params.threadId, input: body })
    return answer(comment, { status: created ? 201 : 200, version: comment.version })
  },
)

addOperation(
  threadRoutes,
  {
    id: 'updateComment',
    noun,
    summary: 'Change your own comment',
    method: 'patch',
    path: oneComment,
    action: 'thread.write',
    ifMatch: true,
    body: commentPatchSchema,
    answers: { 200: { description: 'The comment after the change.', schema: commentViewSchema } },
    problems: ['conflict', 'gone'],
    example: { body: 'Is the register of 1931 online?' },
  },
  async ({ permit, params, version, body }) => {
    const comment = await updateComment(permit, { id: params.commentId, version, patch: body })
    return answer(comment, { version: comment.version })
  },
)

addOperation(
  threadRoutes,
  {
    id: 'deleteComment',
    noun,
    summary: 'Delete your own comment',
    description: 'It keeps its place in the discussion, without its words.',
    method: 'delete',
    path: oneComment,
    action: 'thread.write',
    ifMatch: true,
    answers: { 204: { description: 'It is deleted.' } },
  },
  async ({ permit, params, version }) => {
    await deleteComment(permit, { id: params.commentId, version })
    return answerNothing()
  },
)

for (const [verb, id, summary] of [
  ['resolve', 'resolveThread', 'Mark a discussion as resolved'],
  ['reopen', 'reopenThread', 'Open a resolved discussion again'],
] as const) {
  addOperation(
    threadRoutes,
    {
      id,
      noun,
      summary,
      description: 'Anyone who can write in the thread may. Idempotent.',
      method: 'post',
      path: `${oneThread}/${verb}`,
      action: 'thread.write',
      answers: { 200: { description: 'The thread after the change.', schema: threadViewSchema } },
      problems: ['conflict'],
    },
    async ({ permit, params }) => {
      const thread = await setResolved(permit, { id: params.threadId, resolved: verb === 'resolve' })
      return answer(thread, { version: thread.version })
    },
  )
}
