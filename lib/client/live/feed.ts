import type { LivePresence, LiveMessage } from '@/lib/domain/live/message'

/** A message of the feed. `reset`: too many events were missed; listeners read their data again. */
export type FeedNews =
  { kind: 'message'; message: LiveMessage } | { kind: 'presence'; presence: LivePresence } | { kind: 'reset' }

/** An open feed. */
interface Source {
  close: () => void
}

/** Opens the feed at an address. It reconnects until it is closed. */
export type OpenSource = (address: string, listener: (news: FeedNews) => void) => Source

/** The topics that a tab follows. `since`: the number of the last event that its page knows; null to receive future events only. */
interface Wish {
  documents: readonly string[]
  sessions: readonly string[]
  since: number | null
}

/** Messages between the tabs of one browser: tabs send their topics, the leader sends events. */
export type LiveTabMessage =
  { kind: 'leads' } | { kind: 'wants'; tab: string; wish: Wish | null } | { kind: 'news'; news: FeedNews }

/** A channel between the tabs of this browser. A tab does not hear itself. */
export interface LiveChannel {
  post: (message: LiveTabMessage) => void
  listen: (listener: (message: LiveTabMessage) => void) => void
  close: () => void
}

/** The parts that a feed is made from. */
export interface FeedOptions {
  memberId: string
  /** This tab's id. */
  tab: string
  openSource: OpenSource
  /** Null in browsers without channels or locks: each tab then has its own feed. */
  channel: LiveChannel | null
  /** Calls back when this tab becomes the leader, which it stays until the signal fires. */
  lead: (name: string, signal: AbortSignal, begin: () => void) => void
  timers: { set: (run: () => void, ms: number) => number; clear: (handle: number) => void; now: () => number }
}

/** A listener in this tab. */
export interface FeedListener extends Wish {
  onNews: (news: FeedNews) => void
}

/** How long changes of topics are collected before the feed reconnects, in ms. */
const gatherFor = 40
/** How often a tab repeats its topics, and the silence after which it counts as closed, in ms: timers of hidden tabs are slow. */
const sayEvery = 25_000
const forgetAfter = 100_000

/**
 * The live feed of one member in one browser. Regardless of the number of tabs, one of them (the leader) holds the connection and passes its messages
 * on.
 */
export class LiveFeed {
  readonly #options: FeedOptions
  readonly #listeners = new Map<FeedListener, number>()
  readonly #others = new Map<string, { wish: Wish; heardAt: number }>()
  /** The last presence of each place, for later listeners: the server sends it only once. */
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

  /** Adds a listener; returns the function that removes it. */
  listen(listener: FeedListener): () => void {
    this.#listeners.set(listener, listener.since ?? -1)
    for (const presence of this.#presenceAt(listener)) listener.onNews({ kind: 'presence', presence })
    this.#wishChanged(listener.since)
    return () => {
      this.#listeners.delete(listener)
      this.#wishChanged(null)
    }
  }

  /** Closes everything: the tab closes, or another person has signed in. */
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
    // A listener may leave after the feed is closed: a page removes its outer parts first.
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

  /** Reconnects from an earlier event: a page was made before the last one that arrived. Listeners ignore events that they have. */
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

/** The union of the given topics. */
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

/** The feed's address for the topics of one member; another person's sign-in is refused. `after` is left out to receive future events only. */
function addressOf(memberId: string, { documents, sessions, since }: Wish): string {
  const query = new URLSearchParams({ member: memberId, documents: documents.join(), sessions: sessions.join() })
  if (since !== null) query.set('after', String(since))
  return `/api/v1/live?${query.toString()}`
}

/** The shortest and longest wait before a refused feed is opened again, in ms. */
const firstWait = 2_000

const longestWait = 120_000

/**
 * The browser's EventSource. It reconnects by itself from where it was when the connection breaks. After a refusal (signed out, too many connections)
 * it stops, and is opened again after growing waits.
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
