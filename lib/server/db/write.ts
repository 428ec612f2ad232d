import type { NewEvent } from '@/lib/domain/audit/events'
import { DomainError } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { eventChannel, eventsCommitted, instanceId } from './after-commit'
import { database, type Database, type Transaction } from './client'
import { noteStored, takeDiskFailure } from './disk-failure'
import type { AssignmentKey, HotRow, HotRows, HotTable } from './bulk-insert/columns'
import { insertAtOnce } from './bulk-insert/bulk-insert'
import { eventOrderLock } from './bulk-insert/postgresql'
import { insertRows } from './bulk-insert/rows'
import { holdOpenAssignments } from './open-assignments'
import { isOvertaken } from './unique-violation'
import { perProcess } from '../per-process'

/** What the body of a write may do: change rows, and say what happened. */
export interface WriteContext {
  tx: Transaction
  /** The moment of this write; every row and event of it carries the same. */
  now: Date
  /** Inserts rows of a hot table; answers how many were new (a row whose key exists is left out). */
  insert: <T extends HotTable>(table: T, rows: readonly HotRow<T>[]) => Promise<number>
  /** Whether an assignment of the permit's workspace is open for marks; when it is, it stays so until this write is done. */
  holdOpen: (assignmentId: string) => Promise<boolean>
  /** Records what happened; stored in the same transaction. `as` is another membership of the same person, for changes of their account. */
  record: (event: NewEvent, as?: { workspaceId: string; memberId: string }) => void
}

/** The most writes that share one commit. */
const maxGroup = 64
/** The most writes that wait; beyond, callers are told to come back. */
const maxWaiting = 2_000
/** Milliseconds a transaction may take: a group holds some large documents at most. */
const transactionLimits = { maxWait: 60_000, timeout: 60_000 }

/**
 * A write that only inserts: its rows, what to tell of them, and what the caller gets when every row was new. With `assignmentId` it holds only
 * while that assignment is open for marks.
 */
export interface Insertion<T> {
  rows: HotRows
  assignmentId?: string | null
  events: readonly NewEvent[]
  result: T
}

interface Job {
  permit: Permit
  body: (context: WriteContext) => Promise<unknown>
  shortcut: ((now: Date) => Insertion<unknown>) | undefined
  resolve: (result: unknown) => void
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
 * Writes that come while another is being committed share the next commit, in the order they came: a sync to disk costs more than a write.
 * When one of a group fails, the group is undone and each is run again on its own; one that another instance has overtaken is run once more. So
 * `body` may run several times and must change nothing but rows.
 * @throws DomainError `out-of-space` or `unavailable` when the disk is full or fails, and whatever `body` throws.
 * @param shortcut says the same as `body` for the usual case: the rows of all such writes of a group go in with one statement, before the others;
 * when anything about them is not as it says, `body` decides.
 */
export async function write<T>(
  permit: Permit,
  body: (context: WriteContext) => Promise<T>,
  shortcut?: (now: Date) => Insertion<T>,
): Promise<T> {
  const opened = await database()
  const lane = laneOf(opened)
  if (lane.waiting.length >= maxWaiting) {
    throw new DomainError('unavailable', 'Too many changes are waiting to be stored. Try again in a second.', {
      retryAfter: 1,
    })
  }
  return new Promise<T>((resolve, reject) => {
    lane.waiting.push({ permit, body, shortcut, resolve: resolve as (result: unknown) => void, reject })
    if (!lane.busy) void drain(opened, lane)
  })
}

async function drain(opened: Database, lane: Lane): Promise<void> {
  lane.busy = true
  while (lane.waiting.length > 0) {
    // SQLite answers within the same turn of the event loop: without a pause the requests that wait in sockets would never join.
    await new Promise((resolve) => setImmediate(resolve))
    const group = await takeShortcuts(opened, lane.waiting.splice(0, maxGroup))
    if (group.length > 1 && (await commitGroup(opened, group))) continue
    for (const job of group) await commitAlone(opened, job)
  }
  lane.busy = false
}

/** Commits all of a group or nothing; true when the callers have been answered. */
async function commitGroup(opened: Database, group: readonly Job[]): Promise<boolean> {
  try {
    const results = await runTogether(opened, group)
    group.forEach((job, place) => {
      job.resolve(results[place])
    })
    return true
  } catch {
    // The one that failed is told why when it runs alone.
    return false
  }
}

/** Commits the shortcuts of a group with one statement and answers their callers; what is left of the group is still to do. */
async function takeShortcuts(opened: Database, group: readonly Job[]): Promise<readonly Job[]> {
  const now = new Date()
  const insertions = new Map<Job, Insertion<unknown>>()
  for (const job of group) {
    const insertion = insertionOf(job, now)
    if (insertion !== null) insertions.set(job, insertion)
  }
  if (insertions.size === 0) return group
  const all = [...insertions.values()]
  const events = [...insertions].flatMap(([{ permit }, insertion]) =>
    insertion.events.map((event) => eventRow(event, { permit, now })),
  )
  const together = <T extends HotTable>(table: T) => all.flatMap(({ rows }): readonly HotRow<T>[] => rows[table] ?? [])
  const stored = await insertAtOnce(opened, {
    rows: {
      Annotation: together('Annotation'),
      Citation: together('Citation'),
      SentenceDecision: together('SentenceDecision'),
    },
    events,
    assignments: assignmentsOf(insertions),
  })
  if (!stored) return group
  noteStored()
  eventsCommitted(opened)
  for (const [job, { result }] of insertions) job.resolve(result)
  return group.filter((job) => !insertions.has(job))
}

/** The assignments that insertions need open, each once. */
function assignmentsOf(insertions: ReadonlyMap<Job, Insertion<unknown>>): AssignmentKey[] {
  const found = new Map<string, AssignmentKey>()
  for (const [{ permit }, { assignmentId: id }] of insertions) {
    const { workspaceId } = permit
    if (typeof id === 'string') found.set(`${workspaceId} ${id}`, { workspaceId, id })
  }
  return [...found.values()]
}

/** What a job's shortcut says; null when it has none. When it fails, so does the body, which tells the caller. */
function insertionOf({ shortcut }: Job, now: Date): Insertion<unknown> | null {
  try {
    return shortcut?.(now) ?? null
  } catch {
    return null
  }
}

async function commitAlone(opened: Database, job: Job): Promise<void> {
  try {
    const [result] = await runTogether(opened, [job]).catch((error: unknown) => {
      if (!isOvertaken(error)) throw error
      // What another instance has committed since the body looked is there to be found now.
      return runTogether(opened, [job])
    })
    job.resolve(result)
  } catch (error) {
    job.reject(takeDiskFailure(error) ?? error)
  }
}

/** An event as it is stored; by the permit's member unless it is `as` another membership of theirs. */
function eventRow(
  event: NewEvent,
  { permit, now, as }: { permit: Permit; now: Date; as?: { workspaceId: string; memberId: string } | undefined },
): HotRow<'Event'> {
  return {
    workspaceId: as?.workspaceId ?? permit.workspaceId,
    documentId: event.documentId ?? null,
    sessionId: event.sessionId ?? null,
    actorId: as?.memberId ?? permit.actor.memberId,
    via: permit.actor.via,
    type: event.type,
    subjectId: event.subjectId,
    data: event.data,
    at: now,
  }
}

async function runTogether(opened: Database, jobs: readonly Job[]): Promise<unknown[]> {
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
    const results: unknown[] = []
    for (const job of jobs) results.push(await job.body(contextOf(job)))
    if (events.length > 0) {
      // Other instances hear of the events at the commit.
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
