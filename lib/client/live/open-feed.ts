import { LiveFeed, type LiveChannel, type LiveTabMessage, openEventSource } from './feed'
import { newId } from '../new-id'

function openChannel(name: string): LiveChannel | null {
  // Locks exist on secure pages only.
  if (typeof BroadcastChannel === 'undefined' || !('locks' in navigator)) return null
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => {
      channel.postMessage(message)
    },
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<LiveTabMessage>) => {
        listener(data)
      }
    },
    close: () => {
      channel.close()
    },
  }
}

/** The live feed of one member in this tab. */
export function openFeed(memberId: string): LiveFeed {
  return new LiveFeed({
    memberId,
    tab: newId(),
    openSource: openEventSource,
    channel: openChannel(`sourcemark-live:${memberId}`),
    lead: (name, signal, begin) => {
      const untilStopped = () =>
        new Promise<void>((resolve) => {
          begin()
          signal.addEventListener('abort', () => {
            resolve()
          })
        })
      navigator.locks.request(name, { signal }, untilStopped).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    },
    timers: {
      set: (run, ms) => window.setTimeout(run, ms),
      clear: (handle) => {
        window.clearTimeout(handle)
      },
      now: () => performance.now(),
    },
  })
}
