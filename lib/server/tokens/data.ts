import { tokenScopes } from '@/lib/domain/access/policy'
import type { MemberTokenView, TokenView } from '@/lib/domain/members/schema'
import { mayDo, type Permit, type Actor } from '../access/gate'
import { database } from '../db/client'

/** The columns of a token that may be shown. */
export const tokenColumns = {
  id: true,
  name: true,
  hint: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const

/** A token as the database holds it, without its hash. */
export interface TokenRow {
  id: string
  name: string
  hint: string
  scopes: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

/** A token as owners see it. */
export type MemberTokenRow = TokenRow & { member: { id: string; user: { name: string } } }

/** All tokens of the workspace that were not revoked, those of who joined first first, newest first. */
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

/** A token as the API shows it to its owner. */
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

/** A token as the API shows it to an owner. */
export function presentMemberToken({ member, ...row }: MemberTokenRow, actor: Actor): MemberTokenView {
  return {
    ...presentToken(row, actor),
    member: { id: member.id, name: member.user.name },
    can: mayDo(actor, 'member-token.revoke') ? ['member-token.revoke'] : [],
  }
}
