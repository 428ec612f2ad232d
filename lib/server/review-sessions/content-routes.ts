import { z } from 'zod'
import {
  secondReadingDrawSchema,
  sessionDocumentsAddedSchema,
  sessionDocumentsInputSchema,
  sessionDocumentViewSchema,
  sessionMemberViewSchema,
  sessionPartSchema,
} from '@/lib/domain/review-sessions/schema'
import { answer, answerNothing, answerDownload } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listSessionDocuments, listSessionMembers } from './data'
import { addSessionDocuments, removeSessionDocument } from './documents'
import { drawSecondReading, listSecondReadingDraws } from './second-reading'
import { removeSessionMember, setSessionMember } from './members'
import { sessionMatrixSchema } from '@/lib/domain/assignments/matrix'
import { exportAssignments, exportMatrix } from './export'
import { readSessionMatrix } from './matrix'

/** Routes of a review session's members, documents and matrix, as JSON and as CSV. */
export const sessionContentRoutes = createRoutes()

const noun = 'review session'
const one = '/review-sessions/{sessionId}'
const members = `${one}/members` as const
const documents = `${one}/documents` as const

addOperation(
  sessionContentRoutes,
  {
    id: 'listSessionMembers',
    noun,
    summary: 'The members of a review session',
    method: 'get',
    path: members,
    action: 'review-session.read',
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of members.', schema: pageSchema(sessionMemberViewSchema) } },
  },
  async ({ permit, params, query }) =>
    answer(await listSessionMembers(permit, { sessionId: params.sessionId, ...query })),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'setSessionMember',
    noun,
    summary: 'Add a member to a review session, or change their part',
    method: 'put',
    path: `${members}/{memberId}`,
    action: 'review-session.update',
    body: sessionPartSchema,
    answers: { 200: { description: 'Their part.', schema: sessionMemberViewSchema } },
    problems: ['conflict'],
    example: { reviews: true, quotaDocuments: 12 },
  },
  async ({ permit, params, body }) => answer(await setSessionMember(permit, { ...params, part: body })),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'removeSessionMember',
    noun,
    summary: 'Remove a member from a review session',
    method: 'delete',
    path: `${members}/{memberId}`,
    action: 'review-session.update',
    answers: { 204: { description: 'The member is not in the session.' } },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    await removeSessionMember(permit, params)
    return answerNothing()
  },
)

addOperation(
  sessionContentRoutes,
  {
    id: 'listSessionDocuments',
    noun,
    summary: 'The documents of a review session in their order',
    method: 'get',
    path: documents,
    action: 'review-session.read',
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of documents.', schema: pageSchema(sessionDocumentViewSchema) } },
  },
  async ({ permit, params, query }) =>
    answer(await listSessionDocuments(permit, { sessionId: params.sessionId, ...query })),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'addSessionDocuments',
    noun,
    summary: 'Add documents to a review session: picked, found by source or words, or drawn at random',
    description:
      'All or none. A sample is drawn in a draft, by a seed of the server; its frame, size and seed are recorded, so that anyone can draw it again. A request with a seed is refused.',
    method: 'post',
    path: documents,
    action: 'review-session.update',
    body: sessionDocumentsInputSchema,
    answers: { 200: { description: 'What was added.', schema: sessionDocumentsAddedSchema } },
    problems: ['conflict'],
    example: { how: 'sample', q: 'harbour', size: 20 },
  },
  async ({ permit, params, body }) =>
    answer(await addSessionDocuments(permit, { sessionId: params.sessionId, input: body })),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'removeSessionDocument',
    noun,
    summary: 'Remove a document that nobody has worked on from a review session',
    method: 'delete',
    path: `${documents}/{documentId}`,
    action: 'review-session.update',
    answers: { 204: { description: 'The document is not in the session.' } },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    await removeSessionDocument(permit, params)
    return answerNothing()
  },
)

const draws = `${one}/second-reading-draws` as const

addOperation(
  sessionContentRoutes,
  {
    id: 'drawSecondReading',
    noun,
    summary: 'Draw the documents of a draft that are read twice',
    description:
      'Draws as many as the protocol’s `secondReading` says, by a seed of the server. Every drawing is kept, and reports say how many there were; the draft’s assignments are removed. Adding or removing documents, or changing the protocol, requires another drawing.',
    method: 'post',
    path: draws,
    action: 'review-session.update',
    ifMatch: true,
    answers: { 201: { description: 'The drawing.', schema: secondReadingDrawSchema } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    const made = await drawSecondReading(permit, { sessionId: params.sessionId, version })
    return answer(made.draw, { status: 201, version: made.version })
  },
)

addOperation(
  sessionContentRoutes,
  {
    id: 'listSecondReadingDraws',
    noun,
    summary: 'Every drawing of the documents that are read twice, oldest first',
    description: 'For members who may change the session, because reviewers must not know what is read twice.',
    method: 'get',
    path: draws,
    action: 'review-session.update',
    answers: {
      200: { description: 'The drawings.', schema: z.object({ items: z.array(secondReadingDrawSchema) }) },
    },
  },
  async ({ permit, params }) => answer({ items: await listSecondReadingDraws(permit, params.sessionId) }),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'getSessionMatrix',
    noun,
    summary: 'The matrix of a review session: documents, reviewers and blockers',
    description:
      'Leads see everyone’s state and progress, never their marks; reviewers of an active blind session see only their own.',
    method: 'get',
    path: `${one}/matrix`,
    action: 'review-session.read',
    answers: { 200: { description: 'The matrix.', schema: sessionMatrixSchema } },
  },
  async ({ permit, params }) => answer(await readSessionMatrix(permit, params.sessionId)),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'exportSessionMatrix',
    noun,
    summary: 'The matrix of a review session as CSV',
    method: 'get',
    path: `${one}/matrix.csv`,
    action: 'review-session.read',
    answers: {
      200: {
        description: 'One line per document, one column per reviewer.',
        schema: z.string(),
        mediaType: 'text/csv',
      },
    },
  },
  async ({ permit, params, request }) => answerDownload(await exportMatrix(permit, params.sessionId), request),
)

addOperation(
  sessionContentRoutes,
  {
    id: 'exportSessionAssignments',
    noun,
    summary: 'The assignments of a review session as CSV',
    method: 'get',
    path: `${one}/assignments.csv`,
    action: 'review-session.read',
    answers: { 200: { description: 'One line per assignment.', schema: z.string(), mediaType: 'text/csv' } },
  },
  async ({ permit, params, request }) => answerDownload(await exportAssignments(permit, params.sessionId), request),
)
