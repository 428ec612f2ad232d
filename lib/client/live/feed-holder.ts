import { untilLoaded } from '../until-loaded'
import type { FeedListener, LiveFeed } from './feed'

/** The live feed of one member in this tab. Its script is loaded when someone first listens, because a page can be worked with before. */
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
