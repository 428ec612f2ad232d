import { fetchTransport } from '../api/transport'
import { browserTimers, keepInBrowser } from './browser'
import type { OutboxPlace } from './record'
import { createReviewStore } from './review-store'

/**
 * The result of sending the waiting changes of one revision. `sent`: all are saved. `busy`: another tab is sending them. `waiting`: not now, for the
 * reason shown when the document is next opened. `blocked`: some need the person's decision.
 */
export function sendLeftBehind(place: OutboxPlace): Promise<'sent' | 'busy' | 'waiting' | 'blocked'> {
  return new Promise((resolve) => {
    const end = (outcome: 'sent' | 'busy' | 'waiting' | 'blocked') => {
      unsubscribe()
      stop()
      resolve(outcome)
    }
    const store = createReviewStore({
      initial: { annotations: new Map(), decisions: new Map(), scopeChanges: [] },
      transport: fetchTransport,
      timers: browserTimers,
      keep: {
        ...keepInBrowser(place),
        background: {
          onBusy: () => {
            end('busy')
          },
        },
      },
    })
    let found = false
    const look = () => {
      const { unsaved, blocked, waiting, storage } = store.getSnapshot().save
      if (storage === 'opening') return
      found ||= unsaved > 0
      if (unsaved === 0) end(found ? 'sent' : 'busy')
      else if (waiting !== null || storage === 'page') end('waiting')
      else if (blocked > 0 && blocked === store.getSnapshot().unsaved.size) end('blocked')
    }
    const unsubscribe = store.subscribe(look)
    const stop = store.start()
  })
}
