import { z } from 'zod'
import { sessionMatrixSchema } from '@/lib/domain/assignments/matrix'
import { answer } from '../http/answers'
import { answerDownload } from '../http/download'
import { addOperation, createRoutes } from '../http/operation'
import { exportAssignments, exportMatrix } from './export'
import { readSessionMatrix } from './matrix'

/** Routes of a review session's matrix: as JSON and as CSV. */
export const sessionMatrixRoutes = createRoutes()

const noun = 'review session'
const one = '/review-sessions/{sessionId}'

addOperation(
  sessionMatrixRoutes,
  {
    id: 'getSessionMatrix',
    noun,
    summary: 'Documents and reviewers of a review session, and what holds it up',
    description:
      'Leads are shown everyone’s state and progress, never their marks; reviewers of a blind session that is active only their own.',
    method: 'get',
    path: `${one}/matrix`,
    action: 'review-session.read',
    answers: { 200: { description: 'The matrix.', schema: sessionMatrixSchema } },
  },
  async ({ permit, params }) => answer(await readSessionMatrix(permit, params.sessionId)),
)

addOperation(
  sessionMatrixRoutes,
  {
    id: 'exportSessionMatrix',
    noun,
    summary: 'The matrix of a review session as CSV',
    method: 'get',
    path: `${one}/matrix.csv`,
    action: 'review-session.read',
    answers: {
      200: { description: 'A line a document, a column a reviewer.', schema: z.string(), mediaType: 'text/csv' },
    },
  },
  async ({ permit, params, request }) => answerDownload(await exportMatrix(permit, params.sessionId), request),
)

addOperation(
  sessionMatrixRoutes,
  {
    id: 'exportSessionAssignments',
    noun,
    summary: 'The assignments of a review session as CSV',
    method: 'get',
    path: `${one}/assignments.csv`,
    action: 'review-session.read',
    answers: { 200: { description: 'A line an assignment.', schema: z.string(), mediaType: 'text/csv' } },
  },
  async ({ permit, params, request }) => answerDownload(await exportAssignments(permit, params.sessionId), request),
)
