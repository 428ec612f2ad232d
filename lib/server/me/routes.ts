import { z } from 'zod'
import { nameSchema, meSchema, passwordChangeSchema, signInSchema } from '@/lib/domain/members/schema'
import { permit as pass } from '../access/gate'
import { deviceCookieName, sessionCookieName, setCookie, deviceLife, makeDevice } from '../auth/cookies'
import { encodeSession, newSessionClaims, sessionLife } from '../auth/session/sessions'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listSignIns, readMe } from './data'
import { changePassword, endMySessions, endSignIn, renameMe } from './mutations'

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
      'Ends all your sessions, and your personal tokens in every workspace unless you keep them, and answers with the cookie of a new one. Takes a session: a token cannot change the account. Wrong current passwords are throttled as signing in is.',
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
    id: 'listSignIns',
    noun: 'me',
    summary: 'Where you are signed in',
    description: 'Your sessions on one page, last used first. Takes a session: a token is not shown them.',
    method: 'get',
    path: '/me/sessions',
    action: 'sign-in.list',
    answers: { 200: { description: 'Your sessions.', schema: pageSchema(signInSchema) } },
  },
  async ({ permit }) => answer({ items: await listSignIns(permit), next: null }),
)

addOperation(
  meRoutes,
  {
    id: 'endSignIn',
    noun: 'me',
    summary: 'Sign out one of your devices',
    description: 'Ends one session at once. Takes a session: a token cannot change the account.',
    method: 'delete',
    path: '/me/sessions/{signInId}',
    action: 'sign-in.end',
    answers: { 204: { description: 'It is ended.' } },
  },
  async ({ permit, params }) => {
    await endSignIn(permit, params.signInId)
    return answerNothing()
  },
)

addOperation(
  meRoutes,
  {
    id: 'endSessions',
    noun: 'me',
    summary: 'Sign out everywhere',
    description:
      'Ends all your sessions on every device, this one too, and your personal tokens in every workspace unless `keepTokens` is `true`.',
    method: 'delete',
    path: '/me/sessions',
    action: 'account.update',
    query: z.strictObject({ keepTokens: z.enum(['true', 'false']).default('false') }),
    answers: { 204: { description: 'They are ended.' } },
  },
  async ({ permit, query }) => {
    await endMySessions(permit, { keepTokens: query.keepTokens === 'true' })
    return answerNothing()
  },
)
