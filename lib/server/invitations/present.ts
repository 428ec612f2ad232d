import { invitationState } from '@/lib/domain/members/rules'
import type { InvitationView } from '@/lib/domain/members/schema'
import { mayDo, type Actor } from '../access/gate'
import type { InvitationRow } from './data'

/** An invitation as the API shows it to an actor, at a moment. */
export function presentInvitation(row: InvitationRow, actor: Actor, now: Date): InvitationView {
  const state = invitationState(row, now)
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    state,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    can: state === 'pending' && mayDo(actor, 'invitation.revoke') ? ['invitation.revoke'] : [],
  }
}
