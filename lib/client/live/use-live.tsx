'use client'

import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { LiveMessage, LivePresence } from '@/lib/domain/live/message'
import { untilLoaded } from '@/lib/client/lazy-part'
import type { FeedListener, LiveFeed } from './feed'

/** The live feed of one member in this tab. Its script is loaded when someone first listens, because a page can be worked with before. */
class FeedHolder {
  readonly #memberId: string
  #feed: Promise<LiveFeed> | null = null
  #stop = new AbortController()

  constructor(memberId: string) {
    this.#memberId = memberId
  }

  /** Listens from the moment the feed is open; what came since `listener.since` is told then. Gives a way to stop. */
  listen(listener: FeedListener): () => void {
    const over = new AbortController()
    const { signal: stopped } = this.#stop
    this.#open().then(
      (feed) => {
        if (over.signal.aborted || stopped.aborted) return
        over.signal.addEventListener('abort', feed.listen(listener))
      },
      // Gone for good: the page is as a page without news, and the next listener asks again.
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

/** Gives what stands inside the live feed of the signed-in member. The feed is opened by its first listener. */
export function LiveProvider({ memberId, children }: { memberId: string; children: ReactNode }) {
  const [holder, setHolder] = useState(() => new FeedHolder(memberId))
  useEffect(() => {
    // A page that the browser puts aside lets go of the feed, and asks again when it is shown once more.
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

/** What to follow: marks of a document, who is in it or on a session's page. `since`: the last event that the page's data knows of. */
export interface LiveTopic {
  documentId?: string
  sessionId?: string
  since?: number
}

/** What to do with what comes. `onReset`: too much was missed; what is shown must be asked for again. */
export interface LiveHandlers {
  onMessage: (message: LiveMessage) => void
  onPresence?: (presence: LivePresence) => void
  onReset: () => void
}

/** Follows a topic while the component is there. Outside of a `LiveProvider` nothing comes. */
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
