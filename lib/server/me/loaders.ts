import type { Me, SignInView } from '@/lib/domain/members/schema'
import { permit, type Actor } from '../access/gate'
import { listSignIns, readMe, readUserName } from './data'

/** Who looks at a page, in full. */
export async function loadMe(actor: Actor): Promise<Me> {
  return readMe(permit(actor, 'account.read'))
}

/** What the user of a session is called, also when they may work nowhere. */
export async function loadUserName(userId: string): Promise<string> {
  return readUserName(userId)
}

/** Where the person of a page is signed in. */
export async function loadSignIns(actor: Actor): Promise<SignInView[]> {
  return listSignIns(permit(actor, 'sign-in.list'))
}
