import type { Pending } from './pending-list'
import type { OutboxRecord } from './record'
import type { Verdict } from './send-record'

/** Why the leading tab waits. */
export interface Waiting {
  reason: 'offline' | 'server' | 'signed-out' | 'other-member'
  message: string
  /** The time since which nothing has been sent, in ms since 1970. */
  since: number
}

/** A clock, replaceable so that tests need not wait. In ms. */
export interface Timers {
  set: (run: () => void, ms: number) => number
  clear: (handle: number) => void
}

/** What a sender needs from its owner. */
export interface LaneSenderOptions {
  list: () => readonly Pending[]
  /** Sends one record and handles the answer, or returns why it must be sent again later; never rejects. */
  send: (record: OutboxRecord) => Promise<Extract<Verdict, { kind: 'retry' | 'signed-out' }> | null>
  onChange: () => void
  timers: Timers
  now: () => number
}

const firstRetry = 1_000
const longestRetry = 30_000
const signInRetry = 4_000
const lanesAtOnce = 4

/**
 * Sends the records of a list lane by lane: in order within a lane, at most four lanes at once. A record without an answer is sent again after 1, 2,
 * 4 … 30 seconds, during which all lanes wait. A record with a problem blocks its own lane only. Sending does not change the list.
 */
export class LaneSender {
  readonly #given: LaneSenderOptions
  readonly #sending = new Map<string, Promise<void>>()
  #isActive = false
  /** Kept during retries, so that the status line does not flicker: only an answer clears it. */
  #waiting: Waiting | null = null
  #attempts = 0
  #timer: number | null = null

  constructor(given: LaneSenderOptions) {
    this.#given = given
  }

  get waiting(): Waiting | null {
    return this.#waiting
  }

  isSending(lane: string): boolean {
    return this.#sending.has(lane)
  }

  /** Begins to send. */
  start(): void {
    this.#isActive = true
    this.#waiting = null
    this.#attempts = 0
    this.pump()
  }

  /** Stops sending. Resolves when nothing is on its way. */
  async stop(): Promise<void> {
    this.#isActive = false
    this.#clearTimer()
    await Promise.all(this.#sending.values())
  }

  /** Retries all records now, except those with a problem. */
  retryNow(): void {
    this.#clearTimer()
    this.pump()
  }

  /** Sends all records that are due. */
  pump(): void {
    if (!this.#isActive || this.#timer !== null) return
    const seen = new Set(this.#sending.keys())
    for (const { record, where } of this.#given.list()) {
      if (this.#sending.size >= lanesAtOnce) return
      if (seen.has(record.lane)) continue
      seen.add(record.lane)
      if (where !== 'storing' && record.problem === null) this.#sending.set(record.lane, this.#send(record))
    }
  }

  async #send(record: OutboxRecord): Promise<void> {
    const failure = await this.#given.send(record)
    this.#sending.delete(record.lane)
    if (failure === null) {
      this.#attempts = 0
      this.#waiting = null
    } else if (failure.kind === 'signed-out') {
      this.#wait({ reason: failure.as === 'nobody' ? 'signed-out' : 'other-member', message: '' }, signInRetry)
    } else {
      const backoff = Math.min(longestRetry, firstRetry * 2 ** this.#attempts)
      this.#wait({ reason: failure.reason, message: failure.message }, Math.max(backoff, failure.afterMs))
    }
    this.#given.onChange()
    this.pump()
  }

  #wait(waiting: Omit<Waiting, 'since'>, ms: number): void {
    this.#waiting = { ...waiting, since: this.#waiting?.since ?? this.#given.now() }
    if (this.#timer !== null || !this.#isActive) return
    this.#attempts += 1
    this.#timer = this.#given.timers.set(() => {
      this.retryNow()
    }, ms)
  }

  #clearTimer(): void {
    if (this.#timer !== null) this.#given.timers.clear(this.#timer)
    this.#timer = null
  }
}
