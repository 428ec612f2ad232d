import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Transport } from '../api/transport'
import { applyChange, laneOf, type ReviewData, type Change, type AnnotationPart } from './change'
import type { Notice, Outbox } from './outbox-db'
import { PendingList, type Pending } from './pending-list'
import { followRecord, makeRecord, mergeRecords, type OutboxPlace, type OutboxRecord } from './record'
import { resolveRecords, type Resolution, type StoredAnnotation } from './resolve-conflict'
import type { SaveState } from './review-store'
import { acknowledge, isAnnotation, isNews, sendRecord, storedDecisionId, versionAfter } from './send-record'
import { LaneSender, type Timers } from './send-lanes'
import { ended, takeTurns, type RequestLock, type TabChannel } from './tab-leader'

/** The storage of records, and the election of the tab that sends them. */
export interface KeepChanges {
  place: OutboxPlace
  /** @throws when the browser stores nothing. */
  openOutbox: () => Promise<Outbox>
  lockOf: (outbox: Outbox) => RequestLock
  openChannel: (name: string) => TabChannel
  /** For background work: gives up when another tab is sending. */
  background?: { onBusy: () => void }
}

/** The parts that pending changes are made from. */
export interface PendingChangesOptions {
  initial: ReviewData
  transport: Transport
  timers: Timers
  keep: KeepChanges | null
  place: OutboxPlace
  now: () => number
  newId: () => string
  onChange: () => void
  onMerged: ((annotationId: string, fromThere: readonly AnnotationPart[]) => void) | undefined
}

/**
 * The changes of one revision from their making to their acknowledgement: added to the list in the database, sent by the leading tab, and removed
 * when acknowledged. All tabs read the same list.
 */
export class PendingChanges {
  readonly #given: PendingChangesOptions
  readonly #list: PendingList
  readonly #sender: LaneSender
  #acknowledged: ReviewData
  /** Acknowledged records by id, for records based on them. */
  readonly #done = new Map<string, Parameters<typeof followRecord>[1]>()
  /** Records known only to this tab and not yet sent: a later change may merge into one. */
  readonly #unsent = new Set<string>()
  #channel: TabChannel | null = null
  #leads: boolean
  #resigning: AbortController | null = null
  #leaving: AbortController | null = null

