import type { Verdict } from './request'

/** Why a lane stands still until the person decides. */
export type LaneProblem = Extract<Verdict, { kind: 'conflict' | 'refused' }>

/** Why the whole queue waits. */
export interface Waiting {
  reason: 'offline' | 'server' | 'signed-out' | 'other-member'
  message: string
  /** Since when nothing has gone out, in ms since 1970. */
  since: number
}

/** Where the queue stands. `waiting` is null while writes are going out. */
export interface QueueState {
  /** Writes not yet acknowledged, blocked ones included. */
  unsaved: number
  blocked: number
  waiting: Waiting | null
}

/** Time, so that tests need not wait. Milliseconds. */
export interface Timers {
  set: (run: () => void, ms: number) => number
  clear: (handle: number) => void
}

/** A write in the queue. Its owner may replace `item`, and sets `ready` when it may be sent. */
export interface QueueEntry<T> {
  item: T
  readonly lane: string
  ready: boolean
  /** Sent at least once, by this program or one before it: the server may have it, so it must not change. */
  attempted: boolean
}

interface Lane<T> {
  entries: QueueEntry<T>[]
  sending: boolean
  problem: LaneProblem | null
}

/** What the queue needs from its owner. */
export interface SaveQueueOptions<T> {
  /** Sends one write; never rejects. `again` asks to send it once more at once. */
  send: (entry: QueueEntry<T>) => Promise<Verdict | { kind: 'again' }>
  /** Awaited before the lane goes on; never rejects. */
  onDone: (entry: QueueEntry<T>, body: unknown) => Promise<void>
  onChange: () => void
  timers: Timers
  now: () => number
}

const firstRetry = 1_000
const longestRetry = 30_000
const signInRetry = 4_000
const lanesAtOnce = 4

/**
 * Sends writes lane by lane: in order within a lane, at most four lanes at once. A write without an answer is sent again after 1, 2, 4 … 30
 * seconds, for which all lanes wait together. A refused or conflicting write blocks its own lane only, until the owner resolves it.
 * Nothing leaves the queue except by an acknowledgement or by the owner. A queue that is not active holds and shows but sends nothing.
 */
export class SaveQueue<T> {
  readonly #options: SaveQueueOptions<T>
  readonly #lanes = new Map<string, Lane<T>>()
  readonly #whenIdle = new Set<() => void>()
  #active: boolean
  /** Kept while trying again, so that the line does not flicker: only an answer clears it. */
  #waiting: Waiting | null = null
  #attempts = 0
  #timer: number | null = null

  constructor(options: SaveQueueOptions<T>, active: boolean) {
    this.#options = options
    this.#active = active
  }

  add(entry: QueueEntry<T>): void {
    const lane = this.#lanes.get(entry.lane) ?? { entries: [], sending: false, problem: null }
    this.#lanes.set(entry.lane, lane)
    lane.entries.push(entry)
    this.#options.onChange()
    this.pump()
  }

  /** The waiting writes of a lane, in order; the first may be on its way. */
  lane(key: string): readonly QueueEntry<T>[] {
    return this.#lanes.get(key)?.entries ?? []
  }

