import { describe, expect, test } from 'vitest'
import type { LiveMessage } from '@/lib/domain/live/message'
import {
  LiveFeed,
  type FeedListener,
  type LiveChannel,
  type LiveTabMessage,
  type FeedNews,
  type OpenSource,
} from './feed'

function message(sequence: number): FeedNews {
  const told: LiveMessage = {
    sequence,
    type: 'source.updated',
    subjectId: null,
    documentId: null,
    sessionId: null,
    own: false,
  }
  return { kind: 'message', message: told }
}

/** A browser with tabs: a clock, a lock that one tab holds at a time, a channel between them, and the connections they open. */
class Browser {
  readonly opened: { address: string; isOpen: boolean; say: (news: FeedNews) => void }[] = []
  readonly #timers = new Map<number, { at: number; run: () => void }>()
  readonly #tabs = new Map<string, (message: LiveTabMessage) => void>()
  readonly #crashed = new Set<string>()
  readonly #waiting: { begin: () => void; signal: AbortSignal }[] = []
  #holder: AbortSignal | null = null
  #now = 0
  #last = 0

  /** Lets time pass, in ms. */
  pass(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const [next] = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at)
      if (next === undefined) break
      this.#timers.delete(next[0])
      this.#now = next[1].at
      next[1].run()
    }
    this.#now = end
  }

  tab(name: string): LiveFeed {
    const channel: LiveChannel = {
      post: (told) => {
        // As a real channel does: a copy, and to the others only.
        if (this.#crashed.has(name)) return
        for (const [other, hear] of this.#tabs) if (other !== name) hear(structuredClone(told))
      },
      listen: (hear) => this.#tabs.set(name, hear),
      close: () => this.#tabs.delete(name),
    }
    const openSource: OpenSource = (address, say) => {
      const source = { address, isOpen: true, say }
      this.opened.push(source)
      return {
        close: () => {
          source.isOpen = false
        },
      }
    }
    return new LiveFeed({
      memberId: 'ada',
      tab: name,
      openSource,
      channel,
      lead: (_, signal, begin) => {
        this.#waiting.push({ begin, signal })
        signal.addEventListener('abort', () => {
          if (this.#holder !== signal) return
          this.#holder = null
          this.#grant()
        })
        this.#grant()
      },
      timers: {
        set: (run, ms) => {
          this.#timers.set(++this.#last, { at: this.#now + ms, run })
          return this.#last
        },
        clear: (handle) => this.#timers.delete(handle),
        now: () => this.#now,
      },
    })
  }

  /** Ends a tab without a word. */
  crash(name: string): void {
    this.#crashed.add(name)
    this.#tabs.delete(name)
  }

  /** The connections that are open. */
  connections() {
    return this.opened.filter(({ isOpen }) => isOpen)
  }

  /** What is followed, as the query of the only connection. */
  query(): Record<string, string> {
    const [only, ...others] = this.connections()
    expect(others).toEqual([])
    return Object.fromEntries(new URL(only?.address ?? '', 'http://localhost').searchParams)
  }

  say(news: FeedNews): void {
    for (const source of this.connections()) source.say(news)
  }

  #grant(): void {
    if (this.#holder !== null) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    if (next.signal.aborted) {
      this.#grant()
      return
    }
    this.#holder = next.signal
    next.begin()
  }
}

function wish(documents: string[], since: number | null = null): { heard: number[]; listener: FeedListener } {
  const heard: number[] = []
  const onNews = (news: FeedNews) => {
    heard.push(news.kind === 'message' ? news.message.sequence : -1)
  }
  return { heard, listener: { documents, sessions: [], since, onNews } }
}

describe('the live feed of a browser', () => {
  test('is one connection for all tabs, with all that they want', () => {
    const browser = new Browser()
    const [one, two] = [browser.tab('one'), browser.tab('two')]
    const [first, second] = [wish(['a'], 5), wish(['b'], 7)]
    one.listen(first.listener)
    two.listen(second.listener)
    browser.pass(100)
    expect(browser.query()).toEqual({ member: 'ada', documents: 'a,b', sessions: '', after: '5' })
    browser.say(message(6))
    browser.say(message(8))
    expect(first.heard).toEqual([6, 8])
    expect(second.heard, 'its page knows of 6 already').toEqual([8])
  })

  test('goes over to another tab, which goes on where the first was for it', () => {
    const browser = new Browser()
    const [one, two] = [browser.tab('one'), browser.tab('two')]
    const second = wish(['b'], 7)
    one.listen(wish(['a'], 5).listener)
    two.listen(second.listener)
    browser.pass(100)
    browser.say(message(8))
    one.stop()
    browser.pass(100)
    expect(browser.query()).toEqual({ member: 'ada', documents: 'b', sessions: '', after: '7' })
    browser.say(message(8))
    browser.say(message(9))
    expect(second.heard).toEqual([8, 9])
  })

  test('goes back for a page that was made before the last event, and tells nobody twice', () => {
    const browser = new Browser()
    const one = browser.tab('one')
    const [first, late] = [wish(['a'], 5), wish(['a'], 6)]
    one.listen(first.listener)
    browser.pass(100)
    browser.say(message(8))
    one.listen(late.listener)
    browser.pass(100)
    expect(browser.query()['after']).toBe('6')
    for (const sequence of [7, 8, 9]) browser.say(message(sequence))
    expect(late.heard).toEqual([7, 8, 9])
    expect(first.heard).toEqual([8, 9])
  })

  test('stays as it is when what is wanted stays the same', () => {
    const browser = new Browser()
    const [one, two] = [browser.tab('one'), browser.tab('two')]
    one.listen(wish(['a'], 5).listener)
    browser.pass(100)
    const stop = two.listen(wish(['a'], 9).listener)
    browser.pass(100)
    stop()
    browser.pass(200_000)
    expect(browser.opened).toHaveLength(1)
  })

  test('tells who is there to those who come later, in this tab and in another', () => {
    const browser = new Browser()
    const [one, two] = [browser.tab('one'), browser.tab('two')]
    one.listen(wish(['a']).listener)
    browser.pass(100)
    const presence = { place: 'document:a', members: [{ id: 'mina', name: 'Mina' }] }
    browser.say({ kind: 'presence', presence })
    const [here, there]: [FeedNews[], FeedNews[]] = [[], []]
    one.listen({ documents: ['a'], sessions: [], since: null, onNews: (news) => here.push(news) })
    expect(here).toEqual([{ kind: 'presence', presence }])
    two.listen({ documents: ['a'], sessions: [], since: null, onNews: (news) => there.push(news) })
    browser.pass(100)
    expect(there.at(-1)).toEqual({ kind: 'presence', presence })
    expect(browser.opened, 'on the same connection').toHaveLength(1)
  })

  test('lets go of a place when its tab closes, also of one that ended without a word', () => {
    const browser = new Browser()
    const one = browser.tab('one')
    one.listen(wish(['a']).listener)
    const [two, three] = [browser.tab('two'), browser.tab('three')]
    two.listen(wish(['b']).listener)
    three.listen(wish(['c']).listener)
    browser.pass(100)
    expect(browser.query()['documents']).toBe('a,b,c')
    two.stop()
    browser.pass(100)
    expect(browser.query()['documents']).toBe('a,c')
    browser.pass(300_000)
    expect(browser.query()['documents'], 'it says so again and again').toBe('a,c')
    browser.crash('three')
    browser.pass(200_000)
    expect(browser.query()['documents']).toBe('a')
  })

  test('ends when nobody listens', () => {
    const browser = new Browser()
    const one = browser.tab('one')
    const stop = one.listen(wish(['a']).listener)
    browser.pass(100)
    stop()
    browser.pass(100)
    expect(browser.connections()).toEqual([])
  })
})
