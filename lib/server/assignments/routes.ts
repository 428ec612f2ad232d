import { z } from 'zod'
import { assignmentViewSchema, completenessSchema } from '@/lib/domain/assignments/schema'
import { assignmentStates } from '@/lib/domain/assignments/states'
import { conflictInputSchema, conflictViewSchema } from '@/lib/domain/conflicts-of-interest/schema'
import { idSchema } from '@/lib/domain/fields'
import { inboxSchema } from '@/lib/domain/inbox/schema'
import type { Actor } from '../access/gate'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { declareConflict, listConflicts, withdrawConflict } from './conflicts-of-interest'
import { listAssignments, readAssignment, readCompleteness, type AssignmentFilter } from './data'
import { readInbox } from './inbox'
import { startAssignment, submitAssignment } from './mutations'

/** Routes of assignments that reviewers use. */
export const assignmentRoutes = createRoutes()

const noun = 'assignment'
const one = '/assignments/{assignmentId}'
const shown = { description: 'The assignment.', schema: assignmentViewSchema }
const narrowing = {
  ...pageQuery,
  state: z.enum(assignmentStates).optional(),
  document: idSchema.optional().describe('Only assignments of this document.'),
  member: z
    .union([z.literal('me'), idSchema])
    .optional()
    .describe('Only assignments of this member; `me` for your own.'),
}
const pageOfThem = { 200: { description: 'A page of assignments.', schema: pageSchema(assignmentViewSchema) } }

function filterOf(
  { cursor, limit, state, document, member }: z.infer<z.ZodObject<typeof narrowing>>,
  { memberId }: Actor,
): Omit<AssignmentFilter, 'sessionId'> {
  return { cursor, limit, state, documentId: document, memberId: member === 'me' ? memberId : member }
}

addOperation(
  assignmentRoutes,
  {
    id: 'listAssignments',
    noun,
    summary: 'Assignments that you may see',
    description:
      'Leads see all assignments. Others see their own, and all assignments of their sessions where nobody works blind.',
    method: 'get',
    path: '/assignments',
    action: 'assignment.read',
    query: z.strictObject({
      ...narrowing,
      session: idSchema.optional().describe('Only assignments of this review session.'),
    }),
    answers: pageOfThem,
  },
  async ({ permit, actor, query }) =>
    answer(await listAssignments(permit, { ...filterOf(query, actor), sessionId: query.session })),
)

addOperation(
  assignmentRoutes,
  {
    id: 'listSessionAssignments',
    noun,
    summary: 'Assignments of a review session that you may see',
    method: 'get',
    path: '/review-sessions/{sessionId}/assignments',
    action: 'assignment.read',
    query: z.strictObject(narrowing),
    answers: pageOfThem,
  },
  async ({ permit, actor, params, query }) =>
    answer(await listAssignments(permit, { ...filterOf(query, actor), sessionId: params.sessionId })),
)

addOperation(
  assignmentRoutes,
  {
    id: 'getAssignment',
    noun,
    summary: 'One assignment, and why its member got it',
    method: 'get',
    path: one,
    action: 'assignment.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const assignment = await readAssignment(permit, params.assignmentId)
    return answer(assignment, { version: assignment.version })
  },
)

addOperation(
  assignmentRoutes,
  {
    id: 'getAssignmentCompleteness',
    noun,
    summary: 'What your assignment still lacks before it can be submitted',
    method: 'get',
    path: `${one}/completeness`,
    action: 'assignment.work',
    answers: { 200: { description: 'What is incomplete, in text order.', schema: completenessSchema } },
    problems: ['conflict'],
  },
  async ({ permit, params }) => answer(await readCompleteness(permit, params.assignmentId)),
)

addOperation(
  assignmentRoutes,
  {
    id: 'startAssignment',
    noun,
    summary: 'Start your assignment',
    description: 'The first mark also starts it. Starting it again changes nothing.',
    method: 'post',
    path: `${one}/start`,
    action: 'assignment.work',
    answers: { 200: shown },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    const assignment = await startAssignment(permit, params.assignmentId)
    return answer(assignment, { version: assignment.version })
  },
)

addOperation(
  assignmentRoutes,
  {
    id: 'submitAssignment',
    noun,
    summary: 'Submit your assignment',
    description:
      'Locks its marks. Refused while anything is incomplete, with each place in `current`. Submitting again changes nothing.',
    method: 'post',
    path: `${one}/submit`,
    action: 'assignment.work',
    answers: { 200: shown },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    const assignment = await submitAssignment(permit, params.assignmentId)
    return answer(assignment, { version: assignment.version })
  },
)

addOperation(
  assignmentRoutes,
  {
    id: 'getInbox',
    noun: 'inbox',
    summary: 'Your inbox',
    method: 'get',
    path: '/inbox',
    action: 'assignment.read',
    answers: {
      200: {
        description: 'Work that is due or was returned, and everything else that waits for you.',
        schema: inboxSchema,
      },
    },
  },
  async ({ permit }) => answer(await readInbox(permit)),
)

/** Routes of conflicts of interest. */
export const conflictRoutes = createRoutes()

const shownConflict = { description: 'The conflict of interest.', schema: conflictViewSchema }

addOperation(
  conflictRoutes,
  {
    id: 'listConflictsOfInterest',
    noun: 'conflict of interest',
    summary: 'Declared conflicts of interest: your own, or all of them for leads',
    method: 'get',
    path: '/conflicts-of-interest',
    action: 'conflict-of-interest.list',
    query: z.strictObject({
      ...pageQuery,
      member: idSchema.optional().describe('Only those declared of this member.'),
    }),
    answers: { 200: { description: 'A page of conflicts of interest.', schema: pageSchema(conflictViewSchema) } },
  },
  async ({ permit, query: { member, ...query } }) =>
    answer(await listConflicts(permit, { ...query, memberId: member })),
)

addOperation(
  conflictRoutes,
  {
    id: 'declareConflictOfInterest',
    noun: 'conflict of interest',
    summary: 'Declare a conflict of interest with a source or a document',
    description:
      'The member is never assigned it afterwards. Without `memberId` it is your own; leads may declare those of others.',
    method: 'post',
    path: '/conflicts-of-interest',
    action: 'conflict-of-interest.declare',
    body: conflictInputSchema,
    answers: { 201: shownConflict, 200: { ...shownConflict, description: 'Already declared.' } },
    problems: ['not-found', 'conflict'],
    example: { sourceId: '01932f6a-7c00-7000-8000-3d5c1f2a9b01', reason: 'I worked there until last year.' },
  },
  async ({ permit, body }) => {
    const { conflict, created } = await declareConflict(permit, body)
    return answer(conflict, { status: created ? 201 : 200 })
  },
)

addOperation(
  conflictRoutes,
  {
    id: 'withdrawConflictOfInterest',
    noun: 'conflict of interest',
    summary: 'Withdraw a declared conflict of interest',
    method: 'delete',
    path: '/conflicts-of-interest/{conflictId}',
    action: 'conflict-of-interest.declare',
    answers: { 204: { description: 'It is withdrawn and no longer prevents an assignment.' } },
  },
  async ({ permit, params }) => {
    await withdrawConflict(permit, params.conflictId)
    return answerNothing()
  },
)
