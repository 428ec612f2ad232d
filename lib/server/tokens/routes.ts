import { z } from 'zod'
import { memberTokenSchema, newTokenSchema, tokenSchema } from '@/lib/domain/members/schema'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listMemberTokens, listTokens } from './data'
import { createToken, revokeMemberToken, revokeToken } from './mutations'
import { presentMemberToken, presentToken } from './present'

/** Routes of personal tokens. Members see and revoke their own, owners those of all. */
export const tokenRoutes = createRoutes()

addOperation(
  tokenRoutes,
  {
    id: 'listTokens',
    noun: 'token',
    summary: 'Your own tokens in this workspace',
    description:
      'All that were not revoked on one page, newest first. Never the tokens themselves: `hint` is how one ends.',
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
      '`secret` is the token itself and is answered only here. It may do what your role may, within its scopes. A token cannot make one with more scopes than its own or a later end, and what it made ends when it is revoked.',
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
    description: 'It stops working at once, and so does all that it made. Revoking twice is once.',
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
    description: 'For owners: all that were not revoked on one page, with whose they are. Never the tokens themselves.',
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
    description: 'For owners. It stops working at once, and so does all that it made. Revoking twice is once.',
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
