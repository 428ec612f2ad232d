import { tokenScopes, type Role } from '@/lib/domain/access/policy'
import { DomainError } from '@/lib/domain/errors'
import type { MemberStatus } from '@/lib/domain/members/schema'
import type { Actor } from '../access/gate'
import { database } from '../db/client'
import { logger } from '../log'
import { callerOf } from './address'
import { hashSecret } from './token-secret'
import { countWrongSecret } from './throttle'
import { transact } from '../db/write'

/** The prefix of every personal token. */
export const tokenPrefix = 'smk_'

/** How often the last use of a token is stored, in ms. */
const lastUseInterval = 60_000

/** A time from a raw query: text from SQLite, a Date from PostgreSQL. */
type RawMoment = string | number | Date

interface TokenRow {
  id: string
  workspaceId: string
  scopes: string
  expiresAt: RawMoment | null
  revokedAt: RawMoment | null
  lastUsedAt: RawMoment | null
  memberId: string
  userId: string
  role: Role
  status: MemberStatus
  name: string
}

function momentOf(raw: RawMoment): number {
  return new Date(raw).getTime()
}

/** The actor of a personal token. @throws DomainError `unauthenticated` saying why the token is refused. */
export async function actorOfToken(token: string, headers: Headers): Promise<Actor> {
  const { read } = await database()
  const rows = token.startsWith(tokenPrefix)
    ? await read.$queryRaw<TokenRow[]>`
        SELECT t."id", t."workspaceId", t."scopes", t."expiresAt", t."revokedAt", t."lastUsedAt",
          m."id" AS "memberId", m."userId", m."role", m."status", u."name"
        FROM "ApiToken" t
        JOIN "Member" m ON m."id" = t."memberId"
        JOIN "User" u ON u."id" = m."userId"
        WHERE t."tokenHash" = ${hashSecret(token)}`
    : []
  const row = rows[0]
  if (row === undefined) {
    countWrongSecret('token', callerOf(headers))
    throw new DomainError('unauthenticated', 'There is no such token. Make one under Settings, Tokens.')
  }
  const now = Date.now()
  if (row.revokedAt !== null)
    throw new DomainError('unauthenticated', 'This token was revoked. Make a new one under Settings, Tokens.')
  if (row.expiresAt !== null && momentOf(row.expiresAt) <= now) {
    throw new DomainError(
      'unauthenticated',
      `This token expired at ${new Date(row.expiresAt).toISOString()}. Make a new one under Settings, Tokens.`,
    )
  }
  if (row.status !== 'active')
    throw new DomainError('unauthenticated', 'The member this token belongs to is suspended.')
  if (row.lastUsedAt === null || now - momentOf(row.lastUsedAt) >= lastUseInterval) {
    try {
      const { workspaceId, id } = row
      await transact((tx) =>
        tx.apiToken.updateMany({ where: { workspaceId, id }, data: { lastUsedAt: new Date(now) } }),
      )
    } catch (error) {
      // The request does not depend on this write.
      logger().warn({ err: error }, 'The last use of a token could not be noted')
    }
  }
  const scopes = row.scopes.split(' ')
  return {
    workspaceId: row.workspaceId,
    memberId: row.memberId,
    userId: row.userId,
    name: row.name,
    role: row.role,
    via: 'token',
    scopes: tokenScopes.filter((scope) => scopes.includes(scope)),
    token: { id: row.id, expiresAt: row.expiresAt === null ? null : new Date(row.expiresAt) },
  }
}