  constructor(given: PendingChangesOptions) {
    const { initial, keep, place, now, newId, timers } = given
    this.#given = given
    this.#acknowledged = initial
    this.#leads = keep === null
    this.#list = new PendingList(keep !== null, {
      key: place,
      tab: newId(),
      now,
      hear: (notice, isCertain) => {
        this.#hear(notice, isCertain)
      },
      isAcknowledged: (id) => this.#done.has(id),
      onChange: () => {
        this.#changed()
      },
      onStored: () => this.#channel?.post('changed'),
    })
    this.#sender = new LaneSender({
      list: () => this.#list.all(),
      send: (record) => this.#send(record),
      onChange: () => {
        this.#changed()
      },
      timers,
      now,
    })
    if (this.#leads) this.#sender.start()
  }

  /** The acknowledged data, and the unacknowledged records in order. */
  read(): { acknowledged: ReviewData; pending: readonly Pending[]; save: SaveState } {
    const pending = this.#list.all()
    const save: SaveState = {
      unsaved: pending.length,
      blocked: pending.filter(({ record }) => record.problem !== null).length,
      waiting: this.#leads ? this.#sender.waiting : this.#list.waiting,
      storage: this.#list.storage,
      unkept: this.#unkept(),
    }
    return { acknowledged: this.#acknowledged, pending, save }
  }

  /** Adds a change to the list. `data` is what its writer sees; `began` is the annotation as it looked when the change began. */
  write(made: Change, data: ReviewData, began?: AnnotationView): void {
    const { place, newId, now } = this.#given
    const lane = laneOf(made)
    const last = this.#list.lane(lane).at(-1) ?? null
    const record = makeRecord({
      write: made,
      place,
      data,
      version: this.#acknowledged.annotations.get(lane)?.version ?? null,
      last,
      began: began ?? null,
      id: newId(),
      madeAt: new Date(now()).toISOString(),
    })
    // A change that began before another one arrived must be compared with it, so it is not merged.
    const isLate = record.base.after !== (last?.id ?? null)
    const merged =
      last !== null && !isLate && this.#unsent.has(last.id) && this.#leads ? mergeRecords(last, record) : null
    this.#unsent.add(record.id)
    if (last !== null && merged !== null) void this.#list.run({ put: [{ old: last, record: merged }] })
    else void this.#list.run({ add: record })
  }

  /** Carries out a person's decision about a blocked lane. */
  resolve(lane: string, how: Resolution): void {
    if (this.#sender.isSending(lane)) return
    const before = this.#list.lane(lane)
    const [first] = before
    if (first === undefined) return
    const { problem } = first
    const theirs = problem?.kind === 'conflict' && isAnnotation(problem.current) ? problem.current : null
    const isGone = problem?.kind === 'refused' && (problem.status === 404 || problem.status === 410)
    const stored = theirs ?? (isGone && how.kind === 'discard' ? 'gone' : null)
    const after = resolveRecords({ records: before, theirs, how, newId: this.#given.newId })
    const [head, ...rest] = after
    this.#learn(lane, stored)
    for (const record of rest) if (!before.includes(record)) void this.#list.run({ add: record })
    const remove = before.filter((record) => !after.includes(record) && (head === undefined || record !== first))
    const put = head === undefined ? [] : [{ old: first, record: head }]
    void this.#list.run({ put, remove, notice: { kind: 'resolved', lane, stored } })
  }

  /** Retries sending now, in the leading tab. */
  retryNow(): void {
    if (this.#leads) this.#sender.retryNow()
    else this.#channel?.post('retry')
  }

  /** Applies rows known from another channel. An annotation is replaced by a later version only. */
  receive(writes: readonly Change[]): void {
    for (const write of writes) {
      const known = write.kind === 'restore-annotation' ? this.#acknowledged.annotations.get(write.view.id) : undefined
      if (write.kind === 'restore-annotation' && known !== undefined && known.version >= write.view.version) continue
      this.#acknowledged = applyChange(this.#acknowledged, write)
    }
    this.#changed()
  }

  /** Hands leadership to another tab, if one waits for it. */
  handOver(): void {
    this.#resigning?.abort()
  }

  /** Opens the list and sends while this tab leads. Returns the function that stops it. */
  start(): () => void {
    const { keep } = this.#given
    if (keep === null) return () => undefined
    const stop = new AbortController()
    this.#leaving = null
    void this.#run(keep, stop.signal)
    return () => {
      // Changes kept only in the page must be sent before the page closes.
      if (this.#unkept() === 0) stop.abort()
      else this.#leaving = stop
    }
  }

  async #run(keep: KeepChanges, stop: AbortSignal): Promise<void> {
    const { memberId, revisionId } = keep.place
    const name = `sourcemark:${memberId}:${revisionId}`
    const channel = keep.openChannel(name)
    this.#channel = channel
    channel.listen((message) => {
      if (message === 'changed') void this.#list.read()
      else if (this.#leads) this.#sender.retryNow()
    })
    const device = await this.#list.open(keep.openOutbox)
    if (device === null) {
      // A browser that stores nothing has nothing to share, so this tab leads.
      this.#leads = true
      this.#sender.start()
    } else
      await takeTurns({
        name,
        request: keep.lockOf(device),
        stop,
        lead: (isAlone, lost) => this.#lead({ isAlone, lost, stop }),
        follow: () => {
          this.#list.heedLeader()
        },
        onBusy: keep.background?.onBusy,
      })
    channel.close()
    // A restarted store has a new channel by now.
    if (this.#channel === channel) this.#channel = null
  }

  async #lead({ isAlone, lost, stop }: { isAlone: boolean; lost: AbortSignal; stop: AbortSignal }): Promise<void> {
    if (isAlone) await this.#list.startAfresh()
    else await this.#list.read()
    // Another tab may have sent them.
    this.#unsent.clear()
    this.#resigning = new AbortController()
    this.#leads = true
    this.#sender.start()
    this.#changed()
    await ended(stop, lost, this.#resigning.signal)
    this.#leads = false
    await this.#sender.stop()
    await this.#list.settled()
    this.#changed()
  }

  async #send(record: OutboxRecord) {
    this.#unsent.delete(record.id)
    const done = this.#done.get(record.base.after ?? '')
    const current = done === undefined ? record : followRecord(record, done)
    const sent = await sendRecord({
      record: current,
      later: () => this.#list.lane(record.lane).slice(1),
      acknowledged: () => this.#acknowledged,
      transport: this.#given.transport,
    })
    if (sent.kind === 'retry' || sent.kind === 'signed-out') return sent
    if (sent.kind === 'done') await this.#takeOff(current, sent.body)
    else if (sent.kind === 'merged') {
      const { theirs, changes } = sent
      const write: Change = { kind: 'update-annotation', id: theirs.id, changes }
      this.#learn(theirs.id, theirs)
      const merged = { ...current, write, base: { version: theirs.version, after: null }, seen: theirs }
      void this.#list.run({ put: [{ old: record, record: merged }] })
      this.#given.onMerged?.(theirs.id, sent.fromThere)
    } else void this.#list.run({ put: [{ old: record, record: { ...current, problem: sent } }] })
    return null
  }

  /** Removes an acknowledged record from the list; the next ones of its lane are rebased on its version. */
  async #takeOff(record: OutboxRecord, body: unknown): Promise<void> {
    const done = this.#follow(record, body)
    const put = this.#list.lane(record.lane).flatMap((old) => {
      const followed = followRecord(old, done)
      return followed === old ? [] : [{ old, record: followed }]
    })
    const notice: Notice = { kind: 'acknowledged', record, body }
    await this.#list.run({ put, remove: [record], notice }, false)
  }

  #follow(record: OutboxRecord, body: unknown): Parameters<typeof followRecord>[1] {
    const { id, write } = record
    const done = { id, write, version: versionAfter(record, body), storedId: storedDecisionId(write, body) }
    this.#done.set(id, done)
    this.#acknowledged = acknowledge(this.#acknowledged, write, body)
    return done
  }

  #hear(notice: Notice, isCertain: boolean): void {
    if (notice.kind === 'resolved') this.#learn(notice.lane, notice.stored)
    else if (!this.#done.has(notice.record.id)) {
      const before = this.#acknowledged
      this.#follow(notice.record, notice.body)
      if (!isCertain && !isNews(notice.record, notice.body, before)) this.#acknowledged = before
    }
  }

  /** Applies the stored state that a person has seen. */
  #learn(id: string, stored: StoredAnnotation): void {
    if (stored === 'gone') this.#acknowledged = applyChange(this.#acknowledged, { kind: 'delete-annotation', id })
    else if (stored !== null && stored.version >= (this.#acknowledged.annotations.get(id)?.version ?? 0))
      this.#acknowledged = applyChange(this.#acknowledged, { kind: 'restore-annotation', view: stored })
  }

  #unkept(): number {
    return this.#list.all().filter(({ where }) => where !== 'device').length
  }

  #changed(): void {
    this.#given.onChange()
    if (this.#leads) this.#list.setWaiting(this.#sender.waiting)
    this.#sender.pump()
    if (this.#unkept() === 0) this.#leaving?.abort()
  }
}
