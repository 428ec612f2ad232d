import type { LivePresence, LiveMessage } from '@/lib/domain/live/message'

/** What the feed says. `reset`: too much was missed to be told; listeners ask again for what they show. */
export type FeedNews =
  { kind: 'message'; message: LiveMessage } | { kind: 'presence'; presence: LivePresence } | { kind: 'reset' }

/** An open feed. */
interface Source {
  close: () => void
}

/** Opens the feed at an address; it stays open, or opens again, until it is closed. */
export type OpenSource = (address: string, listener: (news: FeedNews) => void) => Source

/** What a tab wants to follow. `since`: the number of the last event that its page knows of; null for all that come from now on. */
interface Wish {
  documents: readonly string[]
  sessions: readonly string[]
  since: number | null
}

/** What the tabs of one browser tell each other: what they want, and the leader what came. */
export type LiveTabMessage =
  { kind: 'leads' } | { kind: 'wants'; tab: string; wish: Wish | null } | { kind: 'news'; news: FeedNews }

/** A channel between the tabs of this browser. A tab does not hear itself. */
export interface LiveChannel {
  post: (message: LiveTabMessage) => void
  listen: (listener: (message: LiveTabMessage) => void) => void
  close: () => void
}

/** What a feed is made of. */
export interface FeedOptions {
  memberId: string
  /** This tab's own name. */
  tab: string
  openSource: OpenSource
  /** Null where the browser has no channels or locks: then each tab has a feed of its own. */
  channel: LiveChannel | null
  /** Calls back when this tab is to lead, and keeps it leading until the signal fires. */
  lead: (name: string, signal: AbortSignal, begin: () => void) => void
  timers: { set: (run: () => void, ms: number) => number; clear: (handle: number) => void; now: () => number }
}

/** Someone in this tab who listens. */
export interface FeedListener extends Wish {
  onNews: (news: FeedNews) => void
}

/** How long changes of what is wanted are gathered before the connection is made anew, in ms. */
const gatherFor = 40
/** How often a tab says again what it wants, and after which silence it counts as closed, in ms: hidden tabs have slow clocks. */
const sayEvery = 25_000
const forgetAfter = 100_000

/**
 * The live feed of one member in one browser: however many tabs are open, one of them (the leader) holds the connection and passes on what comes.
 */
export class LiveFeed {
  readonly #options: FeedOptions
  readonly #listeners = new Map<FeedListener, number>()
  readonly #others = new Map<string, { wish: Wish; heardAt: number }>()
  /** Who is where, as last told: the server says it once, and listeners come at any time. */
  readonly #presence = new Map<string, LivePresence>()
  readonly #stop = new AbortController()
  #leads = false
  #source: Source | null = null
  #followed = ''
  /** The number of the last event that came. */
  #last: number | null = null
  #gathering: number | null = null
  #saying: number | null = null

