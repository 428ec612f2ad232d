'use server'

import { revalidatePath } from 'next/cache'
import { uuidv7 } from 'uuidv7'
import { idSchema, versionSchema } from '@/lib/domain/fields'
import { memberChangeSchema, newInvitationSchema, type MemberChange } from '@/lib/domain/members/schema'
import { permit } from '@/lib/server/access/gate'
import { requireCaller } from '@/lib/server/auth/current'
import { checkForm, textOf, formStateOf, type FormState } from '@/lib/server/forms'
import {
  createInvitation,
  revokeInvitation as revoke,
  deliverInvitation,
  type Delivery,
} from '@/lib/server/invitations/mutations'
import { changeMember as change } from '@/lib/server/members/mutations'

const page = '/settings/members'

/** Changes a member's role, or suspends or reinstates them; a refusal comes back as a sentence. */
export async function changeMember(memberId: string, wish: MemberChange, version: number): Promise<FormState> {
  try {
    const actor = await requireCaller()
    await change(permit(actor, 'member.update'), {
      memberId: checkForm(idSchema, memberId),
      change: checkForm(memberChangeSchema, wish),
      version: checkForm(versionSchema, version),
    })
  } catch (error) {
    return formStateOf(error)
  }
  revalidatePath(page)
  return {}
}

/** The form's state after an invitation: the link, and whether the mail was sent. */
export interface InviteState extends FormState {
  delivery?: Delivery & { email: string }
}

/** Invites the form's `email` as `role`. */
export async function invite(_before: InviteState, form: FormData): Promise<InviteState> {
  const values = { email: textOf(form, 'email'), role: textOf(form, 'role') }
  try {
    const actor = await requireCaller()
    const pass = permit(actor, 'invitation.create')
    const made = await createInvitation(pass, checkForm(newInvitationSchema, { id: uuidv7(), ...values }))
    const delivery = await deliverInvitation(pass, made)
    revalidatePath(page)
    return { delivery: { ...delivery, email: made.row.email } }
  } catch (error) {
    return formStateOf(error, values)
  }
}

/** Withdraws an invitation. */
export async function revokeInvitation(invitationId: string): Promise<FormState> {
  try {
    const actor = await requireCaller()
    await revoke(permit(actor, 'invitation.revoke'), checkForm(idSchema, invitationId))
  } catch (error) {
    return formStateOf(error)
  }
  revalidatePath(page)
  return {}
}
