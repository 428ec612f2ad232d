import type { KeptNotice, Notice, Outbox, OutboxKey, OutboxReading } from './outbox-db'
import type { OutboxRecord } from './record'
import type { SaveState } from './review-store'
import type { Waiting } from './send-lanes'

/** A record of the list as shown on this page. */
export interface Pending {
  record: OutboxRecord
  /** `storing`: being written to the device; `device`: stored there; `page`: the device refused it. */
  where: 'storing' | 'device' | 'page'
  /** Its position in the list: its order on the device, or that of the stored record before it. */
  rank: number
  /** Whether it had a problem when an earlier page stored it. */
  hadProblem?: boolean
}

/** A change of the list. */
export interface Step {
  add?: OutboxRecord
  put?: readonly { old: OutboxRecord; record: OutboxRecord }[]
  remove?: readonly OutboxRecord[]
  /** The notice for the other tabs. */
  notice?: Notice
}

/** What a list needs from its owner. */
export interface PendingListOptions {
  key: OutboxKey
  tab: string
  now: () => number
  /** Applies another tab's notice. `isCertain` is false when the page may already know more. */
  hear: (notice: Notice, isCertain: boolean) => void
  isAcknowledged: (id: string) => boolean
  onChange: () => void
  /** Called when the device holds new records. */
  onStored: () => void
}

/** The age of notices that a newly opened page still needs, in ms: its rows are at most that old. */
const missedSince = 60_000

/**
 * The list of one revision. The list itself is in the database; this copy is the last reading with unfinished steps applied, so that a change shows
 * at once. Steps and readings run one at a time, in call order. A failed step is not repeated: a record that the device did not remove is sent again
 * later, which changes nothing, and one that it did not store is kept in the page.
 */
export class PendingList {
  readonly #given: PendingListOptions
  #device: Outbox | null = null
  #storage: SaveState['storage']
  /** The last reading, with records kept only in the page. */
  #list: readonly Pending[] = []
  /** Shown, but not yet on the device. */
  #steps: readonly Step[] = []
  #shown: readonly Pending[] | null = null
  #lastNotice: number | null = null
  #waiting: Waiting | null = null
  /** Whether problems and waiting reasons in the database belong to an open tab, not to an earlier page. */
  #heedsLeader = false
  #isReadingNext = false
  #sayOpened: () => void = () => undefined
  #line: Promise<unknown>
  #opening: Promise<void> | null = null

  /** With `waits`, the list takes its first step at `open`; without, it has no device. */
  constructor(waits: boolean, given: PendingListOptions) {
    this.#given = given
    this.#storage = waits ? 'opening' : 'page'
    this.#line = waits ? new Promise<void>((resolve) => (this.#sayOpened = resolve)) : Promise.resolve()
  }

  get storage(): SaveState['storage'] {
    return this.#storage
  }

  /** Why the leading tab waited at the last reading. */
  get waiting(): Waiting | null {
    return this.#heedsLeader ? this.#waiting : null
  }

