import type { DBSchema } from 'idb'
import { openInTime } from '../open-database'
import { readRecord, type OutboxPlace, type OutboxRecord } from './record'

/** The writes of one member on one revision that wait on this device. `count` is of all of them, `place` of the latest. */
export interface OutboxGroup {
  place: OutboxPlace
  count: number
}

/** Writes kept on this device, shared by all tabs. Every method rejects when the device refuses. */
export interface Outbox {
  /** The records of a member on a revision, in order. */
  load: (place: Pick<OutboxPlace, 'memberId' | 'revisionId'>) => Promise<OutboxRecord[]>
  /** Keeps a new record and gives its order. @throws when the device has no room for it. */
  add: (record: OutboxRecord) => Promise<number>
  /** Stores records anew in their order and removes others, all or nothing. */
  change: (change: { put?: readonly OutboxRecord[]; remove?: readonly OutboxRecord[] }) => Promise<void>
  groups: () => Promise<OutboxGroup[]>
  /** Takes or renews a lease until `until` (ms since 1970); false when another holder has one that lasts beyond `now`. */
  lease: (given: { name: string; holder: string; now: number; until: number }) => Promise<boolean>
  release: (given: { name: string; holder: string }) => Promise<void>
  close: () => void
}

/** The most writes that one device keeps; about a year of a busy reviewer. Beyond it they live in the page, and the page says so. */
export const mostRecords = 20_000

interface Lease {
  name: string
  holder: string
  until: number
}

interface OutboxSchema extends DBSchema {
  /** Records without their order, which is the key. Values of other schemas may lie among them. */
  writes: { key: number; value: Omit<OutboxRecord, 'order'>; indexes: { place: [string, string] } }
  leases: { key: string; value: Lease }
}

/** The name of the database in the browser. */
export const outboxName = 'sourcemark-outbox'

/**
 * Opens the outbox in IndexedDB. A write counts as kept when its transaction is complete.
 * @throws when the browser has no IndexedDB, refuses it, or does not answer in time.
 */
export async function openOutboxDatabase(name: string = outboxName): Promise<Outbox> {
  const database = await openInTime<OutboxSchema>(name, (empty) => {
    const writes = empty.createObjectStore('writes', { autoIncrement: true })
    writes.createIndex('place', ['place.memberId', 'place.revisionId'])
    empty.createObjectStore('leases', { keyPath: 'name' })
  })
  return {
    load: async ({ memberId, revisionId }) => {
      const tx = database.transaction('writes')
      const index = tx.store.index('place')
      const key = IDBKeyRange.only([memberId, revisionId])
      const [keys, values] = await Promise.all([index.getAllKeys(key), index.getAll(key)])
      return values.flatMap((value, place) => {
        const record = readRecord(value)
        return record === null ? [] : [{ ...record, order: keys[place] ?? null }]
      })
    },
    add: async ({ order: _none, ...record }) => {
      const tx = database.transaction('writes', 'readwrite', { durability: 'strict' })
      if ((await tx.store.count()) >= mostRecords) {
        tx.abort()
        await tx.done.catch(() => undefined)
        throw new Error(`This device keeps ${String(mostRecords)} changes already.`)
      }
      const key = await tx.store.add(record)
      await tx.done
      return key
    },
    change: async ({ put = [], remove = [] }) => {
      const tx = database.transaction('writes', 'readwrite', { durability: 'strict' })
      for (const { order, ...record } of put) if (order !== null) void tx.store.put(record, order)
      for (const { order } of remove) if (order !== null) void tx.store.delete(order)
      await tx.done
    },
    groups: async () => {
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
    },
    lease: async ({ name: lease, holder, now, until }) => {
      const tx = database.transaction('leases', 'readwrite')
      const present = await tx.store.get(lease)
      const isFree = present === undefined || present.holder === holder || present.until <= now
      if (isFree) await tx.store.put({ name: lease, holder, until })
      await tx.done
      return isFree
    },
    release: async ({ name: lease, holder }) => {
      const tx = database.transaction('leases', 'readwrite')
      if ((await tx.store.get(lease))?.holder === holder) await tx.store.delete(lease)
      await tx.done
    },
    close: () => {
      database.close()
    },
  }
}
