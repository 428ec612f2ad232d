import { z } from 'zod'
import {
  invitationSchema,
  memberChangeSchema,
  memberSchema,
  newInvitationSchema,
  workspaceChangeSchema,
  workspaceSchema,
} from '@/lib/domain/members/schema'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listInvitations, presentInvitation } from '../invitations/data'
import { createInvitation, deliverInvitation, revokeInvitation } from '../invitations/mutations'
import { presentWorkspace, readWorkspace } from '../workspaces/data'
import { updateWorkspace } from '../workspaces/mutations'
import { listMembers, presentMember, readMember } from './data'
import { changeMember } from './mutations'

/** Routes of the workspace of the session or token. */
export const workspaceRoutes = createRoutes()

addOperation(
  workspaceRoutes,
  {
    id: 'getWorkspace',
    noun: 'workspace',
    summary: 'The workspace',
    method: 'get',
    path: '/workspace',
    action: 'workspace.read',
    answers: { 200: { description: 'The workspace.', schema: workspaceSchema } },
  },
  async ({ permit, actor }) => {
    const row = await readWorkspace(permit)
    return answer(presentWorkspace(row, actor), { version: row.version })
  },
)

addOperation(
  workspaceRoutes,
  {
    id: 'updateWorkspace',
    noun: 'workspace',
    summary: 'Change the name or time zone of the workspace',
    method: 'patch',
    path: '/workspace',
    action: 'workspace.update',
    body: workspaceChangeSchema,
    ifMatch: true,
    answers: { 200: { description: 'The workspace after the change.', schema: workspaceSchema } },
    example: { name: 'Harbour desk', timeZone: 'Europe/Lisbon' },
  },
  async ({ permit, actor, body, version }) => {
    const row = await updateWorkspace(permit, { change: body, version })
    return answer(presentWorkspace(row, actor), { version: row.version })
  },
)

/** Routes of the members of a workspace. */
export const memberRoutes = createRoutes()

addOperation(
  memberRoutes,
  {
    id: 'listMembers',
    noun: 'member',
    summary: 'The members of the workspace',
    description: 'All of them on one page, in the order in which they joined.',
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
    answers: { 200: { description: 'The member after the change.', schema: memberSchema } },
    problems: ['conflict'],
    example: { role: 'lead' },
  },
  async ({ permit, actor, params, body, version }) => {
    const row = await changeMember(permit, { memberId: params.memberId, change: body, version })
    return answer(presentMember(row, actor), { version: row.version })
  },
)

/** Routes of invitations. */
export const invitationRoutes = createRoutes()

addOperation(
  invitationRoutes,
  {
    id: 'listInvitations',
    noun: 'invitation',
    summary: 'The invitations of the last 90 days',
    description: 'All of them on one page, newest first.',
    method: 'get',
    path: '/invitations',
    action: 'invitation.list',
    answers: { 200: { description: 'The invitations.', schema: pageSchema(invitationSchema) } },
  },
  async ({ permit, actor }) => {
    const now = new Date()
    const rows = await listInvitations(permit, now)
    return answer({ items: rows.map((row) => presentInvitation(row, actor, now)), next: null })
  },
)

addOperation(
  invitationRoutes,
  {
    id: 'createInvitation',
    noun: 'invitation',
    summary: 'Invite a new member by e-mail address',
    description:
      'The link is valid for seven days, works once and is returned only here. It is mailed when a mail server is set: `mail` says `sent`, `off` or `failed`. An earlier open invitation of the address is withdrawn.',
    method: 'post',
    path: '/invitations',
    action: 'invitation.create',
    body: newInvitationSchema,
    answers: {
      201: {
        description: 'The invitation and its link.',
        schema: z.object({
          invitation: invitationSchema,
          link: z.string(),
          mail: z.enum(['sent', 'off', 'failed']),
        }),
      },
    },
    problems: ['conflict'],
    example: { id: '01995f2c-8f4e-7c3a-9d51-2f6f0a7b1c2d', email: 'ines@example.org', role: 'reviewer' },
  },
  async ({ permit, actor, body }) => {
    const made = await createInvitation(permit, body)
    const delivery = await deliverInvitation(permit, made)
    return answer({ invitation: presentInvitation(made.row, actor, new Date()), ...delivery }, { status: 201 })
  },
)

addOperation(
  invitationRoutes,
  {
    id: 'revokeInvitation',
    noun: 'invitation',
    summary: 'Withdraw an invitation',
    description: 'Its link stops working at once. Withdrawing it again changes nothing.',
    method: 'delete',
    path: '/invitations/{invitationId}',
    action: 'invitation.revoke',
    answers: { 204: { description: 'It is withdrawn.' } },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    await revokeInvitation(permit, params.invitationId)
    return answerNothing()
  },
)
