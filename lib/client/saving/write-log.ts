import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Outbox } from './outbox'
import type { AnnotationPart } from './merging'
import { followRecord, makeRecord, mergeRecords, type OutboxPlace, type OutboxRecord } from './records'
import type { SaveState } from './review-store'
import { SaveQueue, type QueueEntry, type Timers } from './save-queue'
import { acknowledge, isAnnotation, sendRecord, storedDecisionId, versionAfter } from './sending'
import type { RequestLock } from './sender-lock'
import { settleRecords, type Settlement } from './settling'
import type { Acknowledgement, StoredAfterSettling, TabChannel, TabMessage } from './tabs'
import type { Transport } from './transport'
import { applyWrite, laneOf, type ReviewData, type Write } from './writes'

/** Where writes are kept, and how the tabs of this browser agree on who sends them. */
export interface KeepWrites {
  place: OutboxPlace
  /** @throws when the browser keeps nothing. */
  openOutbox: () => Promise<Outbox>
  lockOf: (outbox: Outbox) => RequestLock
  openChannel: (name: string) => TabChannel
  /** For work in the background: give up when another tab sends already. */
  background?: { onBusy: () => void }
}

/** A waiting write of this page. */
export interface KeptEntry {
  record: OutboxRecord
  /** `storing`: being kept; `device`: kept; `page`: the device would not keep it. */
  where: 'storing' | 'device' | 'page'
}

type Entry = QueueEntry<KeptEntry>

/** The name of the lock and the channel of one member's work on one revision. */
export function channelOf({ memberId, revisionId }: Pick<OutboxPlace, 'memberId' | 'revisionId'>): string {
  return `sourcemark:${memberId}:${revisionId}`
}

