import type { InvitationView } from '@/lib/domain/members/schema'
import { mayDo, permit, type Actor } from '../access/gate'
import { listInvitations } from './data'
import { presentInvitation } from './present'

/** The workspace's invitations for a page; null for somebody who may not see them. */
export async function loadInvitations(actor: Actor): Promise<InvitationView[] | null> {
  if (!mayDo(actor, 'invitation.list')) return null
  const now = new Date()
  return (await listInvitations(permit(actor, 'invitation.list'), now)).map((row) => presentInvitation(row, actor, now))
}