  constructor(options: FeedOptions) {
    this.#options = options
    const { channel, memberId } = options
    channel?.listen((message) => {
      this.#hear(message)
    })
    if (channel === null) this.#begin()
    else {
      options.lead(`sourcemark-live:${memberId}`, this.#stop.signal, () => {
        this.#begin()
      })
    }
  }

  /** Listens until the answer is called. */
  listen(listener: FeedListener): () => void {
    this.#listeners.set(listener, listener.since ?? -1)
    for (const presence of this.#presenceAt(listener)) listener.onNews({ kind: 'presence', presence })
    this.#wishChanged(listener.since)
    return () => {
      this.#listeners.delete(listener)
      this.#wishChanged(null)
    }
  }

  /** Lets go of everything: the tab closes, or someone else has signed in. */
  stop(): void {
    const { channel, tab, timers } = this.#options
    this.#stop.abort()
    channel?.post({ kind: 'wants', tab, wish: null })
    channel?.close()
    if (this.#gathering !== null) timers.clear(this.#gathering)
    if (this.#saying !== null) timers.clear(this.#saying)
    this.#source?.close()
    this.#source = null
    this.#leads = false
  }

  #begin(): void {
    if (this.#stop.signal.aborted) return
    this.#leads = true
    if (this.#saying !== null) this.#options.timers.clear(this.#saying)
    this.#saying = null
    this.#options.channel?.post({ kind: 'leads' })
    this.#wishChanged(null)
  }

  #ownWish(): Wish {
    return allOf(this.#listeners.keys())
  }

  #wishChanged(since: number | null): void {
    // A listener may leave after the feed has: a page lets go of its parts from the outside in.
    if (this.#stop.signal.aborted) return
    const { channel, tab, timers } = this.#options
    if (this.#leads) {
      if (since !== null && this.#last !== null && since < this.#last) this.#goBackTo(since)
      this.#gathering ??= timers.set(() => {
        this.#gathering = null
        this.#follow()
      }, gatherFor)
      return
    }
    if (channel === null) return
    channel.post({ kind: 'wants', tab, wish: this.#listeners.size === 0 ? null : this.#ownWish() })
    if (this.#saying !== null) timers.clear(this.#saying)
    this.#saying = timers.set(() => {
      this.#wishChanged(null)
    }, sayEvery)
  }

  /** A page was made before the last event that came: what came since is asked for again, and listeners leave out what they have. */
  #goBackTo(since: number): void {
    this.#last = since
    this.#followed = ''
  }

  #follow(): void {
    const { memberId, openSource, timers } = this.#options
    for (const [tab, { heardAt }] of this.#others) if (timers.now() - heardAt > forgetAfter) this.#others.delete(tab)
    if (this.#others.size > 0) {
      this.#saying ??= timers.set(() => {
        this.#saying = null
        this.#follow()
      }, sayEvery)
    }
    const wishes = [...this.#listeners.keys(), ...[...this.#others.values()].map(({ wish }) => wish)]
    const wish = allOf(wishes)
    const followed = wishes.length === 0 ? 'nothing' : addressOf(memberId, { ...wish, since: null })
    if (followed === this.#followed) return
    this.#followed = followed
    this.#source?.close()
    this.#source = null
    if (wishes.length === 0) return
    this.#source = openSource(addressOf(memberId, { ...wish, since: this.#last ?? wish.since }), (news) => {
      if (news.kind === 'message') this.#last = Math.max(this.#last ?? 0, news.message.sequence)
      this.#options.channel?.post({ kind: 'news', news })
      this.#deliver(news)
    })
  }

  #hear(message: LiveTabMessage): void {
    if (message.kind === 'news') this.#deliver(message.news)
    else if (message.kind === 'leads') this.#wishChanged(null)
    else if (this.#leads) {
      const before = this.#others.get(message.tab)
      if (message.wish === null) this.#others.delete(message.tab)
      else this.#others.set(message.tab, { wish: message.wish, heardAt: this.#options.timers.now() })
      const isNew = JSON.stringify(before?.wish) !== JSON.stringify(message.wish)
      if (isNew && message.wish !== null)
        for (const presence of this.#presenceAt(message.wish))
          this.#options.channel?.post({ kind: 'news', news: { kind: 'presence', presence } })
      this.#wishChanged(isNew ? (message.wish?.since ?? null) : null)
    }
  }

  #presenceAt({ documents, sessions }: Wish): LivePresence[] {
    const places = [...documents.map((id) => `document:${id}`), ...sessions.map((id) => `session:${id}`)]
    return places.flatMap((place) => this.#presence.get(place) ?? [])
  }

  #deliver(news: FeedNews): void {
    if (news.kind === 'presence') this.#presence.set(news.presence.place, news.presence)
    for (const [listener, seen] of this.#listeners) {
      if (news.kind === 'message') {
        if (news.message.sequence <= seen) continue
        this.#listeners.set(listener, news.message.sequence)
      }
      listener.onNews(news)
    }
  }
}

/** The wish that fulfils all of the given ones. */
function allOf(wishes: Iterable<Wish>): Wish {
  const documents = new Set<string>()
  const sessions = new Set<string>()
  let since: number | null = null
  for (const wish of wishes) {
    for (const id of wish.documents) documents.add(id)
    for (const id of wish.sessions) sessions.add(id)
    if (wish.since !== null) since = Math.min(since ?? wish.since, wish.since)
  }
  return { documents: [...documents].sort(), sessions: [...sessions].sort(), since }
}

/** The address of the feed for a wish of one member, which refuses anyone else's sign-in. `after` is left out for "from now on". */
function addressOf(memberId: string, { documents, sessions, since }: Wish): string {
  const query = new URLSearchParams({ member: memberId, documents: documents.join(), sessions: sessions.join() })
  if (since !== null) query.set('after', String(since))
  return `/api/v1/live?${query.toString()}`
}

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
