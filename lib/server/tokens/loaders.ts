import type { TokenView } from '@/lib/domain/members/schema'
import { permit, type Actor } from '../access/gate'
import { listTokens } from './data'
import { presentToken } from './present'

/** The actor's own tokens for a page. */
export async function loadTokens(actor: Actor): Promise<TokenView[]> {
  return (await listTokens(permit(actor, 'token.list'))).map((row) => presentToken(row, actor))
}
