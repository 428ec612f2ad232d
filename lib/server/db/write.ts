import type { NewEvent } from '@/lib/domain/audit/events'
import { DomainError } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { eventChannel, eventsCommitted, instanceId } from './signals'
import { database, type Database, type Transaction } from './client'
import { noteStored, takeDiskFailure, isOvertaken } from './failures'
import type { HotRow, HotTable } from './bulk-insert/columns'
import { insertTogether, type Insertion, eventOrderLock, eventRow, insertRows } from './bulk-insert/bulk-insert'
import { holdOpenAssignments } from './open-assignments'
import { perProcess } from '../per-process'

/** What the body of a write can do: change rows, and record events. */
export interface WriteContext {
  tx: Transaction
  /** The time of this write, the same for all of its rows and events. */
  now: Date
  /** Inserts rows of a hot table and returns the number of new ones (a row whose key exists is left out). */
  insert: <T extends HotTable>(table: T, rows: readonly HotRow<T>[]) => Promise<number>
  /** Whether an assignment of the permit's workspace is open for marks. If it is, it stays open until this write ends. */
  holdOpen: (assignmentId: string) => Promise<boolean>
  /** Records an event in the same transaction. `as` is another membership of the same person, for changes of their account. */
  record: (event: NewEvent, as?: { workspaceId: string; memberId: string }) => void
}

/** The most writes that share one commit. */
const maxGroup = 64
/** The most waiting writes; further callers are asked to retry later. */
const maxWaiting = 2_000
/** The time limit of a transaction in ms: a group holds at most a few large documents. */
const transactionLimits = { maxWait: 60_000, timeout: 60_000 }

/** Gives a caller the result of its write, once it is on disk. */
type Delivery = () => void

interface Job {
  permit: Permit
  body: (context: WriteContext) => Promise<Delivery>
  insertion: ((now: Date) => Insertion<Delivery>) | undefined
  reject: (error: unknown) => void
}

interface Lane {
  waiting: Job[]
  busy: boolean
}

const lanes = perProcess('lanes', () => new WeakMap<Database, Lane>())

function laneOf(opened: Database): Lane {
  const known = lanes.get(opened)
  if (known !== undefined) return known
  const lane: Lane = { waiting: [], busy: false }
  lanes.set(opened, lane)
  return lane
}

/**
 * The one door for writes: runs `body` in a transaction and stores its events with it. When it returns, the change is on disk; when it throws,
 * nothing is.
 *
 * Writes that arrive during a commit share the next one, in order of arrival: a sync to disk costs more than a write. When one of a group fails, the
 * group is undone and each write runs on its own; a write overtaken by another instance runs once more. `body` may therefore run several times and
 * must change nothing but rows.
 * @throws DomainError `out-of-space` or `unavailable` when the disk is full or fails, and everything that `body` throws.
 * @param insertion the fast path: inserts the rows that `body` would insert when all are new, with one statement for a whole group; otherwise `body`
 * runs.
 */
export async function write<T>(
  permit: Permit,
  body: (context: WriteContext) => Promise<T>,
  insertion?: (now: Date) => Insertion<T>,
): Promise<T> {
  const opened = await database()
  const lane = laneOf(opened)
  if (lane.waiting.length >= maxWaiting) {
    throw new DomainError('unavailable', 'Too many changes are waiting to be stored. Try again in a second.', {
      retryAfter: 1,
    })
  }
  return new Promise<T>((resolve, reject) => {
    const deliver = (result: T) => () => {
      resolve(result)
    }
    lane.waiting.push({
      permit,
      body: async (context) => deliver(await body(context)),
      insertion: insertion && ((now) => deliverLater(insertion(now), deliver)),
      reject,
    })
    if (!lane.busy) void drain(opened, lane)
  })
}

function deliverLater<T>(insertion: Insertion<T>, deliver: (result: T) => Delivery): Insertion<Delivery> {
  return { ...insertion, result: deliver(insertion.result) }
}

async function drain(opened: Database, lane: Lane): Promise<void> {
  lane.busy = true
  while (lane.waiting.length > 0) {
    // SQLite answers within one turn of the event loop. Without a pause, requests that wait in sockets would never join the group.
    await new Promise((resolve) => setImmediate(resolve))
    const taken = lane.waiting.splice(0, maxGroup)
    const stored = await insertTogether(opened, taken)
    for (const deliver of stored.values()) deliver()
    const group = taken.filter((job) => !stored.has(job))
    if (group.length > 1 && (await commitGroup(opened, group))) continue
    for (const job of group) await commitAlone(opened, job)
  }
  lane.busy = false
}

/** Commits the whole group or nothing; true when the callers have been answered. */
async function commitGroup(opened: Database, group: readonly Job[]): Promise<boolean> {
  try {
    for (const deliver of await runTogether(opened, group)) deliver()
    return true
  } catch {
    // The failing write gets its error when it runs alone.
    return false
  }
}

async function commitAlone(opened: Database, job: Job): Promise<void> {
  try {
    const deliveries = await runTogether(opened, [job]).catch((error: unknown) => {
      if (!isOvertaken(error)) throw error
      // The next run sees what another instance committed after the body had read.
      return runTogether(opened, [job])
    })
    for (const deliver of deliveries) deliver()
  } catch (error) {
    job.reject(takeDiskFailure(error) ?? error)
  }
}

async function runTogether(opened: Database, jobs: readonly Job[]): Promise<Delivery[]> {
  const { engine } = opened.location
  const { answers, hasEvents } = await opened.write.$transaction(async (tx) => {
    const events: HotRow<'Event'>[] = []
    const now = new Date()
    const contextOf = ({ permit }: Job): WriteContext => ({
      tx,
      now,
      insert: (table, rows) => insertRows(tx, engine, { table, rows }),
      holdOpen: async (assignmentId) =>
        (await holdOpenAssignments(tx, engine, { workspaceId: permit.workspaceId, ids: [assignmentId] })) === 1,
      record: (event, as) => {
        events.push(eventRow(event, { permit, now, as }))
      },
    })
    const results: Delivery[] = []
    for (const job of jobs) results.push(await job.body(contextOf(job)))
    if (events.length > 0) {
      // Other instances receive the events at the commit.
      if (engine === 'postgresql')
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${eventOrderLock}), pg_notify(${eventChannel}, ${instanceId()})`
      await insertRows(tx, engine, { table: 'Event', rows: events })
    }
    return { answers: results, hasEvents: events.length > 0 }
  }, transactionLimits)
  noteStored()
  if (hasEvents) eventsCommitted(opened)
  return answers
}

/**
 * Runs a change without a workspace (links, ended sessions) in its own transaction. SQLite has one write connection, on which a statement outside a
 * transaction would join any open one and be undone with it.
 */
export async function transact<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
  const { write } = await database()
  return write.$transaction(body, { maxWait: 60_000, timeout: 60_000 })
}
