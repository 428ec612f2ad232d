import type { Role } from '../access/policy'
import type { InvitationState, MemberChange, MemberStatus } from './schema'

/** What the rules look at of a member. */
export interface MemberFacts {
  role: Role
  status: MemberStatus
}

/** Whether someone who can administer the workspace would be lost: the member is its last active owner and the change ends that. */
export function losesLastOwner(member: MemberFacts, change: MemberChange, activeOwners: number): boolean {
  const owns = member.role === 'owner' && member.status === 'active'
  if (!owns || activeOwners > 1) return false
  return (change.role ?? member.role) !== 'owner' || (change.status ?? member.status) !== 'active'
}

/** How long a link lives, in ms. */
export const setupLinkLife = 24 * 60 * 60 * 1000
export const invitationLife = 7 * 24 * 60 * 60 * 1000
export const passwordResetLife = 60 * 60 * 1000

/** Where an invitation stands at a moment. An accepted or revoked one stays so after its time. */
export function invitationState(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt !== null) return 'accepted'
  if (invitation.revokedAt !== null) return 'revoked'
  return invitation.expiresAt.getTime() <= now.getTime() ? 'expired' : 'pending'
}
