import type { Me, MemberTokenView, SignInView, TokenView } from '@/lib/domain/members/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { openLink, type LinkOutcome } from '../auth/link'
import { listSignIns, readMe, readUserName } from './data'
import { readPasswordReset } from './password-resets'
import { listMemberTokens, listTokens, presentMemberToken, presentToken } from './tokens'

/** The current member, with all details. */
export async function loadMe(actor: Actor): Promise<Me> {
  return readMe(permit(actor, 'account.read'))
}

/** The name of a session's user, even when they belong to no workspace. */
export async function loadUserName(userId: string): Promise<string> {
  return readUserName(userId)
}

/** The person's sessions, for a page. */
export async function loadSignIns(actor: Actor): Promise<SignInView[]> {
  return listSignIns(permit(actor, 'sign-in.list'))
}

/** The actor's own tokens, for a page. */
export async function loadTokens(actor: Actor): Promise<TokenView[]> {
  return (await listTokens(permit(actor, 'token.list'))).map((row) => presentToken(row, actor))
}

/** The other members' tokens, for a page; null for a member who may not see them. */
export async function loadOthersTokens(actor: Actor): Promise<MemberTokenView[] | null> {
  if (!mayDo(actor, 'member-token.list')) return null
  const rows = await listMemberTokens(permit(actor, 'member-token.list'))
  return rows.filter(({ member }) => member.id !== actor.memberId).map((row) => presentMemberToken(row, actor))
}

/** The user whose password a link resets, for its page, or the reason why the link does not work. */
export async function loadPasswordReset(secret: string): Promise<LinkOutcome<{ email: string }>> {
  return openLink(() => readPasswordReset(secret, new Date()))
}
