import { landingPath, type Inbox } from '@/lib/domain/inbox/schema'
import { permit, type Actor } from '../access/gate'
import { loadWaiting } from '../notifications/loaders'
import { readInbox } from './inbox'

/** The actor's inbox, for a page. */
export async function loadInbox(actor: Actor): Promise<Inbox> {
  return readInbox(permit(actor, 'assignment.read'))
}

/** The page to show an actor who asked for none. The whole inbox is read only when the count that every page has does not decide it. */
export async function loadLandingPath(actor: Actor): Promise<'/inbox' | '/documents'> {
  const { total } = await loadWaiting(actor)
  if (total > 0) return '/inbox'
  const { toAccept, toAdjudicate } = (await loadInbox(actor)).counts
  return landingPath({ total, toAccept, toAdjudicate })
}
