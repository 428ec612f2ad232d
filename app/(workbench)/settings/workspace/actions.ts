'use server'

import { revalidatePath } from 'next/cache'
import { versionSchema } from '@/lib/domain/fields'
import { workspaceChangeSchema } from '@/lib/domain/members/schema'
import { permit } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { checkForm, textOf } from '@/lib/server/auth/form-input'
import { formStateOf, type FormState } from '@/lib/server/auth/form-state'
import { renameWorkspace as rename } from '@/lib/server/workspaces/mutations'

/** Renames the workspace, unless somebody did since the form's `version` was read. */
export async function renameWorkspace(_before: FormState, form: FormData): Promise<FormState> {
  const values = { name: textOf(form, 'name') }
  const actor = await requireActor()
  try {
    const { name } = checkForm(workspaceChangeSchema, values)
    const version = checkForm(versionSchema, Number(textOf(form, 'version')))
    await rename(permit(actor, 'workspace.update'), { name, version })
  } catch (error) {
    return formStateOf(error, values)
  }
  revalidatePath('/', 'layout')
  return { done: 'The workspace has its new name.', values }
}
