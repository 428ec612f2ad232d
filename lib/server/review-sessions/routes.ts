import { z } from 'zod'
import { activationEffectsSchema } from '@/lib/domain/review-sessions/activation'
import {
  sessionCopySchema,
  sessionInputSchema,
  sessionMoveSchema,
  sessionPatchSchema,
  sessionViewSchema,
} from '@/lib/domain/review-sessions/schema'
import { sessionStates } from '@/lib/domain/review-sessions/states'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listSessions, readSession } from './data'
import { copySession, createSession, deleteSession, restoreSession, updateSession } from './mutations'
import { moveSession, readActivationEffects } from './transitions'

/** Routes of review sessions; content-routes.ts has those of their members, documents and matrix. */
export const reviewSessionRoutes = createRoutes()

const noun = 'review session'
const one = '/review-sessions/{sessionId}'
const shown = { description: 'The session.', schema: sessionViewSchema }
const made = { 201: shown, 200: { ...shown, description: 'Made by an earlier identical request.' } }

addOperation(
  reviewSessionRoutes,
  {
    id: 'listReviewSessions',
    noun,
    summary: 'Review sessions, newest first',
    description:
      'Leads see all sessions. Reviewers see the sessions they are members of once active, and all members see closed ones.',
    method: 'get',
    path: '/review-sessions',
    action: 'review-session.read',
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(sessionStates).optional().describe('Only sessions in this state.'),
      templates: z.enum(['true', 'false']).default('false').describe('Templates instead of sessions.'),
    }),
    answers: { 200: { description: 'A page of sessions.', schema: pageSchema(sessionViewSchema) } },
  },
  async ({ permit, query: { templates, ...query } }) =>
    answer(await listSessions(permit, { ...query, templates: templates === 'true' })),
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'createReviewSession',
    noun,
    summary: 'Plan a review session',
    method: 'post',
    path: '/review-sessions',
    action: 'review-session.create',
    body: sessionInputSchema.strict(),
    answers: made,
    problems: ['conflict', 'gone'],
    example: { name: 'Harbour papers, spring', question: 'What do they say of the tide wall?' },
  },
  async ({ permit, body }) => {
    const { session, created } = await createSession(permit, body)
    return answer(session, { status: created ? 201 : 200, version: session.version })
  },
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'getReviewSession',
    noun,
    summary: 'One review session',
    method: 'get',
    path: one,
    action: 'review-session.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const session = await readSession(permit, params.sessionId)
    return answer(session, { version: session.version })
  },
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'getActivationEffects',
    noun,
    summary: 'The marks that activating a review session hides',
    description:
      'Reviewers start afresh: their earlier marks on a document that they are to review are hidden from them until the session is no longer active.',
    method: 'get',
    path: `${one}/activation`,
    action: 'review-session.update',
    answers: { 200: { description: 'Earlier marks by reviewer and document.', schema: activationEffectsSchema } },
  },
  async ({ permit, params }) => answer(await readActivationEffects(permit, params.sessionId)),
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'updateReviewSession',
    noun,
    summary: 'Change a review session',
    description: 'The protocol is replaced as a whole, and only in a draft.',
    method: 'patch',
    path: one,
    action: 'review-session.update',
    ifMatch: true,
    body: sessionPatchSchema.strict(),
    answers: { 200: shown },
    problems: ['conflict'],
    example: { guidelines: 'Check every figure against the archive.' },
  },
  async ({ permit, params, version, body }) => {
    const session = await updateSession(permit, { id: params.sessionId, version, patch: body })
    return answer(session, { version: session.version })
  },
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'deleteReviewSession',
    noun,
    summary: 'Delete a draft',
    method: 'delete',
    path: one,
    action: 'review-session.delete',
    ifMatch: true,
    answers: { 204: { description: 'It is deleted; restoring brings it back.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    await deleteSession(permit, { id: params.sessionId, version })
    return answerNothing()
  },
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'restoreReviewSession',
    noun,
    summary: 'Restore a deleted draft',
    method: 'post',
    path: `${one}/restore`,
    action: 'review-session.delete',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const session = await restoreSession(permit, params.sessionId)
    return answer(session, { version: session.version })
  },
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'copyReviewSession',
    noun,
    summary: 'Make a draft, or a template, from a session or a template',
    method: 'post',
    path: `${one}/copy`,
    action: 'review-session.create',
    body: sessionCopySchema,
    answers: made,
    problems: ['conflict', 'gone'],
    example: { name: 'Harbour papers, summer', documents: true },
  },
  async ({ permit, params, body }) => {
    const { session, created } = await copySession(permit, { sessionId: params.sessionId, copy: body })
    return answer(session, { status: created ? 201 : 200, version: session.version })
  },
)

addOperation(
  reviewSessionRoutes,
  {
    id: 'moveReviewSession',
    noun,
    summary: 'Move a review session to another state',
    description: 'A session lists in `transitions` the states it can move to and what stands in the way.',
    method: 'post',
    path: `${one}/transitions`,
    action: 'review-session.update',
    ifMatch: true,
    body: sessionMoveSchema,
    answers: { 200: shown },
    problems: ['conflict'],
    example: { name: 'activate' },
  },
  async ({ permit, params, version, body }) => {
    const session = await moveSession(permit, { id: params.sessionId, version, move: body })
    return answer(session, { version: session.version })
  },
)
