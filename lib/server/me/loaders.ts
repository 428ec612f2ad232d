import type { Me, MemberTokenView, SignInView, TokenView } from '@/lib/domain/members/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { openLink, type LinkOutcome } from '../auth/link'
import { listSignIns, readMe, readUserName } from './data'
import { readPasswordReset } from './password-resets'
import { listMemberTokens, listTokens, presentMemberToken, presentToken } from './tokens'

/** Who looks at a page, in full. */
export async function loadMe(actor: Actor): Promise<Me> {
  return readMe(permit(actor, 'account.read'))
}

/** What the user of a session is called, also when they may work nowhere. */
export async function loadUserName(userId: string): Promise<string> {
  return readUserName(userId)
}

/** Where the person of a page is signed in. */
export async function loadSignIns(actor: Actor): Promise<SignInView[]> {
  return listSignIns(permit(actor, 'sign-in.list'))
}

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

/** Whose password a link replaces, for its page; else why it does not work. */
export async function loadPasswordReset(secret: string): Promise<LinkOutcome<{ email: string }>> {
  return openLink(() => readPasswordReset(secret, new Date()))
}
