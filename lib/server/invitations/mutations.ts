import { DomainError, notFound } from '@/lib/domain/errors'
import { invitationLife, invitationState } from '@/lib/domain/members/rules'
import type { NewInvitation } from '@/lib/domain/members/schema'
import { permit as pass, type Permit } from '../access/gate'
import { hashSecret, makeSecret } from '../auth/token-secret'
import { write } from '../db/write'
import { publicUrl } from '../env'
import { invitationMessage, sendMail, type MailOutcome } from '../mail'
import { readWorkspace } from '../workspaces/data'
import { invitationColumns, type InvitationRow } from './data'

/**
 * Invites an address. `secret` makes the link and is known only here. An earlier open invitation of the same address is withdrawn, so that one link
 * works at a time.
 * @throws DomainError `conflict` when the address belongs to a member, or the id is taken.
 */
export async function createInvitation(
  permit: Permit<'invitation.create'>,
  invitation: NewInvitation,
): Promise<{ row: InvitationRow; secret: string }> {
  const { workspaceId } = permit
  const secret = makeSecret()
  const row = await write(permit, async ({ tx, now, record }) => {
    if ((await tx.invitation.count({ where: { workspaceId, id: invitation.id } })) > 0) {
      throw new DomainError(
        'conflict',
        'There is an invitation with this id already; its link is shown only once. Make another with a new id.',
      )
    }
    const member = await tx.member.findFirst({
      where: { workspaceId, user: { email: invitation.email } },
      select: { status: true },
    })
    if (member !== null) {
      throw new DomainError(
        'conflict',
        member.status === 'active'
          ? 'This address belongs to a member already. Change the role in the list of members.'
          : 'This address belongs to a suspended member. Reinstate them in the list of members.',
      )
    }
    const earlier = await tx.invitation.findMany({
      where: { workspaceId, email: invitation.email, acceptedAt: null, revokedAt: null },
      select: { id: true },
    })
    await tx.invitation.updateMany({
      where: { workspaceId, id: { in: earlier.map(({ id }) => id) } },
      data: { revokedAt: now },
    })
    for (const { id } of earlier) {
      record({
        type: 'invitation.revoked',
        subjectId: id,
        data: { before: { email: invitation.email }, replacedBy: invitation.id },
      })
    }
    const made = await tx.invitation.create({
      data: {
        id: invitation.id,
        workspaceId,
        email: invitation.email,
        role: invitation.role,
        tokenHash: hashSecret(secret),
        invitedById: permit.actor.memberId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + invitationLife),
      },
      select: invitationColumns,
    })
    record({ type: 'invitation.created', subjectId: made.id, data: { after: { email: made.email, role: made.role } } })
    return made
  })
  return { row, secret }
}

/**
 * Withdraws an invitation: its link stops working at once. Withdrawing it again changes nothing.
 * @throws DomainError `not-found`; `conflict` when it was already accepted.
 */
export async function revokeInvitation(permit: Permit<'invitation.revoke'>, invitationId: string): Promise<void> {
  await write(permit, async ({ tx, now, record }) => {
    const where = { id: invitationId, workspaceId: permit.workspaceId }
    const row = await tx.invitation.findFirst({ where, select: invitationColumns })
    if (row === null) throw notFound('invitation')
    if (invitationState(row, now) === 'revoked') return
    const { count } = await tx.invitation.updateMany({
      where: { ...where, acceptedAt: null },
      data: { revokedAt: now },
    })
    if (count === 0)
      throw new DomainError('conflict', 'This invitation was accepted already. Suspend the member instead.')
    record({ type: 'invitation.revoked', subjectId: invitationId, data: { before: { email: row.email } } })
  })
}

/** An invitation's link, and whether it was mailed. */
export interface Delivery {
  link: string
  mail: MailOutcome
}

/** Makes the link of a new invitation and mails it when a mail server is set. The caller shows the link in any case. */
export async function deliverInvitation(
  permit: Permit<'invitation.create'>,
  invitation: { row: InvitationRow; secret: string },
): Promise<Delivery> {
  const { row, secret } = invitation
  const link = publicUrl(`/invite/${secret}`)
  const { name } = await readWorkspace(pass(permit.actor, 'workspace.read'))
  const message = invitationMessage({
    workspaceName: name,
    inviterName: permit.actor.name,
    role: row.role,
    url: link,
    expiresAt: row.expiresAt,
  })
  return { link, mail: await sendMail(row.email, message) }
}
