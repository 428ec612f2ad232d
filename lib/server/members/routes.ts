import { memberChangeSchema, memberSchema } from '@/lib/domain/members/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listMembers, readMember } from './data'
import { changeMember } from './mutations'
import { presentMember } from './present'

/** Routes of the members of a workspace. */
export const memberRoutes = createRoutes()

addOperation(
  memberRoutes,
  {
    id: 'listMembers',
    noun: 'member',
    summary: 'The members of the workspace',
    description: 'All of them on one page, those who joined first first.',
    method: 'get',
    path: '/members',
    action: 'member.list',
    answers: { 200: { description: 'The members.', schema: pageSchema(memberSchema) } },
  },
  async ({ permit, actor }) =>
    answer({ items: (await listMembers(permit)).map((row) => presentMember(row, actor)), next: null }),
)

addOperation(
  memberRoutes,
  {
    id: 'getMember',
    noun: 'member',
    summary: 'One member',
    method: 'get',
    path: '/members/{memberId}',
    action: 'member.list',
    answers: { 200: { description: 'The member.', schema: memberSchema } },
  },
  async ({ permit, actor, params }) => {
    const row = await readMember(permit, params.memberId)
    return answer(presentMember(row, actor), { version: row.version })
  },
)

addOperation(
  memberRoutes,
  {
    id: 'updateMember',
    noun: 'member',
    summary: 'Change a member’s role, suspend or reinstate them',
    description:
      'A new role and a suspension end the person’s sessions at once. The last active owner can be neither demoted nor suspended (409).',
    method: 'patch',
    path: '/members/{memberId}',
    action: 'member.update',
    body: memberChangeSchema,
    ifMatch: true,
    answers: { 200: { description: 'The member as it is now.', schema: memberSchema } },
    problems: ['conflict'],
    example: { role: 'lead' },
  },
  async ({ permit, actor, params, body, version }) => {
    const row = await changeMember(permit, { memberId: params.memberId, change: body, version })
    return answer(presentMember(row, actor), { version: row.version })
  },
)
