import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb'
import { openInTime } from '../open-database'
import { readRecord, type OutboxPlace, type OutboxRecord } from './record'
import type { StoredAnnotation } from './resolve-conflict'
import type { Waiting } from './send-lanes'

/** The key of a list: one member's work on one revision. */
export type OutboxKey = Pick<OutboxPlace, 'memberId' | 'revisionId'>

/** The waiting records of one member on one revision on this device. `count` counts all of them; `place` is that of the latest. */
export interface OutboxGroup {
  place: OutboxPlace
  count: number
}

/** Facts learned when records left the list, for the other tabs that show the revision. */
export type Notice =
  | { kind: 'acknowledged'; record: OutboxRecord; body: unknown }
  /** A person resolved a lane and saw the stored state. */
  | { kind: 'resolved'; lane: string; stored: StoredAnnotation }

/** A stored notice. */
export interface KeptNotice {
  notice: Notice
  place: OutboxKey
  /** The orders of the records removed with it. */
  orders: readonly number[]
  /** The tab that wrote it. */
  by: string
  /** In ms since 1970. */
  at: number
}

/** A snapshot of a revision's list. */
export interface OutboxReading {
  /** In order. */
  records: OutboxRecord[]
  /** Those added since the last reading, in order. */
  notices: KeptNotice[]
  /** The notice from which the next reading continues. */
  lastNotice: number
  /** Why the leading tab waits. */
  waiting: Waiting | null
}

/** The list of waiting changes on this device, which all tabs share. Every method rejects when the device refuses. */
export interface Outbox {
  read: (key: OutboxKey, after: number) => Promise<OutboxReading>
  /** Adds a record and returns its order. @throws when the device has no room for it. */
  add: (record: OutboxRecord) => Promise<number>
  /** Replaces records by their order, removes others and adds a notice about it, all or nothing. */
  change: (change: {
    put: readonly OutboxRecord[]
    remove: readonly number[]
    notice: Omit<KeptNotice, 'orders'> | null
  }) => Promise<void>
  setWaiting: (key: OutboxKey, waiting: Waiting | null) => Promise<void>
  groups: () => Promise<OutboxGroup[]>
  /** Takes or renews a lease until `until` (ms since 1970); false when another holder's lease lasts beyond `now`. */
  lease: (given: { name: string; holder: string; now: number; until: number }) => Promise<boolean>
  release: (given: { name: string; holder: string }) => Promise<void>
  close: () => void
}

interface OutboxSchema extends DBSchema {
  /** Records without their order, which is the key. Records of other schemas may be among them. */
  writes: { key: number; value: Omit<OutboxRecord, 'order'>; indexes: { place: [string, string] } }
  notices: { key: number; value: KeptNotice }
  waiting: { key: [string, string]; value: Waiting }
  leases: { key: string; value: { name: string; holder: string; until: number } }
}

/** The name of the database in the browser. */
export const outboxName = 'sourcemark-outbox'

/** The most records on one device: about a year of a busy reviewer. Further ones are kept in the page only, and the page says so. */
const mostRecords = 20_000

/** How long notices are kept, in ms. A tab that slept longer must be reloaded to learn more. */
const noticesLast = 60 * 60 * 1_000

/**
 * Opens the outbox in IndexedDB. A change counts as stored when its transaction is complete.
 * @throws when the browser has no IndexedDB, refuses it, or does not answer in time.
 */
