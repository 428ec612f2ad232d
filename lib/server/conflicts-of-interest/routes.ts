import { z } from 'zod'
import { conflictInputSchema, conflictViewSchema } from '@/lib/domain/conflicts-of-interest/schema'
import { idSchema } from '@/lib/domain/fields'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listConflicts } from './data'
import { declareConflict, withdrawConflict } from './mutations'

/** Routes of conflicts of interest. */
export const conflictRoutes = createRoutes()

const noun = 'conflict of interest'
const many = '/conflicts-of-interest'
const shown = { description: 'The conflict of interest.', schema: conflictViewSchema }

addOperation(
  conflictRoutes,
  {
    id: 'listConflictsOfInterest',
    noun,
    summary: 'Declared conflicts of interest: your own; for leads, those of all members',
    method: 'get',
    path: many,
    action: 'conflict-of-interest.list',
    query: z.strictObject({ ...pageQuery, member: idSchema.optional().describe('Only those of this member.') }),
    answers: { 200: { description: 'A page of them.', schema: pageSchema(conflictViewSchema) } },
  },
  async ({ permit, query: { member, ...query } }) =>
    answer(await listConflicts(permit, { ...query, memberId: member })),
)

addOperation(
  conflictRoutes,
  {
    id: 'declareConflictOfInterest',
    noun,
    summary: 'Declare a conflict of interest with a source or a document',
    description:
      'The member is never assigned it then. Without `memberId` it is your own; leads may declare those of others.',
    method: 'post',
    path: many,
    action: 'conflict-of-interest.declare',
    body: conflictInputSchema,
    answers: { 201: shown, 200: { ...shown, description: 'It was declared before.' } },
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
    noun,
    summary: 'Take a declared conflict of interest back',
    method: 'delete',
    path: `${many}/{conflictId}`,
    action: 'conflict-of-interest.declare',
    answers: { 204: { description: 'It no longer keeps anyone from anything.' } },
  },
  async ({ permit, params }) => {
    await withdrawConflict(permit, params.conflictId)
    return answerNothing()
  },
)
