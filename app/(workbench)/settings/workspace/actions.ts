'use server'

import { revalidatePath } from 'next/cache'
import { versionSchema } from '@/lib/domain/fields'
import { workspaceChangeSchema } from '@/lib/domain/members/schema'
import { permit } from '@/lib/server/access/gate'
import { requireCaller } from '@/lib/server/auth/current'
import { checkForm, textOf, formStateOf, type FormState } from '@/lib/server/forms'
import { updateWorkspace } from '@/lib/server/workspaces/mutations'

/** Changes the workspace, unless it has changed since the form's `version` was read. */
export async function changeWorkspace(_before: FormState, form: FormData): Promise<FormState> {
  const values = { name: textOf(form, 'name'), timeZone: textOf(form, 'timeZone') }
  try {
    const actor = await requireCaller()
    const change = checkForm(workspaceChangeSchema, values)
    const version = checkForm(versionSchema, Number(textOf(form, 'version')))
    await updateWorkspace(permit(actor, 'workspace.update'), { change, version })
  } catch (error) {
    return formStateOf(error, values)
  }
  revalidatePath('/', 'layout')
  return { done: 'Saved.', values }
}
