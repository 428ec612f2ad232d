import type { Outbox, OutboxGroup } from './outbox-db'
import type { KeepChanges } from './pending-changes'
import type { OutboxPlace } from './record'
import type { Timers } from './send-lanes'
import { browserLocks, leaseLocks, type TabChannel, type TabMessage } from './tab-leader'

let shared: Promise<Outbox> | null = null

/** Opens the outbox of this browser, once per page. @throws when the browser stores nothing; the next call tries again. */
async function openSharedOutbox(): Promise<Outbox> {
  try {
    return await (shared ??= import('./outbox-db').then(({ openOutbox }) => openOutbox()))
  } catch (error) {
    shared = null
    throw error
  }
}

/** Stores changes in this browser, shared by its tabs. */
export function keepInBrowser(place: OutboxPlace): KeepChanges {
  const holder = Math.random().toString(36).slice(2)
  return {
    place,
    openOutbox: openSharedOutbox,
    // Pages without TLS have no locks, and older browsers lack them.
    lockOf: (outbox) =>
      'locks' in navigator ? browserLocks(navigator.locks) : leaseLocks(outbox, { holder, now: Date.now }),
    openChannel: openBrowserChannel,
  }
}

/** A channel of this name; silent in browsers without channels. */
function openBrowserChannel(name: string): TabChannel {
  if (typeof BroadcastChannel === 'undefined')
    return { post: () => undefined, listen: () => undefined, close: () => undefined }
  const channel = new BroadcastChannel(name)
  let isOpen = true
  return {
    post: (message) => {
      if (isOpen) channel.postMessage(message)
    },
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
        listener(data)
      }
    },
    close: () => {
      isOpen = false
      channel.close()
    },
  }
}

/** The timers of the browser. */
export const browserTimers: Timers = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (handle) => {
    window.clearTimeout(handle)
  },
}

/** The waiting changes on this device, without those of the open document. */
export interface LeftBehind {
  /** Those of the signed-in member. */
  own: OutboxGroup[]
  /** Those of members who used this browser before: they are never sent as another member. */
  others: OutboxGroup[]
}

/** Finds the waiting changes on this device, without those of the open document. Empty when the browser stores nothing. */
export async function findLeftBehind(given: { memberId: string; openDocumentId: string | null }): Promise<LeftBehind> {
  const groups = await openSharedOutbox()
    .then((outbox) => outbox.groups())
    .catch((): OutboxGroup[] => [])
  return {
    own: groups.filter(({ place }) => place.memberId === given.memberId && place.documentId !== given.openDocumentId),
    others: groups.filter(({ place }) => place.memberId !== given.memberId),
  }
}