/** Acknowledgements that a tab which opens a moment later may have missed. */
const mostRecent = 200

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
  let outbox: Outbox | null = null
  let storage: SaveState['storage'] = keep === null ? 'page' : 'opening'
  let channel: TabChannel | null = null
  let isSender = keep === null
  const recent: Acknowledgement[] = []
  const followed = new Map<string, Parameters<typeof followRecord>[1]>()
  let told = ''
  let leaving: AbortController | null = null
  let sayOpened: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (sayOpened = resolve))
  /** What is to happen on the device, one after the other. */
  let disk: Promise<unknown> = keep === null ? Promise.resolve() : opened

  const onDisk = (act: (outbox: Outbox) => Promise<unknown>): Promise<unknown> => {
    disk = disk.then(async () => {
      const device = outbox
      if (device !== null) await tryDisk(() => act(device))
    })
    return disk
  }

  /** What the device does not forget is sent once more another time, which changes nothing; what it does not keep, the page says. */
  const tryDisk = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act()
    } catch {
      storage = 'page'
      onChange()
    }
  }

  const queue = new SaveQueue<KeptEntry>(
    {
      send,
      onDone,
      onChange: () => {
        onChange()
        tellState()
        if (unkept() === 0) leaving?.abort()
      },
      timers,
      now,
    },
    isSender,
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
    await onDisk((device) => device.change({ put: followers, remove: [record] }))
    const acknowledgement = { record, body }
    recent.splice(0, recent.length - mostRecent + 1)
    recent.push(acknowledgement)
    channel?.post({ kind: 'done', acknowledgements: [acknowledgement], isCatchUp: false })
  }

  /** Takes an acknowledgement in; gives the records that now stand on another version. */
  function follow(record: OutboxRecord, body: unknown): OutboxRecord[] {
    acknowledged = acknowledge(acknowledged, record.write, body)
    const { id, write } = record
    const done = { id, write, version: versionAfter(record, body), storedId: storedDecisionId(write, body) }
    followed.set(id, done)
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
    void onDisk((device) => device.change({ put: [entry.item.record] }))
    channel?.post({ kind: 'kept', record, replaces })
    onChange()
  }

  function store(entry: Entry): void {
    if (keep === null) return
    disk = disk.then(async () => {
      let where: KeptEntry['where'] = 'page'
      let { order } = entry.item.record
      try {
        if (outbox !== null) {
          order = await outbox.add(entry.item.record)
          where = 'device'
        }
      } catch {
        storage = 'page'
      }
      entry.item = { record: { ...entry.item.record, order }, where }
      entry.ready = true
      queue.sort(entry.lane, byOrder)
      channel?.post({ kind: 'kept', record: entry.item.record, replaces: null })
      onChange()
      queue.pump()
    })
  }

  function write(made: Write, data: ReviewData): void {
    const lane = laneOf(made)
    const last = queue.lane(lane).at(-1)
    const record = makeRecord({
      write: made,
      place,
      data,
      version: acknowledged.annotations.get(lane)?.version ?? null,
      last: last?.item.record ?? null,
      id: newId(),
      madeAt: new Date(now()).toISOString(),
    })
    const mayChange = last !== undefined && !last.attempted && (isSender || last.item.where === 'storing')
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
    const lanes = new Map<string, Entry[]>()
    const put = (entry: Entry) => lanes.set(entry.lane, [...(lanes.get(entry.lane) ?? []), entry])
    for (const record of stored) {
      const known = present.get(record.id)
      present.delete(record.id)
      if (!followed.has(record.id)) put(known ?? { ...entryOf(record, 'device'), attempted: true })
    }
    for (const [id, entry] of present) {
      if (before.has(id)) follow(entry.item.record, null)
      else put(entry)
    }
    for (const key of new Set([...queue.entries().map(({ lane }) => lane), ...lanes.keys()]))
      queue.setLane(key, lanes.get(key) ?? [])
  }

  function settle(lane: string, how: Settlement): void {
    if (!isSender) {
      channel?.post({ kind: 'settle', lane, how })
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
    void onDisk((device) => device.change({ put: kept, remove: removed })).then(() => {
      channel?.post({ kind: 'lane', lane, records: kept, stored })
    })
    for (const entry of after) if (entry.item.record.order === null && !entry.ready) store(entry)
  }

  function learn(lane: string, stored: StoredAfterSettling): void {
    if (stored === null) return
    acknowledged = applyWrite(
      acknowledged,
      stored === 'gone' ? { kind: 'delete-annotation', id: lane } : { kind: 'restore-annotation', view: stored },
    )
  }

  function tellState(isAsked = false): void {
    if (!isSender || channel === null) return
    const { waiting } = queue.state()
    const problems = [...queue.problems()]
    const words = JSON.stringify([waiting, problems])
    if (words === told && !isAsked) return
    told = words
    channel.post({ kind: 'state', waiting, problems })
  }

  function hear(message: TabMessage): void {
    switch (message.kind) {
      case 'hello':
        if (!isSender) return
        channel?.post({ kind: 'done', acknowledgements: recent, isCatchUp: true })
        tellState(true)
        return
      case 'kept':
        hearKept(message.record, message.replaces)
        return
      case 'done':
        for (const each of message.acknowledgements) hearDone(each, message.isCatchUp)
        onChange()
        return
      case 'state':
        if (!isSender) queue.mirror(message.waiting, new Map(message.problems))
        return
      case 'lane': {
        learn(message.lane, message.stored)
        const mine = queue.lane(message.lane).filter(({ item }) => item.where !== 'device')
        queue.setLane(message.lane, [...message.records.map((record) => entryOf(record, 'device')), ...mine])
        return
      }
      case 'settle':
        if (isSender) settle(message.lane, message.how)
        return
      case 'retry':
        if (isSender) queue.retryNow()
        return
    }
  }

  function hearKept(record: OutboxRecord, replaces: string | null): void {
    const entries = queue.lane(record.lane)
    if (followed.has(record.id) || entries.some(({ item }) => item.record.id === record.id && replaces === null)) return
    const done = followed.get(record.base.after ?? '')
    const current = done === undefined ? record : followRecord(record, done)
    const replaced = entries.find(({ item }) => item.record.id === replaces)
    if (replaced !== undefined) {
      replaced.item = { ...replaced.item, record: current }
      onChange()
      return
    }
    queue.add(entryOf(current, record.order === null ? 'page' : 'device'))
    queue.sort(record.lane, byOrder)
  }

  function hearDone({ record, body }: Acknowledgement, isCatchUp: boolean): void {
    if (followed.has(record.id) || (isCatchUp && !isNews(record, body))) return
    follow(record, body)
    const rest = queue.lane(record.lane).filter(({ item }) => item.record.id !== record.id)
    queue.setLane(record.lane, rest, queue.problems().get(record.lane) ?? null)
  }

  /** Whether an acknowledgement from before this page asked for its data tells more than the data. */
  function isNews({ write: made, base }: OutboxRecord, body: unknown): boolean {
    if (isAnnotation(body)) return body.version > (acknowledged.annotations.get(body.id)?.version ?? 0)
    if (made.kind !== 'delete-annotation') return true
    const present = acknowledged.annotations.get(made.id)
    return present !== undefined && present.version <= (base.version ?? 0)
  }

  async function run(settings: KeepWrites, stop: AbortSignal): Promise<void> {
    const own = settings.openChannel(channelOf(place))
    channel = own
    own.listen(hear)
    const device = await open(settings)
    sayOpened()
    onChange()
    if (device === null) {
      own.close()
      isSender = true
      queue.setActive(true)
      return
    }
    own.post({ kind: 'hello' })
    const whileHeld = async (lost: AbortSignal) => {
      await disk
      await tryDisk(() => adopt(device))
      isSender = true
      queue.setActive(true)
      tellState()
      await ended(stop, lost)
      queue.setActive(false)
      isSender = false
      await queue.idle()
      await disk
    }
    const request = settings.lockOf(device)
    const ifAvailable = settings.background !== undefined
    do {
      try {
        const wasHeld = await request({ name: channelOf(place), signal: stop, ifAvailable, whileHeld })
        if (!wasHeld && !stop.aborted) settings.background?.onBusy()
      } catch {
        // No lock to be had: better to send what another tab may send too, because twice changes nothing, than not at all.
        await whileHeld(new AbortController().signal)
      }
    } while (!stop.aborted && !ifAvailable)
    own.close()
    // A store that was started anew has another channel by now.
    if (channel === own) channel = null
  }

  async function open(settings: KeepWrites): Promise<Outbox | null> {
    try {
      outbox ??= await settings.openOutbox()
      await adopt(outbox)
      storage = 'device'
    } catch {
      outbox = null
      storage = 'page'
    }
    return outbox
  }

  return {
    read: () => {
      const entries = queue.entries()
      const state: SaveState = { ...queue.state(), storage, unkept: unkept() }
      return { acknowledged, entries, laneProblems: queue.problems(), state }
    },
    write,
    settle,
    retryNow: () => {
      if (isSender) queue.retryNow()
      else channel?.post({ kind: 'retry' })
    },
    receive: (annotation: AnnotationView) => {
      const present = acknowledged.annotations.get(annotation.id)
      if (present !== undefined && present.version >= annotation.version) return
      learn(annotation.id, annotation)
      onChange()
    },
    start: () => {
      if (keep === null) return () => undefined
      const stop = new AbortController()
      leaving = null
      void run(keep, stop.signal)
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

/** Attempted writes stay in front; the rest stand as the device numbered them, those without a number last. */
function byOrder(one: Entry, other: Entry): number {
  if (one.attempted !== other.attempted) return one.attempted ? -1 : 1
  return (one.item.record.order ?? Infinity) - (other.item.record.order ?? Infinity) || 0
}

function ended(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => {
        resolve()
      })
    }
  })
}
