import { randomUUID } from 'node:crypto'
import { keysOf } from '@/lib/domain/keys'
import { jobKinds, openItemStates, type JobKind } from '@/lib/domain/jobs/schema'
import { transact } from '../db/write'
import { database, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'
import { asJson } from '../db/parameters'
import type { Actor } from '../access/gate'

/** An item that this process alone works on while it holds the lease. */
export interface HeldItem {
  id: string
  workspaceId: string
  jobId: string
  kind: JobKind
  name: string
  /** The settings of the item, and those of its whole job. */
  input: unknown
  choices: unknown
  /** The actor in whose name it is done, and the channel they used. */
  memberId: string
  via: Actor['via']
  /** How many times it was begun, including this time. */
  attempts: number
  lease: string
}

/** The outcome of an item. `message` is a sentence for people; `result` is kept for its kind of job. */
export interface Settlement {
  state: 'done' | 'skipped' | 'undecided' | 'failed'
  message?: string
  result?: object
}

/** What a runner needs while it does an item. */
export interface ItemWork {
  /** Aborts when this process loses the item: it was cancelled or taken over, or the server stops. */
  signal: AbortSignal
  /**
   * Settles the item as part of a write, so that the rows and the item's end are committed together or not at all.
   * @throws LostLease when this process has lost the item, which undoes the write.
   */
  settle: (tx: Transaction, now: Date, settlement: Settlement) => Promise<void>
}

/** Runs the items of one kind of job. */
export interface JobRunner {
  /**
   * Runs one item. Returns its outcome, or `settled` when a write of the runner has settled it.
   * @throws DomainError for a failure that people can fix; temporary ones such as `unavailable` are retried later.
   */
  run(item: HeldItem, work: ItemWork): Promise<Settlement | 'settled'>
}

/** A runner for each kind of job. */
export type JobRunners = Record<JobKind, JobRunner>

/** This process lost the item: another works on it, or it was cancelled or done. The result must not be stored. */
export class LostLease extends Error {
  constructor() {
    super('The worker has lost this item')
    this.name = 'LostLease'
  }
}

/** The pause between two items that request the same site, in ms. */
export const hostPause = 1_000

/** The first key of a PostgreSQL advisory lock with two keys, used for nothing else; the second key identifies a site. */
const hostLock = 7_305

/** How many candidate items are read at once, because another process may claim some first. */
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

/** Matches items whose site is requested now, or was a moment ago. */
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
 * Claims an item that waits, or whose lease has run out; null when none can begin now. Exactly one of the processes that share the database gets it.
 * Items early in their jobs come first, so that a small job does not wait for a large one.
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
 * Part of a transaction that claims an item: checks again whether its site may be requested now. Another process may have begun a request since the
 * sites were read, or even ended it; none can until this transaction ends. SQLite has one writing process, which runs one transaction after another.
 */
async function holdHost(tx: Transaction, { host, id, now }: { host: string; id: string; now: Date }): Promise<boolean> {
  if (host === '') return true
  const { location } = await database()
  if (location.engine === 'postgresql')
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${hostLock}::int, hashtext(${host}))`
  const others = await tx.jobItem.count({ where: { id: { not: id }, host, ...askingAt(now) } })
  return others === 0
}

/** Returns an item to the queue as if it had not been begun. No effect when this process has lost it. */
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

/** Renews leases. Returns the ids of the items that this process has lost. */
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
 * Part of a transaction: stores an item's outcome, deletes its file when it is done, and finishes its job after the last item.
 * @throws LostLease when this process has lost the item.
 */
export async function settleItem(
  tx: Transaction,
  { id, workspaceId, jobId, lease }: HeldItem,
  { now, settlement }: { now: Date; settlement: Settlement },
): Promise<void> {
  // Locks the job's row, so that of two items that end at the same time the second sees the first.
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

/** Part of a transaction that has locked the job's row: finishes a job without open items. */
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
