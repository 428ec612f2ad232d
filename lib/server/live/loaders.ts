import { permit, type Actor } from '../access/gate'
import { readLiveSequence } from './data'

/**
 * Where the live feed stands. A page asks for it before it reads anything else, and follows the feed from there: so it misses nothing that happens
 * while it is on its way.
 */
export function loadLiveSequence(actor: Actor): Promise<number> {
  return readLiveSequence(permit(actor, 'live.listen'))
}
