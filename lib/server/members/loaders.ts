import type { InvitationView, MemberView } from '@/lib/domain/members/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { openLink, type LinkOutcome } from '../auth/link'
import {
  hasJoined,
  listInvitations,
  presentInvitation,
  readOpenInvitation,
  type OpenInvitation,
} from '../invitations/data'
import { listMembers, presentMember } from './data'

/** The members of the actor's workspace, for a page. */
export async function loadMembers(actor: Actor): Promise<MemberView[]> {
  return (await listMembers(permit(actor, 'member.list'))).map((row) => presentMember(row, actor))
}

/** The workspace's invitations, for a page; null for a member who may not see them. */
export async function loadInvitations(actor: Actor): Promise<InvitationView[] | null> {
  if (!mayDo(actor, 'invitation.list')) return null
  const now = new Date()
  return (await listInvitations(permit(actor, 'invitation.list'), now)).map((row) => presentInvitation(row, actor, now))
}

/** The parts of an invitation that the page of its link may show. */
export type LinkedInvitation = OpenInvitation

/** The invitation of a link, for its page, or the reason why it does not work. The link itself is the permission. */
export async function loadOpenInvitation(secret: string): Promise<LinkOutcome<OpenInvitation>> {
  return openLink(() => readOpenInvitation(secret, new Date()))
}

/** Whether a signed-in user has already joined by this link, as happens during single sign-on. */
export async function loadHasJoined(secret: string, userId: string): Promise<boolean> {
  return hasJoined(secret, userId)
}
