import type { Outbox } from './outbox'
import type { OutboxPlace } from './records'
import type { RequestLock } from './sender-lock'
import type { TabChannel } from './tabs'

/** Where writes are kept, and how the tabs of this browser agree on who sends them. */
export interface KeepWrites {
  place: OutboxPlace
  /** @throws when the browser keeps nothing. */
  openOutbox: () => Promise<Outbox>
  lockOf: (outbox: Outbox) => RequestLock
  openChannel: (name: string) => TabChannel
  /** For work in the background: give up when another tab sends already. */
  background?: { onBusy: () => void }
}

/** The name of the lock and the channel of one member's work on one revision. */
export function channelOf({ memberId, revisionId }: Pick<OutboxPlace, 'memberId' | 'revisionId'>): string {
  return `sourcemark:${memberId}:${revisionId}`
}
