import type { Role } from '../access/policy'
import type { InvitationState, MemberChange, MemberStatus } from './schema'

/** The facts of a member that the rules need. */
export interface MemberFacts {
  role: Role
  status: MemberStatus
}

/** Whether a change would leave the workspace without an administrator: the member is its last active owner, and the change ends that. */
export function losesLastOwner(member: MemberFacts, change: MemberChange, activeOwners: number): boolean {
  const owns = member.role === 'owner' && member.status === 'active'
  if (!owns || activeOwners > 1) return false
  return (change.role ?? member.role) !== 'owner' || (change.status ?? member.status) !== 'active'
}

/** The lifetimes of links, in ms. */
export const setupLinkLife = 24 * 60 * 60 * 1000
export const invitationLife = 7 * 24 * 60 * 60 * 1000
export const passwordResetLife = 60 * 60 * 1000

/** The state of an invitation at a moment. An accepted or revoked one stays so after it expires. */
export function invitationState(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt !== null) return 'accepted'
  if (invitation.revokedAt !== null) return 'revoked'
  return invitation.expiresAt.getTime() <= now.getTime() ? 'expired' : 'pending'
}