  /** All writes not yet acknowledged, in the order in which they apply. */
  entries(): QueueEntry<T>[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.entries)
  }

  problems(): Map<string, LaneProblem> {
    const problems = new Map<string, LaneProblem>()
    for (const [key, { problem }] of this.#lanes) if (problem !== null) problems.set(key, problem)
    return problems
  }

  isSending(key: string): boolean {
    return this.#lanes.get(key)?.sending ?? false
  }

  state(): QueueState {
    const lanes = [...this.#lanes.values()]
    return {
      unsaved: lanes.reduce((sum, lane) => sum + lane.entries.length, 0),
      blocked: lanes.filter((lane) => lane.problem !== null).length,
      waiting: this.#waiting,
    }
  }

  /** Puts other writes in the place of a lane's, without its problem. With none the lane is gone. A lane that is being sent stays as it is. */
  setLane(key: string, entries: QueueEntry<T>[], problem: LaneProblem | null = null): void {
    const present = this.#lanes.get(key)
    if (present?.sending === true) return
    if (entries.length === 0) this.#lanes.delete(key)
    else this.#lanes.set(key, { entries, sending: false, problem })
    this.#options.onChange()
    this.pump()
  }

  /** Puts the writes of a lane in order, all but the one on its way. */
  sort(key: string, compare: (one: QueueEntry<T>, other: QueueEntry<T>) => number): void {
    this.#lanes.get(key)?.entries.sort(compare)
  }

  /** Takes over what the tab that sends says: why it waits and which lanes are blocked. */
  mirror(waiting: Waiting | null, problems: ReadonlyMap<string, LaneProblem>): void {
    this.#waiting = waiting
    for (const [key, lane] of this.#lanes) lane.problem = problems.get(key) ?? null
    this.#options.onChange()
  }

  /** Whether to send. Turned off, what is on its way still arrives. Blocked lanes stay so: the person may be deciding. */
  setActive(active: boolean): void {
    this.#active = active
    if (active) {
      this.#waiting = null
      this.#attempts = 0
      this.pump()
    } else this.#clearTimer()
    this.#options.onChange()
  }

  /** Resolves when nothing is on its way. */
  idle(): Promise<void> {
    if (![...this.#lanes.values()].some((lane) => lane.sending)) return Promise.resolve()
    return new Promise((resolve) => this.#whenIdle.add(resolve))
  }

  /** Tries everything again now, blocked lanes excepted. */
  retryNow(): void {
    this.#clearTimer()
    this.pump()
  }

  /** Sends what may be sent. */
  pump(): void {
    if (!this.#active || this.#timer !== null) return
    let free = lanesAtOnce - [...this.#lanes.values()].filter((lane) => lane.sending).length
    for (const [key, lane] of this.#lanes) {
      if (free <= 0) return
      const entry = lane.entries[0]
      if (entry === undefined || !entry.ready || lane.sending || lane.problem !== null) continue
      free -= 1
      void this.#sendFirst({ key, lane, entry })
    }
  }

  async #sendFirst({ key, lane, entry }: { key: string; lane: Lane<T>; entry: QueueEntry<T> }): Promise<void> {
    lane.sending = true
    entry.attempted = true
    const verdict = await this.#options.send(entry)
    if (verdict.kind !== 'retry' && verdict.kind !== 'signed-out') {
      this.#attempts = 0
      this.#waiting = null
    }
    switch (verdict.kind) {
      case 'done':
        await this.#options.onDone(entry, verdict.body)
        lane.entries.shift()
        if (lane.entries.length === 0) this.#lanes.delete(key)
        break
      case 'conflict':
      case 'refused':
        lane.problem = verdict
        break
      case 'signed-out':
        this.#wait({ reason: verdict.as === 'nobody' ? 'signed-out' : 'other-member', message: '' }, signInRetry)
        break
      case 'retry': {
        const backoff = Math.min(longestRetry, firstRetry * 2 ** this.#attempts)
        this.#wait({ reason: verdict.reason, message: verdict.message }, Math.max(backoff, verdict.afterMs))
        break
      }
      case 'again':
        break
    }
    lane.sending = false
    if (![...this.#lanes.values()].some((each) => each.sending)) {
      for (const resolve of this.#whenIdle) resolve()
      this.#whenIdle.clear()
    }
    this.#options.onChange()
    this.pump()
  }

  #wait(waiting: Omit<Waiting, 'since'>, ms: number): void {
    this.#waiting = { ...waiting, since: this.#waiting?.since ?? this.#options.now() }
    if (this.#timer !== null || !this.#active) return
    this.#attempts += 1
    this.#timer = this.#options.timers.set(() => {
      this.retryNow()
    }, ms)
  }

  #clearTimer(): void {
    if (this.#timer !== null) this.#options.timers.clear(this.#timer)
    this.#timer = null
  }
}
