import type { MemberTokenView, TokenView } from '@/lib/domain/members/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { listMemberTokens, listTokens } from './data'
import { presentMemberToken, presentToken } from './present'

/** The actor's own tokens for a page. */
export async function loadTokens(actor: Actor): Promise<TokenView[]> {
  return (await listTokens(permit(actor, 'token.list'))).map((row) => presentToken(row, actor))
}

/** The tokens of the other members for a page; null for someone who is not shown them. */
export async function loadOthersTokens(actor: Actor): Promise<MemberTokenView[] | null> {
  if (!mayDo(actor, 'member-token.list')) return null
  const rows = await listMemberTokens(permit(actor, 'member-token.list'))
  return rows.filter(({ member }) => member.id !== actor.memberId).map((row) => presentMemberToken(row, actor))
}
