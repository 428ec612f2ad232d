import { untilLoaded } from '../until-loaded'
import type { FeedListener, LiveFeed } from './feed'

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
    return (this.#feed ??= untilLoaded(() => import('./open-feed')).then(({ openFeed }) => openFeed(this.#memberId)))
  }
}