  /** All unacknowledged records, in the order in which they apply. */
  all(): readonly Pending[] {
    return (this.#shown ??= this.#steps.reduce(
      (list, step) => applyStep(list, step, { where: 'storing', order: null }),
      this.#list,
    ))
  }

  /** The records of a lane, in order; the first may be on its way to the server. */
  lane(key: string): OutboxRecord[] {
    return this.all().flatMap(({ record }) => (record.lane === key ? [record] : []))
  }

  /** Opens the outbox and reads it before all other steps; null when the device stores nothing. */
  async open(openOutbox: () => Promise<Outbox>): Promise<Outbox | null> {
    if (this.#opening === null) {
      this.#opening = this.#open(openOutbox)
      await this.#opening
    } else {
      await this.#opening
      await this.read()
    }
    return this.#device
  }

  async #open(openOutbox: () => Promise<Outbox>): Promise<void> {
    try {
      const device = await openOutbox()
      await this.#read(device)
      this.#device = device
      this.#storage = 'device'
    } catch {
      this.#storage = 'page'
    }
    this.#sayOpened()
    this.#changed()
  }

  /** Takes a step, visible at once unless it is to show only when done. Resolves when it is on the device or has failed. */
  run(step: Step, isSeenAtOnce = true): Promise<void> {
    if (this.#storage === 'page' && this.#device === null) {
      this.#list = applyStep(this.#list, step, { where: 'page', order: null })
      this.#changed()
      return Promise.resolve()
    }
    if (isSeenAtOnce) {
      this.#steps = [...this.#steps, step]
      this.#changed()
    }
    return this.#inTurn(async (device) => {
      let order: number | null = null
      try {
        order = device === null ? null : await this.#store(device, step)
      } finally {
        this.#steps = this.#steps.filter((each) => each !== step)
        this.#list = applyStep(this.#list, step, { where: order === null ? 'page' : 'device', order })
        this.#changed()
      }
      this.#given.onStored()
    })
  }

  /** Reads the list again. */
  read(): Promise<void> {
    if (this.#isReadingNext) return this.settled()
    this.#isReadingNext = true
    return this.#inTurn(async (device) => {
      this.#isReadingNext = false
      if (device !== null) await this.#read(device)
      this.#changed()
    })
  }

  /** Another tab leads: its problems and waiting reasons are valid. */
  heedLeader(): void {
    this.#heedsLeader = true
    void this.read()
  }

  /** No other tab is open: problems left by an earlier page are dropped, so that their records are sent again. */
  async startAfresh(): Promise<void> {
    await this.read()
    this.#heedsLeader = true
    const stuck = this.#list.flatMap(({ record, hadProblem }) => (hadProblem ? [{ old: record, record }] : []))
    if (stuck.length > 0) void this.run({ put: stuck })
  }

  /** Stores in the database why this tab, which leads, waits. */
  setWaiting(waiting: Waiting | null): void {
    if (JSON.stringify(waiting) === JSON.stringify(this.#waiting)) return
    this.#waiting = waiting
    void this.#inTurn(async (device) => {
      await device?.setWaiting(this.#given.key, waiting)
      this.#given.onStored()
    })
  }

  /** Resolves when all steps and readings so far have ended. */
  async settled(): Promise<void> {
    await this.#line
  }

  #inTurn(act: (device: Outbox | null) => Promise<void>): Promise<void> {
    const done = this.#line.then(async () => {
      try {
        await act(this.#device)
      } catch {
        this.#storage = 'page'
        this.#changed()
      }
    })
    this.#line = done
    return done
  }

  /** Returns the order of an added record. */
  async #store(device: Outbox, { add, put = [], remove = [], notice }: Step): Promise<number | null> {
    if (add !== undefined) return device.add(add)
    // A record that was being stored when the step was created has its order by now.
    const orders = new Map(this.#list.map(({ record }) => [record.id, record.order]))
    const orderOf = ({ id, order }: OutboxRecord) => order ?? orders.get(id) ?? null
    const { key: place, tab: by, now } = this.#given
    await device.change({
      put: put.map(({ old, record }) => ({ ...record, order: orderOf(old) })),
      remove: remove.flatMap((record) => orderOf(record) ?? []),
      notice: notice === undefined ? null : { notice, place, by, at: now() },
    })
    return null
  }

  async #read(device: Outbox): Promise<void> {
    const isFirst = this.#lastNotice === null
    const reading = await device.read(this.#given.key, this.#lastNotice ?? 0)
    this.#lastNotice = reading.lastNotice
    this.#waiting = reading.waiting
    const since = isFirst ? this.#given.now() - missedSince : 0
    this.#hear(
      reading,
      reading.notices.filter(({ by, at }) => by !== this.#given.tab && at >= since),
    )
    const onDevice = reading.records.flatMap((record): Pending[] => {
      if (this.#given.isAcknowledged(record.id)) return []
      const problem = this.#heedsLeader ? record.problem : null
      const hadProblem = problem !== record.problem
      return [{ record: { ...record, problem }, where: 'device', rank: record.order ?? 0, hadProblem }]
    })
    const inPage = this.#list.filter(({ where }) => where === 'page')
    this.#list = [...onDevice, ...inPage].sort((one, other) => one.rank - other.rank)
  }

  #hear({ records, notices: all }: OutboxReading, notices: readonly KeptNotice[]): void {
    for (const { notice } of notices) this.#given.hear(notice, false)
    const present = new Set([...records.map(({ order }) => order), ...all.flatMap(({ orders }) => orders)])
    // A record that left the list without a notice was acknowledged so long ago that the notice has been deleted.
    for (const { record, where } of this.#list)
      if (where === 'device' && !present.has(record.order))
        this.#given.hear({ kind: 'acknowledged', record, body: null }, true)
  }

  #changed(): void {
    this.#shown = null
    this.#given.onChange()
  }
}

function applyStep(
  list: readonly Pending[],
  { add, put = [], remove = [] }: Step,
  stored: { where: Pending['where']; order: number | null },
): readonly Pending[] {
  if (add !== undefined) {
    const rank = stored.order ?? list.at(-1)?.rank ?? 0
    return [...list, { record: { ...add, order: stored.order }, where: stored.where, rank }]
  }
  const replaced = new Map(put.map(({ old, record }) => [old.id, record]))
  const removed = new Set(remove.map(({ id }) => id))
  return list.flatMap((pending) => {
    const { id, order } = pending.record
    if (removed.has(id)) return []
    const record = replaced.get(id)
    return record === undefined ? [pending] : [{ ...pending, record: { ...record, order } }]
  })
}
