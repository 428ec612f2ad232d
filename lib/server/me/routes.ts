import { z } from 'zod'
import {
  memberTokenSchema,
  meSchema,
  nameSchema,
  newTokenSchema,
  passwordChangeSchema,
  signInSchema,
  tokenSchema,
} from '@/lib/domain/members/schema'
import { permit as pass } from '../access/gate'
import { deviceCookieName, deviceLife, makeDevice, sessionCookieName, setCookie } from '../auth/cookies'
import { encodeSession, newSessionClaims, sessionLife } from '../auth/session/sessions'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listSignIns, readMe } from './data'
import { changePassword, endMySessions, endSignIn, renameMe } from './mutations'
import {
  createToken,
  listMemberTokens,
  listTokens,
  presentMemberToken,
  presentToken,
  revokeMemberToken,
  revokeToken,
} from './tokens'

/** Routes of the current person. */
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
    summary: 'Change your name',
    description: 'Needs a session: a token cannot change the account.',
    method: 'patch',
    path: '/me',
    action: 'account.update',
    body: z.strictObject({ name: nameSchema }),
    answers: { 200: { description: 'You, after the change.', schema: meSchema } },
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
      'Ends all your sessions, revokes your personal tokens in every workspace unless you keep them, and returns the cookie of a new session. Needs a session: a token cannot change the account. Attempts with a wrong current password are limited, as for signing in.',
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
    description: 'Your sessions on one page, last used first. Needs a session: a token may not see them.',
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
    description: 'Ends one session at once. Needs a session: a token cannot change the account.',
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
      'Ends all your sessions on every device, including this one, and revokes your personal tokens in every workspace unless `keepTokens` is `true`.',
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

/** Routes of personal tokens. Members see and revoke their own, owners everyone's. */
export const tokenRoutes = createRoutes()

addOperation(
  tokenRoutes,
  {
    id: 'listTokens',
    noun: 'token',
    summary: 'Your own tokens in this workspace',
    description:
      'All that are not revoked, on one page, newest first. Never the tokens themselves: `hint` has the last characters of each.',
    method: 'get',
    path: '/tokens',
    action: 'token.list',
    answers: { 200: { description: 'The tokens.', schema: pageSchema(tokenSchema) } },
  },
  async ({ permit, actor }) =>
    answer({ items: (await listTokens(permit)).map((row) => presentToken(row, actor)), next: null }),
)

addOperation(
  tokenRoutes,
  {
    id: 'createToken',
    noun: 'token',
    summary: 'Make a personal token',
    description:
      '`secret` is the token itself and is returned only here. It may do what your role may, within its scopes. A token cannot make one with more scopes or a later expiry than its own. Revoking it also revokes the tokens it made.',
    method: 'post',
    path: '/tokens',
    action: 'token.create',
    body: newTokenSchema,
    answers: {
      201: {
        description: 'The token and its secret.',
        schema: z.object({ token: tokenSchema, secret: z.string() }),
      },
    },
    problems: ['conflict'],
    example: {
      id: '01995f2c-8f4e-7c3a-9d51-2f6f0a7b1c2d',
      name: 'Nightly import',
      scopes: ['read', 'manage'],
      expiresAt: '2030-01-01T00:00:00Z',
    },
  },
  async ({ permit, actor, body }) => {
    const { row, secret } = await createToken(permit, body)
    return answer({ token: presentToken(row, actor), secret }, { status: 201 })
  },
)

addOperation(
  tokenRoutes,
  {
    id: 'revokeToken',
    noun: 'token',
    summary: 'Revoke one of your tokens',
    description: 'It stops working at once, and so do the tokens it made. Revoking it again changes nothing.',
    method: 'delete',
    path: '/tokens/{tokenId}',
    action: 'token.revoke',
    answers: { 204: { description: 'It is revoked.' } },
  },
  async ({ permit, params }) => {
    await revokeToken(permit, params.tokenId)
    return answerNothing()
  },
)

addOperation(
  tokenRoutes,
  {
    id: 'listMemberTokens',
    noun: 'token',
    summary: 'The tokens of all members',
    description: 'For owners: all that are not revoked, on one page, with their members. Never the tokens themselves.',
    method: 'get',
    path: '/workspace/tokens',
    action: 'member-token.list',
    answers: { 200: { description: 'The tokens.', schema: pageSchema(memberTokenSchema) } },
  },
  async ({ permit, actor }) =>
    answer({ items: (await listMemberTokens(permit)).map((row) => presentMemberToken(row, actor)), next: null }),
)

addOperation(
  tokenRoutes,
  {
    id: 'revokeMemberToken',
    noun: 'token',
    summary: 'Revoke any member’s token',
    description:
      'For owners. It stops working at once, and so do the tokens it made. Revoking it again changes nothing.',
    method: 'delete',
    path: '/workspace/tokens/{tokenId}',
    action: 'member-token.revoke',
    answers: { 204: { description: 'It is revoked.' } },
  },
  async ({ permit, params }) => {
    await revokeMemberToken(permit, params.tokenId)
    return answerNothing()
  },
)
