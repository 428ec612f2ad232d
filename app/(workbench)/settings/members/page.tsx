import type { Metadata } from 'next'
import { InvitationList, InviteForm } from '@/components/settings/invitations'
import { MemberList } from '@/components/settings/member-list'
import { SettingsSection } from '@/components/settings/settings-section'
import { requireActor } from '@/lib/server/auth/current'
import { loadMembers, loadInvitations } from '@/lib/server/members/loaders'
import { changeMember, invite, revokeInvitation } from './actions'

export const metadata: Metadata = { title: 'Members' }

export default async function MembersPage() {
  const actor = await requireActor('/settings/members')
  const [members, invitations] = await Promise.all([loadMembers(actor), loadInvitations(actor)])
  return (
    <>
      <SettingsSection title="Members">
        <MemberList members={members} ownId={actor.memberId} onChange={changeMember} />
      </SettingsSection>
      {invitations === null ? (
        <p className="text-ink-3">Owners of the workspace invite people and change their roles.</p>
      ) : (
        <SettingsSection
          title="Invitations"
          intro="An invitation is a link that works once. The person who opens it becomes a member."
        >
          <InviteForm action={invite} />
          <InvitationList invitations={invitations} onRevoke={revokeInvitation} />
        </SettingsSection>
      )}
    </>
  )
}
