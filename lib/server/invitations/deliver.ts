import type { Permit } from '../access/gate'
import { publicUrl } from '../env'
import { invitationMessage } from '../mail/account-messages'
import { sendMail, type MailOutcome } from '../mail/send'
import { readWorkspace } from '../workspaces/data'
import { permit as pass } from '../access/gate'
import type { InvitationRow } from './data'

/** An invitation's link, and whether it was mailed. */
export interface Delivery {
  link: string
  mail: MailOutcome
}

/** Makes the link of a new invitation and mails it when a mail server is set. The link is to be shown in any case. */
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
