import { tokenScopes } from '@/lib/domain/access/policy'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { MemberTokenView, NewToken, TokenView } from '@/lib/domain/members/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { tokenPrefix } from '../auth/api-token'
import { hashSecret, makeSecret } from '../auth/token-secret'
import { database, type Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { logSecurity } from '../log'

/** The columns of a token that may be shown. */
const tokenColumns = {
  id: true,
  name: true,
  hint: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const

/** A token as the database stores it, without its hash. */
interface TokenRow {
  id: string
  name: string
  hint: string
  scopes: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

/** A token as owners see it. */
type MemberTokenRow = TokenRow & { member: { id: string; user: { name: string } } }

/** All tokens of the workspace that were not revoked, by member in the order they joined, newest token first. */
export async function listMemberTokens(permit: Permit<'member-token.list'>): Promise<MemberTokenRow[]> {
  const { read } = await database()
  return read.apiToken.findMany({
    where: { workspaceId: permit.workspaceId, revokedAt: null },
    select: { ...tokenColumns, member: { select: { id: true, user: { select: { name: true } } } } },
    orderBy: [{ member: { createdAt: 'asc' } }, { memberId: 'asc' }, { createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** The actor's own tokens in this workspace that were not revoked, newest first. */
export async function listTokens(permit: Permit<'token.list'>): Promise<TokenRow[]> {
  const { read } = await database()
  return read.apiToken.findMany({
    where: { workspaceId: permit.workspaceId, memberId: permit.actor.memberId, revokedAt: null },
    select: tokenColumns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** Presents a token to its holder. */
export function presentToken(row: TokenRow, actor: Actor): TokenView {
  const scopes = row.scopes.split(' ')
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: tokenScopes.filter((scope) => scopes.includes(scope)),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    can: mayDo(actor, 'token.revoke') ? ['token.revoke'] : [],
  }
}

/** Presents a token to an owner. */
export function presentMemberToken({ member, ...row }: MemberTokenRow, actor: Actor): MemberTokenView {
  return {
    ...presentToken(row, actor),
    member: { id: member.id, name: member.user.name },
    can: mayDo(actor, 'member-token.revoke') ? ['member-token.revoke'] : [],
  }
}

/** The most tokens one member can have at a time. */
const mostTokens = 100

const revokedColumns = {
  id: true,
  workspaceId: true,
  memberId: true,
  name: true,
  scopes: true,
  revokedAt: true,
} as const

interface RevokedRow {
  id: string
  workspaceId: string
  memberId: string
  name: string
  scopes: string
}

/** Why a token may not make this one; null when it may, or when a signed-in person makes it. */
function refusalOf(maker: Actor, wish: NewToken): DomainError | null {
  const { scopes, token } = maker
  if (scopes === 'all') return null
  const beyond = wish.scopes.filter((scope) => !scopes.includes(scope))
  if (beyond.length > 0) {
    return new DomainError(
      'forbidden',
      `A token cannot make one that may do more than itself. Leave out: ${beyond.join(', ')}.`,
    )
  }
  if (token === undefined || token.expiresAt === null) return null
  if (wish.expiresAt !== null && new Date(wish.expiresAt) <= token.expiresAt) return null
  const message = `A token cannot make one that outlives it: choose a time until ${token.expiresAt.toISOString()}.`
  return new DomainError('invalid', message, { fields: [{ path: 'expiresAt', message }] })
}

/**
 * Makes a personal token for the actor; `secret` is the token itself and is returned only here. A token made by another token expires with it.
 * @throws DomainError `invalid` for an expiry that has passed or is later than the maker's, `forbidden` when a token asks for more than it may do
 * itself, `conflict` for an id that is taken, `unauthenticated` when the maker was revoked in the meantime.
 */
export async function createToken(
  permit: Permit<'token.create'>,
  token: NewToken,
): Promise<{ row: TokenRow; secret: string }> {
  const { actor, workspaceId } = permit
  const refusal = refusalOf(actor, token)
  if (refusal !== null) throw refusal
  const secret = makeSecret(tokenPrefix)
  const row = await write(permit, async ({ tx, now, record }) => {
    const expiresAt = token.expiresAt === null ? null : new Date(token.expiresAt)
    if (expiresAt !== null && expiresAt <= now) {
      throw new DomainError('invalid', 'The token would already have expired.', {
        fields: [{ path: 'expiresAt', message: 'Choose a time in the future, or none.' }],
      })
    }
    await assertRoom(tx, { actor, id: token.id })
    const made = await tx.apiToken.create({
      data: {
        id: token.id,
        workspaceId,
        memberId: actor.memberId,
        parentId: actor.token?.id ?? null,
        name: token.name,
        tokenHash: hashSecret(secret),
        hint: secret.slice(-4),
        scopes: token.scopes.join(' '),
        createdAt: now,
        expiresAt,
      },
      select: tokenColumns,
    })
    record({
      type: 'token.created',
      subjectId: made.id,
      data: { after: { name: made.name, scopes: made.scopes, expiresAt: token.expiresAt, memberId: actor.memberId } },
    })
    return made
  })
  logSecurity('token-made', { memberId: actor.memberId, id: row.id, via: actor.via })
  return { row, secret }
}

/** Refuses an id that is taken, one token too many, and a maker that was revoked after the request was authenticated. */
async function assertRoom(tx: Transaction, { actor, id }: { actor: Actor; id: string }): Promise<void> {
  const { workspaceId, memberId, token } = actor
  if (token !== undefined && (await tx.apiToken.count({ where: { workspaceId, id: token.id, revokedAt: null } })) === 0)
    throw new DomainError('unauthenticated', 'This token was revoked. Make a new one under Settings, Tokens.')
  if ((await tx.apiToken.count({ where: { workspaceId, id } })) > 0) {
    throw new DomainError(
      'conflict',
      'There is a token with this id already; it is shown only once. Make another with a new id.',
    )
  }
  const kept = await tx.apiToken.count({ where: { workspaceId, memberId, revokedAt: null } })
  if (kept >= mostTokens)
    throw new DomainError(
      'conflict',
      `At most ${String(mostTokens)} tokens can be kept. Revoke one that is no longer used.`,
    )
}

/** Revokes one of the actor's own tokens and all tokens made by it, at once. Revoking it again changes nothing. @throws DomainError `not-found`. */
export async function revokeToken(permit: Permit<'token.revoke'>, tokenId: string): Promise<void> {
  const where = { id: tokenId, workspaceId: permit.workspaceId, memberId: permit.actor.memberId }
  await write(permit, (context) => revokeOne(context, where))
  logSecurity('token-revoked', { memberId: permit.actor.memberId, id: tokenId })
}

/** Revokes any member's token and all tokens made by it, at once. Revoking it again changes nothing. @throws DomainError `not-found`. */
export async function revokeMemberToken(permit: Permit<'member-token.revoke'>, tokenId: string): Promise<void> {
  await write(permit, (context) => revokeOne(context, { id: tokenId, workspaceId: permit.workspaceId }))
  logSecurity('token-revoked', { memberId: permit.actor.memberId, id: tokenId })
}

async function revokeOne(
  context: WriteContext,
  where: { id: string; workspaceId: string; memberId?: string },
): Promise<void> {
  const token = await context.tx.apiToken.findFirst({ where, select: revokedColumns })
  if (token === null) throw notFound('token')
  if (token.revokedAt !== null) return
  const revoked = [token]
  for (let made = revoked; made.length > 0;) {
    made = await context.tx.apiToken.findMany({
      where: { workspaceId: where.workspaceId, parentId: { in: made.map(({ id }) => id) }, revokedAt: null },
      select: revokedColumns,
    })
    revoked.push(...made)
  }
  await revokeAll(context, revoked)
}

async function revokeAll(
  { tx, now, record }: WriteContext,
  tokens: readonly RevokedRow[],
  { own = false } = {},
): Promise<void> {
  const these = tokens.map(({ workspaceId, id }) => ({ workspaceId, id }))
  await tx.apiToken.updateMany({ where: { OR: these }, data: { revokedAt: now } })
  for (const { id, name, scopes, memberId, workspaceId } of tokens) {
    const event = { type: 'token.revoked' as const, subjectId: id, data: { before: { name, scopes, memberId } } }
    // What people revoke of their own, they revoke in each of their workspaces.
    if (own) record(event, { workspaceId, memberId })
    else record(event)
  }
}

/** Revokes every token of a user in every workspace, as part of a change of their account. */
export async function revokeTokensOf(context: WriteContext, userId: string): Promise<void> {
  const tokens = await context.tx.apiToken.findMany({
    where: { member: { userId }, revokedAt: null },
    select: revokedColumns,
  })
  await revokeAll(context, tokens, { own: true })
}
