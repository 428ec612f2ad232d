import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Transport } from '../api/transport'
import { DiskLine } from './serial-queue'
import type { KeepWrites } from './tab-leader'
import type { Outbox } from './outbox-db'
import type { AnnotationPart } from './merge'
import { followRecord, makeRecord, mergeRecords, type OutboxPlace, type OutboxRecord } from './record'
import type { SaveState } from './review-store'
import { SaveQueue, type Timers } from './send-queue'
import { acknowledge, isAnnotation, sendRecord, storedDecisionId, versionAfter } from './send'
import { settleRecords, type Settlement } from './resolve-conflict'
import { byOrder, createTabSync, type Entry, type KeptEntry, type SharedState } from './tab-sync'
import type { StoredAfterSettling } from './tab-channel'
import { createTurns } from './tab-leader'
import { applyWrite, laneOf, type ReviewData, type Write } from './change'

/**
 * The writes of one revision from the moment they are made until they are acknowledged: kept in the outbox first, then sent by the one tab that
 * holds the lock, removed when acknowledged. The other tabs hold the same list and follow what the sender tells.
 */
export function createWriteLog(given: {
  initial: ReviewData
  transport: Transport
  timers: Timers
  keep: KeepWrites | null
  place: OutboxPlace
  now: () => number
  newId: () => string
  onChange: () => void
  onMerged?: (annotationId: string, fromThere: readonly AnnotationPart[]) => void
}) {
  const { transport, timers, keep, place, now, newId, onChange, onMerged } = given
  let acknowledged = given.initial
  let leaving: AbortController | null = null
  const state: SharedState = { channel: null, isSender: keep === null, recent: [], followed: new Map() }
  const disk = new DiskLine(keep !== null, onChange)

  const queue = new SaveQueue<KeptEntry>(
    {
      send,
      onDone,
      onChange: () => {
        onChange()
        tabs.tellState()
        if (unkept() === 0) leaving?.abort()
      },
      timers,
      now,
    },
    state.isSender,
  )

  function unkept(): number {
    return queue.entries().filter(({ item }) => item.where !== 'device').length
  }

  async function send(entry: Entry) {
    const { record } = entry.item
    const later = () =>
      queue
        .lane(entry.lane)
        .slice(1)
        .map(({ item }) => item.record)
    const sent = await sendRecord({ record, later, acknowledged: () => acknowledged, transport })
    if (sent.kind !== 'merged') return sent
    const { theirs, changes } = sent
    acknowledged = applyWrite(acknowledged, { kind: 'restore-annotation', view: theirs })
    const write: Write = { kind: 'update-annotation', id: theirs.id, changes }
    change(entry, { ...record, write, base: { version: theirs.version, after: null }, seen: theirs })
    onMerged?.(theirs.id, sent.fromThere)
    return { kind: 'again' as const }
  }

  async function onDone(entry: Entry, body: unknown): Promise<void> {
    const { record } = entry.item
    const followers = follow(record, body)
    await disk.run(async (device) => device?.change({ put: followers, remove: [record] }))
    tabs.tellDone({ record, body })
  }

  /** Takes an acknowledgement in; gives the records that now stand on another version. */
  function follow(record: OutboxRecord, body: unknown): OutboxRecord[] {
    acknowledged = acknowledge(acknowledged, record.write, body)
    const { id, write } = record
    const done = { id, write, version: versionAfter(record, body), storedId: storedDecisionId(write, body) }
    state.followed.set(id, done)
    const followers: OutboxRecord[] = []
    for (const entry of queue.lane(record.lane)) {
      const next = followRecord(entry.item.record, done)
      if (next === entry.item.record) continue
      entry.item = { ...entry.item, record: next }
      followers.push(next)
    }
    return followers
  }

  /** Replaces the content of a waiting entry, here, on the device and in the other tabs. */
  function change(entry: Entry, record: OutboxRecord): void {
    const replaces = entry.item.record.id
    entry.item = { ...entry.item, record }
    void disk.run(async (device) => device?.change({ put: [entry.item.record] }))
    state.channel?.post({ kind: 'kept', record, replaces })
    onChange()
  }

  function store(entry: Entry): void {
    if (keep === null) return
    void disk.run(async (device) => {
      const kept = async (): Promise<KeptEntry> => {
        const order = (await device?.add(entry.item.record)) ?? null
        return { record: { ...entry.item.record, order }, where: order === null ? 'page' : 'device' }
      }
      try {
        entry.item = await kept()
      } catch (error) {
        entry.item = { ...entry.item, where: 'page' }
        throw error
      } finally {
        entry.ready = true
        queue.sort(entry.lane, byOrder)
        state.channel?.post({ kind: 'kept', record: entry.item.record, replaces: null })
        onChange()
        queue.pump()
      }
    })
  }

  function write(made: Write, data: ReviewData, began?: AnnotationView): void {
    const lane = laneOf(made)
    const last = queue.lane(lane).at(-1)
    const record = makeRecord({
      write: made,
      place,
      data,
      version: acknowledged.annotations.get(lane)?.version ?? null,
      last: last?.item.record ?? null,
      began: began ?? null,
      id: newId(),
      madeAt: new Date(now()).toISOString(),
    })
    // A change that began before something else came must be compared with it, and so stays a write of its own.
    const isLate = record.base.after !== (last?.item.record.id ?? null)
    const mayChange =
      last !== undefined && !isLate && !last.attempted && (state.isSender || last.item.where === 'storing')
    const merged = mayChange ? mergeRecords(last.item.record, record) : null
    if (last !== undefined && merged !== null) {
      change(last, merged)
      return
    }
    const entry = entryOf(record, keep === null ? 'page' : 'storing')
    queue.add(entry)
    store(entry)
  }

  /** Takes over what the device holds. What it held before and does not hold now was acknowledged by another tab. */
  async function adopt(device: Outbox): Promise<void> {
    const before = new Set(
      queue
        .entries()
        .filter(({ item }) => item.where === 'device')
        .map(({ item }) => item.record.id),
    )
    const stored = await device.load(place)
    const present = new Map(queue.entries().map((entry) => [entry.item.record.id, entry]))
    const problems = queue.problems()
    const lanes = new Map<string, Entry[]>()
    const put = (entry: Entry) => lanes.set(entry.lane, [...(lanes.get(entry.lane) ?? []), entry])
    for (const record of stored) {
      const known = present.get(record.id)
      present.delete(record.id)
      if (!state.followed.has(record.id)) put(known ?? { ...entryOf(record, 'device'), attempted: true })
    }
    for (const [id, entry] of present) {
      if (before.has(id)) follow(entry.item.record, null)
      else put(entry)
    }
    for (const key of new Set([...queue.entries().map(({ lane }) => lane), ...lanes.keys()]))
      queue.setLane(key, lanes.get(key) ?? [], problems.get(key) ?? null)
  }

  function settle(lane: string, how: Settlement): void {
    if (!state.isSender) {
      state.channel?.post({ kind: 'settle', lane, how })
      return
    }
    if (queue.isSending(lane)) return
    const entries = queue.lane(lane)
    const problem = queue.problems().get(lane)
    const theirs = problem?.kind === 'conflict' && isAnnotation(problem.current) ? problem.current : null
    const isGone = problem?.kind === 'refused' && (problem.status === 404 || problem.status === 410)
    const before = entries.map(({ item }) => item.record)
    const records = settleRecords({ records: before, theirs, how, newId })
    const stored: StoredAfterSettling = theirs ?? (isGone && how.kind === 'discard' ? 'gone' : null)
    learn(lane, stored)
    const after = records.map((record) => {
      const same = entries.find(({ item }) => item.record.id === record.id)
      if (same === undefined)
        return entryOf(record, keep === null ? 'page' : record.order === null ? 'storing' : 'device')
      same.item = { ...same.item, record }
      return same
    })
    queue.setLane(lane, after)
    const kept = records.filter(({ order }) => order !== null)
    const removed = before.filter(({ order }) => !kept.some((record) => record.order === order))
    void disk
      .run(async (device) => device?.change({ put: kept, remove: removed }))
      .then(() => state.channel?.post({ kind: 'lane', lane, records: kept, stored }))
    for (const entry of after) if (entry.item.record.order === null && !entry.ready) store(entry)
  }

  function learn(lane: string, stored: StoredAfterSettling): void {
    if (stored === null) return
    acknowledged = applyWrite(
      acknowledged,
      stored === 'gone' ? { kind: 'delete-annotation', id: lane } : { kind: 'restore-annotation', view: stored },
    )
  }

  const tabs = createTabSync({
    state,
    queue,
    follow,
    learn,
    settle,
    entryOf,
    present: (id) => acknowledged.annotations.get(id),
    onChange,
  })

  const turns = createTurns({ place, state, queue, disk, tabs, adopt })

  return {
    read: () => {
      const entries = queue.entries()
      const save: SaveState = { ...queue.state(), storage: disk.storage, unkept: unkept() }
      return { acknowledged, entries, laneProblems: queue.problems(), save }
    },
    write,
    settle,
    retryNow: () => {
      if (state.isSender) queue.retryNow()
      else state.channel?.post({ kind: 'retry' })
    },
    handOver: turns.handOver,
    receive: (told: readonly Write[]) => {
      for (const write of told) {
        const known = write.kind === 'restore-annotation' ? acknowledged.annotations.get(write.view.id) : undefined
        if (write.kind === 'restore-annotation' && known !== undefined && known.version >= write.view.version) continue
        acknowledged = applyWrite(acknowledged, write)
      }
      onChange()
    },
    start: () => {
      if (keep === null) return () => undefined
      const stop = new AbortController()
      leaving = null
      void turns.take(keep, stop.signal)
      return () => {
        // What the device could not keep must be sent before the page lets go.
        if (unkept() === 0) stop.abort()
        else leaving = stop
      }
    },
  }

  function entryOf(record: OutboxRecord, where: KeptEntry['where']): Entry {
    return { item: { record, where }, lane: record.lane, ready: where !== 'storing', attempted: false }
  }
}
