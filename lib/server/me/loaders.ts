import type { Me } from '@/lib/domain/members/schema'
import { permit, type Actor } from '../access/gate'
import { readMe } from './data'

/** Who looks at a page, in full. */
export async function loadMe(actor: Actor): Promise<Me> {
  return readMe(permit(actor, 'account.read'))
}
