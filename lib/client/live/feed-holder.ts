import type { FeedListener, LiveFeed } from './feed'

/** After a feed's script could not be had, so many ms until it is asked for again. */
const again = 5_000

/** The live feed of one member in this tab. Its script is loaded when somebody first listens, because a page can be worked with before. */
export class FeedHolder {
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
    void this.#open().then((feed) => {
      if (over.signal.aborted || stopped.aborted) return
      over.signal.addEventListener('abort', feed.listen(listener))
    })
    return () => {
      over.abort()
    }
  }

  readonly stop = (): void => {
    this.#stop.abort()
    this.#stop = new AbortController()
    void this.#feed?.then((feed) => {
      feed.stop()
    })
    this.#feed = null
  }

  #open(): Promise<LiveFeed> {
    return (this.#feed ??= loadFeed(this.#memberId))
  }
}

async function loadFeed(memberId: string): Promise<LiveFeed> {
  for (;;) {
    try {
      const { openFeed } = await import('./open-feed')
      return openFeed(memberId)
    } catch {
      // Without the server there is nothing to hear either.
      await new Promise((resolve) => setTimeout(resolve, again))
    }
  }
}
