import { z } from 'zod'
import {
  assignmentCommentSchema,
  assignmentInputSchema,
  assignmentPatchSchema,
  assignmentReturnSchema,
  assignmentViewSchema,
  bulkAssignmentsSchema,
  distributionInputSchema,
  distributionViewSchema,
  reassignmentSchema,
} from '@/lib/domain/assignments/schema'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { createAssignment } from './assign'
import { distributeDocuments } from './distribution'
import { changeAssignment, changeManyAssignments, remindAssignment, removeAssignment } from './mutations'
import { reassign } from './reassign'

/** Routes of assignments that leads use. */
export const leadAssignmentRoutes = createRoutes()

const noun = 'assignment'
const many = '/review-sessions/{sessionId}/assignments'
const one = '/assignments/{assignmentId}'
const shown = { description: 'The assignment.', schema: assignmentViewSchema }
const exampleId = '01932f6a-7c00-7000-8000-3d5c1f2a9b01'

addOperation(
  leadAssignmentRoutes,
  {
    id: 'createAssignment',
    noun,
    summary: 'Assign a document to a member by hand',
    description:
      'Both must be in the session. Refused for a suspended member or a viewer, for a conflict of interest, and while the member has the document in another session.',
    method: 'post',
    path: many,
    action: 'assignment.manage',
    body: assignmentInputSchema,
    answers: { 201: shown, 200: { ...shown, description: 'Made by an earlier identical request.' } },
    problems: ['conflict'],
    example: { documentId: exampleId, memberId: exampleId, dueAt: '2030-05-01T12:00:00.000Z' },
  },
  async ({ permit, params, body }) => {
    const { assignment, created } = await createAssignment(permit, { sessionId: params.sessionId, input: body })
    return answer(assignment, { status: created ? 201 : 200, version: assignment.version })
  },
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'distributeDocuments',
    noun,
    summary: 'Distribute a session’s documents over its reviewers',
    description:
      'Fills the free places fairly by words, weights and quotas, avoids conflicts of interest, and gives the reason for each assignment. Existing assignments stay. The same seed gives the same result.',
    method: 'post',
    path: '/review-sessions/{sessionId}/distribution',
    action: 'assignment.manage',
    body: distributionInputSchema,
    answers: { 200: { description: 'The assignments that were made, or would be.', schema: distributionViewSchema } },
    problems: ['conflict'],
    example: { seed: 20260501, dryRun: true },
  },
  async ({ permit, params, body }) =>
    answer(await distributeDocuments(permit, { sessionId: params.sessionId, request: body })),
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'changeAssignments',
    noun,
    summary: 'One action on many assignments of a session, all or none',
    description:
      '`release` withdraws overdue assignments; as with every withdrawal, their work is kept, locked. `reassign` gives all to one other member and returns that member’s assignments. A refusal gives the reason for each in `current.refused`.',
    method: 'post',
    path: `${many}/bulk`,
    action: 'assignment.manage',
    body: bulkAssignmentsSchema,
    answers: {
      200: {
        description: 'The assignments after the call; `changed` counts those it changed.',
        schema: z.object({ items: z.array(assignmentViewSchema), changed: z.number().int() }),
      },
    },
    problems: ['conflict'],
    example: { action: 'remind', ids: [exampleId] },
  },
  async ({ permit, params, body }) =>
    answer(await changeManyAssignments(permit, { sessionId: params.sessionId, input: body })),
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'updateAssignment',
    noun,
    summary: 'Give an assignment another due date',
    method: 'patch',
    path: one,
    action: 'assignment.manage',
    ifMatch: true,
    body: assignmentPatchSchema,
    answers: { 200: shown },
    problems: ['conflict'],
    example: { dueAt: '2030-05-01T12:00:00.000Z' },
  },
  async ({ permit, params, version, body: { dueAt } }) => {
    const change = { action: 'extend' as const, dueAt: dueAt === null ? null : new Date(dueAt) }
    const assignment = await changeAssignment(permit, { id: params.assignmentId, version, change })
    return answer(assignment, { version: assignment.version })
  },
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'removeAssignment',
    noun,
    summary: 'Remove an assignment from a draft’s plan',
    method: 'delete',
    path: one,
    action: 'assignment.manage',
    ifMatch: true,
    answers: { 204: { description: 'It is removed; no work was done in it.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    await removeAssignment(permit, { id: params.assignmentId, version })
    return answerNothing()
  },
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'returnAssignment',
    noun,
    summary: 'Return submitted work with a comment',
    method: 'post',
    path: `${one}/return`,
    action: 'assignment.manage',
    ifMatch: true,
    body: assignmentReturnSchema,
    answers: { 200: shown },
    problems: ['conflict'],
    example: { comment: 'The third paragraph needs a second source.' },
  },
  async ({ permit, params, version, body }) => {
    const change = { action: 'return' as const, comment: body.comment }
    const assignment = await changeAssignment(permit, { id: params.assignmentId, version, change })
    return answer(assignment, { version: assignment.version })
  },
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'withdrawAssignment',
    noun,
    summary: 'Withdraw an assignment; its work is kept, locked',
    method: 'post',
    path: `${one}/withdraw`,
    action: 'assignment.manage',
    ifMatch: true,
    body: assignmentCommentSchema,
    answers: { 200: shown },
    problems: ['conflict'],
    example: { comment: 'Get well soon.' },
  },
  async ({ permit, params, version, body }) => {
    const change = { action: 'withdraw' as const, comment: body.comment }
    const assignment = await changeAssignment(permit, { id: params.assignmentId, version, change })
    return answer(assignment, { version: assignment.version })
  },
)

for (const [action, id, summary] of [
  ['accept', 'acceptAssignment', 'Accept submitted work'],
  ['reinstate', 'reinstateAssignment', 'Reinstate a withdrawn assignment'],
  ['release', 'releaseAssignment', 'Release an overdue assignment; its work is kept, locked'],
] as const) {
  addOperation(
    leadAssignmentRoutes,
    {
      id,
      noun,
      summary,
      method: 'post',
      path: `${one}/${action}`,
      action: 'assignment.manage',
      ifMatch: true,
      answers: { 200: shown },
      problems: ['conflict'],
    },
    async ({ permit, params, version }) => {
      const assignment = await changeAssignment(permit, { id: params.assignmentId, version, change: { action } })
      return answer(assignment, { version: assignment.version })
    },
  )
}

addOperation(
  leadAssignmentRoutes,
  {
    id: 'remindAssignment',
    noun,
    summary: 'Remind a reviewer of unfinished work',
    description: 'Nothing is sent within an hour of the last reminder.',
    method: 'post',
    path: `${one}/remind`,
    action: 'assignment.manage',
    answers: { 200: shown },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    const assignment = await remindAssignment(permit, params.assignmentId)
    return answer(assignment, { version: assignment.version })
  },
)

addOperation(
  leadAssignmentRoutes,
  {
    id: 'reassignAssignment',
    noun,
    summary: 'Give an assignment to another reviewer, in one step',
    description: 'It is withdrawn, its work kept as locked, and the other member gets the document.',
    method: 'post',
    path: `${one}/reassign`,
    action: 'assignment.manage',
    ifMatch: true,
    body: reassignmentSchema,
    answers: {
      200: {
        description: 'The withdrawn assignment and the new one.',
        schema: z.object({ withdrawn: assignmentViewSchema, assigned: assignmentViewSchema }),
      },
    },
    problems: ['conflict'],
    example: { memberId: exampleId, comment: 'Thank you for what you did.' },
  },
  async ({ permit, params, version, body }) =>
    answer(await reassign(permit, { id: params.assignmentId, version, to: body })),
)
