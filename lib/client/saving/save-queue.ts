import type { Verdict } from './answers'

/** Why a lane stands still until the person decides. */
export type LaneProblem = Extract<Verdict, { kind: 'conflict' | 'refused' }>

/** Why the whole queue waits. */
export interface Waiting {
  reason: 'offline' | 'server' | 'signed-out'
  message: string
}

/** The state of saving, for the line that is always visible. `waiting` is null while writes are going out. */
export interface SaveState {
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

interface Lane<W> {
  writes: W[]
  sending: boolean
  problem: LaneProblem | null
}

/** What the queue needs from its owner. */
export interface SaveQueueOptions<W> {
  laneOf: (write: W) => string
  merge: (earlier: W, later: W) => W | null
  /** Sends one write; never rejects. */
  send: (write: W) => Promise<Verdict>
  onDone: (write: W, body: unknown) => void
  onChange: () => void
  timers: Timers
}

const firstRetry = 1_000
const longestRetry = 30_000
const signInRetry = 4_000
const lanesAtOnce = 4

/**
 * Sends writes lane by lane: in order within a lane, at most four lanes at once. A write without an answer is sent again after 1, 2, 4 … 30
 * seconds, for which all lanes wait together. A refused or conflicting write blocks its own lane only, until the owner resolves it.
 * Nothing leaves the queue except by an acknowledgement or by `drop`.
 */
export class SaveQueue<W> {
  readonly #options: SaveQueueOptions<W>
  readonly #lanes = new Map<string, Lane<W>>()
  /** Kept while trying again, so that the line does not flicker: only an answer clears it. */
  #waiting: Waiting | null = null
  #attempts = 0
  #timer: number | null = null

  constructor(options: SaveQueueOptions<W>) {
    this.#options = options
  }

  add(write: W): void {
    const key = this.#options.laneOf(write)
    const lane = this.#lanes.get(key) ?? { writes: [], sending: false, problem: null }
    this.#lanes.set(key, lane)
    const last = lane.writes.length - 1
    const mergeable = last > 0 || (last === 0 && !lane.sending && lane.problem === null)
    const earlier = lane.writes[last]
    const merged = mergeable && earlier !== undefined ? this.#options.merge(earlier, write) : null
    if (merged === null) lane.writes.push(write)
    else lane.writes[last] = merged
    this.#options.onChange()
    this.#pump()
  }

  /** All writes not yet acknowledged, in the order in which they apply. */
  unsaved(): W[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.writes)
  }

  hasUnsaved(key: string): boolean {
    return this.#lanes.has(key)
  }

  problems(): Map<string, LaneProblem> {
    const problems = new Map<string, LaneProblem>()
    for (const [key, { problem }] of this.#lanes) if (problem !== null) problems.set(key, problem)
    return problems
  }

  state(): SaveState {
    const lanes = [...this.#lanes.values()]
    return {
      unsaved: lanes.reduce((sum, lane) => sum + lane.writes.length, 0),
      blocked: lanes.filter((lane) => lane.problem !== null).length,
      waiting: this.#waiting,
    }
  }

  /** Tries everything again now, blocked lanes excepted. */
  retryNow(): void {
    this.#resume()
  }

  /** Sends the blocked lane again, with its first write replaced when one is given. */
  unblock(key: string, first?: W): void {
    const lane = this.#lanes.get(key)
    if (lane === undefined) return
    lane.problem = null
    if (first !== undefined) lane.writes[0] = first
    this.#options.onChange()
    this.#pump()
  }

  /** Forgets every waiting write of a blocked lane. */
  drop(key: string): void {
    const lane = this.#lanes.get(key)
    if (lane === undefined || lane.sending) return
    this.#lanes.delete(key)
    this.#options.onChange()
  }

  stop(): void {
    if (this.#timer !== null) this.#options.timers.clear(this.#timer)
    this.#timer = null
  }

  #pump(): void {
    if (this.#timer !== null) return
    let free = lanesAtOnce - [...this.#lanes.values()].filter((lane) => lane.sending).length
    for (const [key, lane] of this.#lanes) {
      if (free <= 0) return
      if (lane.sending || lane.problem !== null) continue
      free -= 1
      void this.#sendFirst(key, lane)
    }
  }

  async #sendFirst(key: string, lane: Lane<W>): Promise<void> {
    const write = lane.writes[0]
    if (write === undefined) return
    lane.sending = true
    const verdict = await this.#options.send(write)
    lane.sending = false
    if (verdict.kind !== 'retry' && verdict.kind !== 'signed-out') {
      this.#attempts = 0
      this.#waiting = null
    }
    switch (verdict.kind) {
      case 'done':
        lane.writes.shift()
        if (lane.writes.length === 0) this.#lanes.delete(key)
        this.#options.onDone(write, verdict.body)
        break
      case 'conflict':
      case 'refused':
        lane.problem = verdict
        break
      case 'signed-out':
        this.#wait({ reason: 'signed-out', message: 'your session has ended' }, signInRetry)
        break
      case 'retry': {
        const backoff = Math.min(longestRetry, firstRetry * 2 ** this.#attempts)
        this.#wait({ reason: verdict.reason, message: verdict.message }, Math.max(backoff, verdict.afterMs))
        break
      }
    }
    this.#options.onChange()
    this.#pump()
  }

  #wait(waiting: Waiting, ms: number): void {
    this.#waiting = waiting
    if (this.#timer !== null) return
    this.#attempts += 1
    this.#timer = this.#options.timers.set(() => {
      this.#resume()
    }, ms)
  }

  #resume(): void {
    this.stop()
    this.#pump()
  }
}
