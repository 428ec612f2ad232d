'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { idSchema } from '@/lib/domain/fields'
import { nameSchema } from '@/lib/domain/members/schema'
import { permit } from '@/lib/server/access/gate'
import { requireActor, requireCaller } from '@/lib/server/auth/current'
import { checkForm, textOf, valuesOf, formStateOf, type FormState } from '@/lib/server/forms'
import { endCurrentSession, startSession } from '@/lib/server/auth/session/sessions'
import {
  changePassword as change,
  endMySessions,
  endSignIn as end,
  renameMe as rename,
} from '@/lib/server/me/mutations'

/** Changes the user's name. */
export async function renameMe(_before: FormState, form: FormData): Promise<FormState> {
  const values = { name: textOf(form, 'name') }
  try {
    const actor = await requireCaller()
    const { name } = checkForm(z.object({ name: nameSchema }), values)
    await rename(permit(actor, 'account.update'), name)
  } catch (error) {
    return formStateOf(error, values)
  }
  revalidatePath('/', 'layout')
  return { done: 'Your name is changed.', values }
}

/** Changes the password. Every other session of the user ends; this browser continues with a new one. */
export async function changePassword(_before: FormState, form: FormData): Promise<FormState> {
  try {
    const actor = await requireCaller()
    const user = await change(permit(actor, 'account.update'), {
      currentPassword: textOf(form, 'currentPassword'),
      newPassword: textOf(form, 'newPassword'),
      keepTokens: valuesOf(form, 'keepTokens').length > 0,
    })
    await startSession(user)
  } catch (error) {
    return formStateOf(error)
  }
  return { done: 'The password is changed. You are signed out everywhere else.' }
}

/** Signs the user out on every device, including this one. Their personal tokens end too, unless they keep them. */
export async function signOutEverywhere(keepTokens: boolean): Promise<void> {
  const actor = await requireActor()
  await endMySessions(permit(actor, 'account.update'), { keepTokens: z.boolean().catch(false).parse(keepTokens) })
  await endCurrentSession()
  redirect('/sign-in')
}

/** Signs the user out on one other device. */
export async function endSignIn(signInId: string): Promise<FormState> {
  try {
    const actor = await requireCaller()
    await end(permit(actor, 'sign-in.end'), checkForm(idSchema, signInId))
  } catch (error) {
    return formStateOf(error)
  }
  revalidatePath('/settings')
  return {}
}
