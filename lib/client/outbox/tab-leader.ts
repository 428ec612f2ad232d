import type { DiskLine } from './serial-queue'
import type { Outbox } from './outbox-db'
import type { OutboxPlace } from './record'
import type { SaveQueue } from './send-queue'
import type { RequestLock } from './tab-lock'
import type { KeptEntry, SharedState, TabSync } from './tab-sync'
import type { TabChannel } from './tab-channel'

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

/**
 * The turns of this page among the tabs of a revision: it joins their channel, opens the device, and sends while it holds the lock. Where the browser
 * keeps nothing there is nothing to share, and it sends by itself.
 */
export function createTurns(given: {
  place: OutboxPlace
  state: SharedState
  queue: SaveQueue<KeptEntry>
  disk: DiskLine
  tabs: TabSync
  /** Takes over what the device holds. */
  adopt: (device: Outbox) => Promise<void>
}) {
  const { place, state, queue, disk, tabs, adopt } = given
  let handing: AbortController | null = null

  async function take(settings: KeepWrites, stop: AbortSignal): Promise<void> {
    const own = settings.openChannel(channelOf(place))
    state.channel = own
    own.listen(tabs.hear)
    const device = await disk.open(settings.openOutbox, adopt)
    if (device === null) {
      own.close()
      state.isSender = true
      queue.setActive(true)
      return
    }
    own.post({ kind: 'hello' })
    const whileHeld = async (lost: AbortSignal) => {
      await disk.run(() => adopt(device))
      state.isSender = true
      queue.setActive(true)
      tabs.tellState()
      handing = new AbortController()
      await ended(stop, lost, handing.signal)
      queue.setActive(false)
      state.isSender = false
      await queue.idle()
      await disk.settled()
    }
    const request = settings.lockOf(device)
    const ifAvailable = settings.background !== undefined
    do {
      try {
        const wasHeld = await request({ name: channelOf(place), signal: stop, ifAvailable, whileHeld })
        if (!wasHeld && !stop.aborted) settings.background?.onBusy()
      } catch {
        // No lock to be had: better to send what another tab may send too, because twice changes nothing, than not at all.
        await whileHeld(new AbortController().signal)
      }
    } while (!stop.aborted && !ifAvailable)
    own.close()
    // A store that was started anew has another channel by now.
    if (state.channel === own) state.channel = null
  }

  return {
    /** Takes turn after turn until `stop`, or one at most in the background. */
    take,
    /** Ends the present turn. */
    handOver: () => {
      handing?.abort()
    },
  }
}

function ended(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => {
        resolve()
      })
    }
  })
}
