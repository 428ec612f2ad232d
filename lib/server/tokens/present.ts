import { tokenScopes } from '@/lib/domain/access/policy'
import type { MemberTokenView, TokenView } from '@/lib/domain/members/schema'
import { mayDo, type Actor } from '../access/gate'
import type { MemberTokenRow, TokenRow } from './data'

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
