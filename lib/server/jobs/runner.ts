import type { JobKind } from '@/lib/domain/jobs/schema'
import type { Actor } from '../access/gate'
import type { Transaction } from '../db/client'

/** An item that this process works on, alone, while its lease holds. */
export interface HeldItem {
  id: string
  workspaceId: string
  jobId: string
  kind: JobKind
  name: string
  /** What its kind was told for it, and for all items of its job. */
  input: unknown
  choices: unknown
  /** In whose name it is done, and how they came in. */
  memberId: string
  via: Actor['via']
  /** How often it was begun, this time included. */
  attempts: number
  lease: string
}

/** What became of an item. `message` is a sentence for people, `result` what its kind keeps of it. */
export interface Settlement {
  state: 'done' | 'skipped' | 'undecided' | 'failed'
  message?: string
  result?: object
}

/** What a runner works with. */
export interface ItemWork {
  /** Comes when the item is not this process's any more: it was cancelled, taken over, or the server stops. */
  signal: AbortSignal
  /**
   * Settles the item as part of a write: what the write stores and the item's end are on disk together or not at all.
   * @throws LostLease when the item is not this process's any more, which undoes the write.
   */
  settle: (tx: Transaction, now: Date, settlement: Settlement) => Promise<void>
}

/** Does the items of one kind of job. */
export interface JobRunner {
  /**
   * Does one item. Answers what became of it, or `settled` when it has settled it in a write of its own.
   * @throws DomainError for a failure that people can do something about; `unavailable` and its like are tried again later.
   */
  run(item: HeldItem, work: ItemWork): Promise<Settlement | 'settled'>
}

/** A runner for each kind of job. */
export type JobRunners = Record<JobKind, JobRunner>

/** An item is worked on elsewhere, was cancelled, or is done: what was done here must not be stored. */
export class LostLease extends Error {
  constructor() {
    super('The item is not this worker’s any more')
    this.name = 'LostLease'
  }
}
