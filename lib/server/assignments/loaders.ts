import { landingPath, type Inbox } from '@/lib/domain/inbox/schema'
import { permit, type Actor } from '../access/gate'
import { loadWaiting } from '../notifications/loaders'
import { readInbox } from './inbox'

/** What waits for the actor, for a page. */
export async function loadInbox(actor: Actor): Promise<Inbox> {
  return readInbox(permit(actor, 'assignment.read'))
}

/** Where the actor lands who asks for no page. The whole inbox is read only when the count that every page has says nothing. */
export async function loadLandingPath(actor: Actor): Promise<'/inbox' | '/documents'> {
  const { total } = await loadWaiting(actor)
  if (total > 0) return '/inbox'
  const { toAccept, toAdjudicate } = (await loadInbox(actor)).counts
  return landingPath({ total, toAccept, toAdjudicate })
}
