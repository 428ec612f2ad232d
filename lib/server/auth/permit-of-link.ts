import type { Role } from '@/lib/domain/access/policy'
import { permit, type Permit } from '../access/gate'

/**
 * The permit of someone who acts on themself by a link: who sets the workspace up, accepts an invitation, or chooses a new password. The
 * link was the proof; it allows nothing but changes of one's own account.
 */
export function permitOfLink(person: {
  workspaceId: string
  memberId: string
  userId: string
  name: string
  role: Role
}): Permit<'account.update'> {
  return permit({ ...person, via: 'session', scopes: ['administer'] }, 'account.update')
}
