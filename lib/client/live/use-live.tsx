'use client'

import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { LiveMessage, LivePresence } from '@/lib/domain/live/message'
import { untilLoaded } from '@/lib/client/lazy-part'
import type { FeedListener, LiveFeed } from './feed'

/** The live feed of one member in this tab. Its script is loaded for the first listener, because a page works without it. */
class FeedHolder {
  readonly #memberId: string
  #feed: Promise<LiveFeed> | null = null
  #stop = new AbortController()

  constructor(memberId: string) {
    this.#memberId = memberId
  }

  /** Adds a listener, which also receives the events since `listener.since`. Returns the function that removes it. */
  listen(listener: FeedListener): () => void {
    const over = new AbortController()
    const { signal: stopped } = this.#stop
    this.#open().then(
      (feed) => {
        if (over.signal.aborted || stopped.aborted) return
        over.signal.addEventListener('abort', feed.listen(listener))
      },
      // The script could not be loaded: the page works without events, and the next listener tries again.
      () => {
        this.#feed = null
      },
    )
    return () => {
      over.abort()
    }
  }

  readonly stop = (): void => {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#feed?.then(
      (feed) => {
        feed.stop()
      },
      () => undefined,
    )
    this.#feed = null
  }

  #open(): Promise<LiveFeed> {
    return (this.#feed ??= untilLoaded(() => import('./open-feed')).then(({ openFeed }) => openFeed(this.#memberId)))
  }
}

const FeedContext = createContext<FeedHolder | null>(null)

/** Provides the live feed of the signed-in member. Its first listener opens it. */
export function LiveProvider({ memberId, children }: { memberId: string; children: ReactNode }) {
  const [holder, setHolder] = useState(() => new FeedHolder(memberId))
  useEffect(() => {
    // A page in the browser's back-forward cache closes the feed, and opens it again when it is shown.
    const show = ({ persisted }: PageTransitionEvent) => {
      if (persisted) setHolder(new FeedHolder(memberId))
    }
    window.addEventListener('pagehide', holder.stop)
    window.addEventListener('pageshow', show)
    return () => {
      window.removeEventListener('pagehide', holder.stop)
      window.removeEventListener('pageshow', show)
      holder.stop()
    }
  }, [holder, memberId])
  return <FeedContext value={holder}>{children}</FeedContext>
}

/** The topic to follow: marks of a document, or presence on a document or session page. `since`: the last event that the page's data includes. */
export interface LiveTopic {
  documentId?: string
  sessionId?: string
  since?: number
}

/** Handlers of messages. `onReset`: too many events were missed, so the shown data must be read again. */
export interface LiveHandlers {
  onMessage: (message: LiveMessage) => void
  onPresence?: (presence: LivePresence) => void
  onReset: () => void
}

/** Follows a topic while the component is mounted. Outside a `LiveProvider` no messages arrive. */
export function useLive({ documentId, sessionId, since }: LiveTopic, handlers: LiveHandlers): void {
  const holder = useContext(FeedContext)
  const onMessage = useEffectEvent(handlers.onMessage)
  const onReset = useEffectEvent(handlers.onReset)
  const onPresence = useEffectEvent((presence: LivePresence) => handlers.onPresence?.(presence))
  useEffect(
    () =>
      holder?.listen({
        documents: documentId === undefined ? [] : [documentId],
        sessions: sessionId === undefined ? [] : [sessionId],
        since: since ?? null,
        onNews: (news) => {
          if (news.kind === 'message') onMessage(news.message)
          else if (news.kind === 'presence') onPresence(news.presence)
          else onReset()
        },
      }),
    [holder, documentId, sessionId, since],
  )
}
