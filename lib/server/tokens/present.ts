import { tokenScopes } from '@/lib/domain/access/policy'
import type { TokenView } from '@/lib/domain/members/schema'
import { mayDo, type Actor } from '../access/gate'
import type { TokenRow } from './data'

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
