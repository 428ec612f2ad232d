import { z } from 'zod'
import { invitationSchema, newInvitationSchema } from '@/lib/domain/members/schema'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listInvitations } from './data'
import { deliverInvitation } from './deliver'
import { createInvitation, revokeInvitation } from './mutations'
import { presentInvitation } from './present'

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
      'The link holds for seven days, works once and is answered only here. It is mailed when a mail server is set: `mail` says `sent`, `off` or `failed`. An earlier open invitation of the address is withdrawn.',
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
    description: 'Its link stops working at once. Withdrawing twice is once.',
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