export async function openOutbox(name: string = outboxName, now: () => number = Date.now): Promise<Outbox> {
  const database = await openDatabase(name)
  await dropOldNotices(database.transaction('notices', 'readwrite').store, now())
  return {
    read: async ({ memberId, revisionId }, after) => {
      const tx = database.transaction(['writes', 'notices', 'waiting'])
      const place = tx.objectStore('writes').index('place')
      const notices = tx.objectStore('notices')
      const mine = IDBKeyRange.only([memberId, revisionId])
      const later = IDBKeyRange.lowerBound(after, true)
      const [orders, values, keys, kept, waiting] = await Promise.all([
        place.getAllKeys(mine),
        place.getAll(mine),
        notices.getAllKeys(later),
        notices.getAll(later),
        tx.objectStore('waiting').get([memberId, revisionId]),
      ])
      return {
        records: values.flatMap((value, index) => {
          const record = readRecord(value)
          return record === null ? [] : [{ ...record, order: orders[index] ?? null }]
        }),
        notices: kept.filter(({ place }) => place.memberId === memberId && place.revisionId === revisionId),
        lastNotice: keys.at(-1) ?? after,
        waiting: waiting ?? null,
      }
    },
    add: async ({ order: _none, ...record }) => {
      const tx = database.transaction('writes', 'readwrite', { durability: 'strict' })
      if ((await tx.store.count()) >= mostRecords) {
        tx.abort()
        await tx.done.catch(() => undefined)
        throw new Error(`This device keeps ${String(mostRecords)} changes already.`)
      }
      const order = await tx.store.add(record)
      await tx.done
      return order
    },
    change: async ({ put, remove, notice }) => {
      const tx = database.transaction(['writes', 'notices'], 'readwrite', { durability: 'strict' })
      const writes = tx.objectStore('writes')
      for (const { order, ...record } of put) if (order !== null) void writes.put(record, order)
      for (const order of remove) void writes.delete(order)
      if (notice !== null) {
        const notices = tx.objectStore('notices')
        void notices.add({ ...notice, orders: remove })
        await dropOldNotices(notices, notice.at)
      }
      await tx.done
    },
    setWaiting: async ({ memberId, revisionId }, waiting) => {
      if (waiting === null) await database.delete('waiting', [memberId, revisionId])
      else await database.put('waiting', waiting, [memberId, revisionId])
    },
    groups: () => groupRecords(database),
    ...leasesOf(database),
    close: () => {
      database.close()
    },
  }
}

/** Counts the waiting records by revision and member. */
async function groupRecords(database: IDBPDatabase<OutboxSchema>): Promise<OutboxGroup[]> {
  const groups = new Map<string, OutboxGroup>()
  const tx = database.transaction('writes')
  for await (const { value } of tx.store) {
    const record = readRecord(value)
    if (record === null) continue
    const { place } = record
    const key = `${place.memberId} ${place.revisionId}`
    groups.set(key, { place, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return [...groups.values()]
}

function leasesOf(database: IDBPDatabase<OutboxSchema>): Pick<Outbox, 'lease' | 'release'> {
  return {
    lease: async ({ name, holder, now, until }) => {
      const tx = database.transaction('leases', 'readwrite')
      const present = await tx.store.get(name)
      const isFree = present === undefined || present.holder === holder || present.until <= now
      if (isFree) await tx.store.put({ name, holder, until })
      await tx.done
      return isFree
    },
    release: async ({ name, holder }) => {
      const tx = database.transaction('leases', 'readwrite')
      if ((await tx.store.get(name))?.holder === holder) await tx.store.delete(name)
      await tx.done
    },
  }
}

function openDatabase(name: string) {
  return openInTime<OutboxSchema>(name, {
    version: 2,
    upgrade: (database, oldVersion) => {
      if (oldVersion < 1) {
        const writes = database.createObjectStore('writes', { autoIncrement: true })
        writes.createIndex('place', ['place.memberId', 'place.revisionId'])
        database.createObjectStore('leases', { keyPath: 'name' })
      }
      database.createObjectStore('notices', { autoIncrement: true })
      database.createObjectStore('waiting')
    },
  })
}

async function dropOldNotices(
  store: IDBPObjectStore<OutboxSchema, ('writes' | 'notices')[] | ['notices'], 'notices', 'readwrite'>,
  now: number,
): Promise<void> {
  let cursor = await store.openCursor()
  while (cursor !== null && cursor.value.at < now - noticesLast) {
    void cursor.delete()
    cursor = await cursor.continue()
  }
}
