import type { OutboxPlace, OutboxRecord } from './records'

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
