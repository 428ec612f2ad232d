import type { Inbox } from '@/lib/domain/inbox/schema'
import { permit, type Actor } from '../access/gate'
import { readInbox } from './inbox'

/** What waits for the actor, for a page. */
export async function loadInbox(actor: Actor): Promise<Inbox> {
  return readInbox(permit(actor, 'assignment.read'))
}
