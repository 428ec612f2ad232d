import { z } from 'zod'
import { nameSchema, meSchema, passwordChangeSchema } from '@/lib/domain/members/schema'
import { permit as pass } from '../access/gate'
import { deviceCookieName, sessionCookieName, setCookie } from '../auth/cookies'
import { deviceLife, makeDevice } from '../auth/device'
import { encodeSession, newSessionClaims, sessionLife } from '../auth/session-token'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { readMe } from './data'
import { changePassword, endMySessions, renameMe } from './mutations'

/** Routes of the person who asks. */
export const meRoutes = createRoutes()

addOperation(
  meRoutes,
  {
    id: 'getMe',
    noun: 'me',
    summary: 'Who you are, what you may do, and where',
    description:
      '`can` lists the actions that your role, and the scopes of the token you used, allow in this workspace.',
    method: 'get',
    path: '/me',
    action: 'account.read',
    answers: { 200: { description: 'You.', schema: meSchema } },
  },
  async ({ permit }) => answer(await readMe(permit)),
)

addOperation(
  meRoutes,
  {
    id: 'updateMe',
    noun: 'me',
    summary: 'Change what you are called',
    description: 'Takes a session: a token cannot change the account.',
    method: 'patch',
    path: '/me',
    action: 'account.update',
    body: z.strictObject({ name: nameSchema }),
    answers: { 200: { description: 'You, as you are now.', schema: meSchema } },
    example: { name: 'Ines Achterberg' },
  },
  async ({ permit, actor, body }) => {
    await renameMe(permit, body.name)
    return answer(await readMe(pass(actor, 'account.read')))
  },
)

addOperation(
  meRoutes,
  {
    id: 'changePassword',
    noun: 'me',
    summary: 'Change your password',
    description:
      'Ends all your sessions, and answers with the cookie of a new one. Takes a session: a token cannot change the account. Wrong current passwords are throttled as signing in is.',
    method: 'post',
    path: '/me/password',
    action: 'account.update',
    body: passwordChangeSchema,
    answers: { 204: { description: 'It is changed.' } },
    problems: ['conflict', 'too-many-requests'],
  },
  async ({ permit, body }) => {
    const user = await changePassword(permit, body)
    const session = await encodeSession(newSessionClaims(user))
    const headers = new Headers({ 'cache-control': 'private, no-store' })
    headers.append('set-cookie', setCookie(sessionCookieName(), session, sessionLife))
    headers.append('set-cookie', setCookie(deviceCookieName(), makeDevice(user.email), deviceLife))
    return new Response(null, { status: 204, headers })
  },
)

addOperation(
  meRoutes,
  {
    id: 'endSessions',
    noun: 'me',
    summary: 'Sign out everywhere',
    description:
      'Ends all your sessions on every device, this one too. Personal tokens stay; revoke them on their own.',
    method: 'delete',
    path: '/me/sessions',
    action: 'account.update',
    answers: { 204: { description: 'They are ended.' } },
  },
  async ({ permit }) => {
    await endMySessions(permit)
    return new Response(null, { status: 204, headers: { 'cache-control': 'private, no-store' } })
  },
)
