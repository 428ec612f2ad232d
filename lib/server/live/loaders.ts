import { permit, type Actor } from '../access/gate'
import { readLiveSequence } from './data'

/**
 * The position of the live feed. A page reads it before all other data and follows the feed from there, so that it misses nothing that happens while
 * it loads.
 */
export function loadLiveSequence(actor: Actor): Promise<number> {
  return readLiveSequence(permit(actor, 'live.listen'))
}
