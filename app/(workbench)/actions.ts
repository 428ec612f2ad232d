'use server'

import { redirect } from 'next/navigation'
import { idSchema } from '@/lib/domain/fields'
import { endCurrentSession, rememberWorkspace } from '@/lib/server/auth/session/sessions'

/** Signs this browser out. */
export async function signOut(): Promise<void> {
  await endCurrentSession()
  redirect('/sign-in')
}

/** Switches to another workspace. The cookie can only choose among the user's own workspaces. */
export async function chooseWorkspace(id: string): Promise<void> {
  const chosen = idSchema.safeParse(id)
  if (chosen.success) await rememberWorkspace(chosen.data)
  redirect('/documents')
}
