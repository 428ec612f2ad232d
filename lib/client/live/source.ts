import type { LiveMessage, LivePresence } from '@/lib/domain/live/message'

/** What the feed says. `reset`: too much was missed to be told; listeners ask again for what they show. */
export type FeedNews =
  { kind: 'message'; message: LiveMessage } | { kind: 'presence'; presence: LivePresence } | { kind: 'reset' }

/** An open feed. */
export interface Source {
  close: () => void
}

/** Opens the feed at an address; it stays open, or opens again, until it is closed. */
export type OpenSource = (address: string, listener: (news: FeedNews) => void) => Source

/** The shortest and longest wait before a refused feed is asked for again, in ms. */
const firstWait = 2_000
const longestWait = 120_000

/**
 * The browser's own feed. When the connection breaks the browser opens it again from where it was; after a refusal (signed out, too many
 * connections) it gives up, and is asked again after waits that grow.
 */
export const openEventSource: OpenSource = (address, listener) => {
  let source: EventSource
  let wait = firstWait
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = ''
  const open = () => {
    const resumed = new URL(address, location.href)
    if (last !== '') resumed.searchParams.set('after', last)
    source = new EventSource(resumed)
    source.onopen = () => {
      wait = firstWait
    }
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      last = lastEventId
      listener({ kind: 'message', message: JSON.parse(data) as LiveMessage })
    }
    source.addEventListener('presence', ({ data }: MessageEvent<string>) => {
      listener({ kind: 'presence', presence: JSON.parse(data) as LivePresence })
    })
    source.addEventListener('reset', ({ lastEventId }: MessageEvent<string>) => {
      last = lastEventId
      listener({ kind: 'reset' })
    })
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2))
      wait = Math.min(wait * 2, longestWait)
    }
  }
  open()
  return {
    close: () => {
      clearTimeout(timer)
      source.close()
    },
  }
}
