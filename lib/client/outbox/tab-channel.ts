import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { OutboxRecord } from './record'
import type { LaneProblem, Waiting } from './send-queue'
import type { Settlement } from './resolve-conflict'

/** An acknowledged record with the server's answer. */
export interface Acknowledgement {
  record: OutboxRecord
  body: unknown
}

/** What the tabs that show one revision tell each other. One of them sends; the others show what it says. */
export type TabMessage =
  /** A tab has opened: the sender answers with `done` and `state`. */
  | { kind: 'hello' }
  /** A record was kept, in the place of another when it replaces one. */
  | { kind: 'kept'; record: OutboxRecord; replaces: string | null }
  | { kind: 'done'; acknowledgements: readonly Acknowledgement[]; isCatchUp: boolean }
  | { kind: 'state'; waiting: Waiting | null; problems: readonly (readonly [string, LaneProblem])[] }
  /** A lane was settled. `stored` is what the person knows is stored now. */
  | { kind: 'lane'; lane: string; records: readonly OutboxRecord[]; stored: StoredAfterSettling }
  /** Asks the sender to settle a lane, or to try again now. */
  | { kind: 'settle'; lane: string; how: Settlement }
  | { kind: 'retry' }

/** The annotation as stored, `gone` when it was deleted, null when nothing new is known. */
export type StoredAfterSettling = AnnotationView | 'gone' | null

/** A channel between the tabs of this browser. A tab does not hear itself. */
export interface TabChannel {
  post: (message: TabMessage) => void
  listen: (listener: (message: TabMessage) => void) => void
  close: () => void
}

/** A channel of this name; silent where the browser has none. */
export function openBrowserChannel(name: string): TabChannel {
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
