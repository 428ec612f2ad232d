import { randomUUID } from 'node:crypto'
import { keysOf } from '@/lib/domain/keys'
import { jobKinds, openItemStates, type JobKind } from '@/lib/domain/jobs/schema'
import { transact } from '../db/write'
import { database, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'
import { asJson } from '../db/parameters'
import type { Actor } from '../access/gate'

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

/** How long a site is left alone between two items that ask it, in ms. */
export const hostPause = 1_000

/** Any number that no other use of advisory locks with two keys takes: this one's second key stands for a site. */
const hostLock = 7_305

/** How many items that could be begun are looked at, as another process may be faster. */
const candidates = 10

const heldColumns = {
  id: true,
  workspaceId: true,
  jobId: true,
  name: true,
  input: true,
  host: true,
  memberId: true,
  via: true,
  attempts: true,
  lease: true,
  changedAt: true,
  job: { select: { choices: true, kind: true } },
} as const

/** Items whose site is being asked, or was a moment ago. */
function askingAt(now: Date): Prisma.JobItemWhereInput {
  return {
    OR: [{ state: 'working', leasedUntil: { gt: now } }, { changedAt: { gt: new Date(now.getTime() - hostPause) } }],
  }
}

async function readBusyHosts(now: Date): Promise<string[]> {
  const { read } = await database()
  const rows = await read.jobItem.findMany({
    where: { host: { not: '' }, ...askingAt(now) },
    distinct: ['host'],
    select: { host: true },
  })
  return rows.map(({ host }) => host)
}

function claimable(now: Date, kinds: readonly string[]): Prisma.JobItemWhereInput {
  return {
    job: { state: 'active', kind: { in: [...kinds] } },
    OR: [
      { state: 'waiting', OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
      { state: 'working', leasedUntil: { lt: now } },
    ],
  }
}

function viaOf(text: string): Actor['via'] {
  return text === 'token' || text === 'command-line' ? text : 'session'
}

/**
 * Takes an item that waits, or whose worker has not renewed its lease; null when there is none to begin now. Of all processes that share the database
 * one has it. Items at the beginnings of their jobs come first, so that a small job does not wait for a large one.
 * @param options.duration of the lease, in ms
 */
export async function claimItem(
  runners: JobRunners,
  { now, duration }: { now: Date; duration: number },
): Promise<HeldItem | null> {
  const { read } = await database()
  const busyHosts = await readBusyHosts(now)
  const rows = await read.jobItem.findMany({
    where: { AND: [claimable(now, keysOf(runners)), { OR: [{ host: '' }, { host: { notIn: busyHosts } }] }] },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: candidates,
    select: heldColumns,
  })
  for (const { job, host, lease: before, changedAt: _changedAt, ...row } of rows) {
    const kind = jobKinds.find((known) => known === job.kind)
    if (kind === undefined) continue
    const lease = randomUUID()
    const isOurs = await transact(async (tx) => {
      if (!(await holdHost(tx, { host, id: row.id, now }))) return false
      const { count } = await tx.jobItem.updateMany({
        where: { id: row.id, lease: before, ...claimable(now, keysOf(runners)) },
        data: {
          state: 'working',
          lease,
          leasedUntil: new Date(now.getTime() + duration),
          changedAt: now,
          notBefore: null,
          attempts: { increment: 1 },
        },
      })
      return count === 1
    })
    if (isOurs) return { ...row, lease, kind, via: viaOf(row.via), attempts: row.attempts + 1, choices: job.choices }
  }
  return null
}

/**
 * Part of a transaction that claims an item: whether its site may be asked now. Since the hosts were read another process may have begun to ask it, and
 * may even have ended; until the transaction ends none can. On SQLite one process alone writes, one transaction after another.
 */
async function holdHost(tx: Transaction, { host, id, now }: { host: string; id: string; now: Date }): Promise<boolean> {
  if (host === '') return true
  const { location } = await database()
  if (location.engine === 'postgresql')
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${hostLock}::int, hashtext(${host}))`
  const others = await tx.jobItem.count({ where: { id: { not: id }, host, ...askingAt(now) } })
  return others === 0
}

/** Gives an item back as if it had not been begun; without effect when it is not this process's any more. */
export async function releaseItem(
  { id, lease, attempts }: HeldItem,
  { notBefore = null, counts = false }: { notBefore?: Date | null; counts?: boolean } = {},
): Promise<void> {
  await transact(async (tx) => {
    await tx.jobItem.updateMany({
      where: { id, lease, state: 'working' },
      data: {
        state: 'waiting',
        lease: null,
        leasedUntil: null,
        notBefore,
        attempts: counts ? attempts : attempts - 1,
      },
    })
  })
}

/** Holds items for longer. Answers the ids of those that are not this process's any more. */
export async function renewLeases(items: readonly HeldItem[], until: Date): Promise<string[]> {
  return transact(async (tx) => {
    const lost: string[] = []
    for (const { id, lease } of items) {
      const { count } = await tx.jobItem.updateMany({
        where: { id, lease, state: 'working' },
        data: { leasedUntil: until },
      })
      if (count === 0) lost.push(id)
    }
    return lost
  })
}

/**
 * Part of a transaction: notes what became of an item, drops its file when it is done, and finishes its job with the last one.
 * @throws LostLease when the item is not this process's any more.
 */
export async function settleItem(
  tx: Transaction,
  { id, workspaceId, jobId, lease }: HeldItem,
  { now, settlement }: { now: Date; settlement: Settlement },
): Promise<void> {
  // Holds the job's row, so that of two items that end at once the second sees the first.
  await tx.job.updateMany({ where: { workspaceId, id: jobId }, data: { updatedAt: now } })
  const { state, message = '', result = {} } = settlement
  const { count } = await tx.jobItem.updateMany({
    where: { id, lease, state: 'working' },
    data: { state, message, result: asJson(result), lease: null, leasedUntil: null, changedAt: now },
  })
  if (count === 0) throw new LostLease()
  if (state === 'done') await tx.jobItemFile.deleteMany({ where: { itemId: id } })
  await finishWhenDone(tx, { workspaceId, jobId, now })
}

/** Part of a transaction that holds the job's row: finishes a job that has nothing left to do. */
export async function finishWhenDone(
  tx: Transaction,
  { workspaceId, jobId, now }: { workspaceId: string; jobId: string; now: Date },
): Promise<void> {
  const left = await tx.jobItem.count({ where: { workspaceId, jobId, state: { in: [...openItemStates] } } })
  if (left > 0) return
  await tx.job.updateMany({
    where: { workspaceId, id: jobId, state: 'active', awaitsMore: false },
    data: { state: 'finished', finishedAt: now },
  })
}
