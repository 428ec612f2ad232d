import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { followRecord, type OutboxRecord } from './record'
import type { QueueEntry, SaveQueue } from './send-queue'
import { isAnnotation } from './send'
import type { Settlement } from './resolve-conflict'
import type { Acknowledgement, StoredAfterSettling, TabChannel, TabMessage } from './tab-channel'

/** A waiting write of this page. */
export interface KeptEntry {
  record: OutboxRecord
  /** `storing`: being kept; `device`: kept; `page`: the device would not keep it. */
  where: 'storing' | 'device' | 'page'
}

/** A waiting write in its lane of the queue. */
export type Entry = QueueEntry<KeptEntry>

/** What a page knows about its part among the tabs. */
export interface SharedState {
  channel: TabChannel | null
  /** This tab holds the lock. */
  isSender: boolean
  recent: Acknowledgement[]
  /** Acknowledged writes by id, for those that were made after them. */
  followed: Map<string, Parameters<typeof followRecord>[1]>
}

/** Acknowledgements that a tab which opens a moment later may have missed. */
const mostRecent = 200

/** Attempted writes stay in front; the rest stand as the device numbered them, those without a number last. */
export function byOrder(one: Entry, other: Entry): number {
  if (one.attempted !== other.attempted) return one.attempted ? -1 : 1
  const [first, second] = [one.item.record.order ?? Infinity, other.item.record.order ?? Infinity]
  return first === second ? 0 : first - second
}

/** Keeps the list of waiting writes the same in all tabs of a revision: the sender tells, the others follow. */
export function createTabSync(given: {
  state: SharedState
  queue: SaveQueue<KeptEntry>
  follow: (record: OutboxRecord, body: unknown) => void
  learn: (lane: string, stored: StoredAfterSettling) => void
  settle: (lane: string, how: Settlement) => void
  entryOf: (record: OutboxRecord, where: KeptEntry['where']) => Entry
  /** The annotation as last acknowledged. */
  present: (id: string) => AnnotationView | undefined
  onChange: () => void
}) {
  const { state, queue, follow, learn, settle, entryOf, present, onChange } = given
  let told = ''

  function tellState(isAsked = false): void {
    if (!state.isSender || state.channel === null) return
    const { waiting } = queue.state()
    const problems = [...queue.problems()]
    const words = JSON.stringify([waiting, problems])
    if (words === told && !isAsked) return
    told = words
    state.channel.post({ kind: 'state', waiting, problems })
  }

  function tellDone(acknowledgement: Acknowledgement): void {
    const { recent } = state
    recent.splice(0, recent.length - mostRecent + 1)
    recent.push(acknowledgement)
    state.channel?.post({ kind: 'done', acknowledgements: [acknowledgement], isCatchUp: false })
  }

  function hear(message: TabMessage): void {
    switch (message.kind) {
      case 'hello':
        if (!state.isSender) return
        state.channel?.post({ kind: 'done', acknowledgements: state.recent, isCatchUp: true })
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
        if (!state.isSender) queue.mirror(message.waiting, new Map(message.problems))
        return
      case 'lane': {
        learn(message.lane, message.stored)
        const mine = queue.lane(message.lane).filter(({ item }) => item.where !== 'device')
        queue.setLane(message.lane, [...message.records.map((record) => entryOf(record, 'device')), ...mine])
        return
      }
      case 'settle':
        if (state.isSender) settle(message.lane, message.how)
        return
      case 'retry':
        if (state.isSender) queue.retryNow()
        return
    }
  }

  function hearKept(record: OutboxRecord, replaces: string | null): void {
    const entries = queue.lane(record.lane)
    const isKnown = replaces === null && entries.some(({ item }) => item.record.id === record.id)
    if (state.followed.has(record.id) || isKnown) return
    const done = state.followed.get(record.base.after ?? '')
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
    if (state.followed.has(record.id) || (isCatchUp && !isNews(record, body))) return
    follow(record, body)
    const rest = queue.lane(record.lane).filter(({ item }) => item.record.id !== record.id)
    queue.setLane(record.lane, rest, queue.problems().get(record.lane) ?? null)
  }

  /** Whether an acknowledgement from before this page asked for its data tells more than the data. */
  function isNews({ write, base }: OutboxRecord, body: unknown): boolean {
    if (isAnnotation(body)) return body.version > (present(body.id)?.version ?? 0)
    if (write.kind !== 'delete-annotation') return true
    const shown = present(write.id)
    return shown !== undefined && shown.version <= (base.version ?? 0)
  }

  return { hear, tellState, tellDone }
}

/** What `createTabSync` gives. */
export type TabSync = ReturnType<typeof createTabSync>
