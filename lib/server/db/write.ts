import type { NewEvent } from '@/lib/domain/audit/events'
import { DomainError } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { eventChannel, eventsCommitted, instanceId } from './after-commit'
import { database, type Database, type Transaction } from './client'
import { eventOrderLock, insertAtOnce, type HotRows } from './insert-at-once'
import { insertRows, type HotRow, type HotTable } from './insert-rows'
import { holdOpenAssignments } from './open-assignments'

/** What the body of a write may do: change rows, and say what happened. */
export interface WriteContext {
  tx: Transaction
  /** The moment of this write; every row and event of it carries the same. */
  now: Date
  /** Inserts rows of a hot table; answers how many were new (a row whose key exists is left out). */
  insert: <T extends HotTable>(table: T, rows: readonly HotRow<T>[]) => Promise<number>
  /** Whether an assignment is open for marks; when it is, it stays so until this write is done. */
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

// One lane a database and process, also when Next loads this module once a bundle.
const shared = globalThis as typeof globalThis & { sourcemarkLanes?: WeakMap<Database, Lane> }

function laneOf(opened: Database): Lane {
  shared.sourcemarkLanes ??= new WeakMap()
  const known = shared.sourcemarkLanes.get(opened)
  if (known !== undefined) return known
  const lane: Lane = { waiting: [], busy: false }
  shared.sourcemarkLanes.set(opened, lane)
  return lane
}

/**
 * The one door for writes: runs `body` in a transaction and stores its events with it. When it returns, the change is on disk; when it throws,
 * nothing is.
 *
 * Writes that come while another is being committed share the next commit, in the order they came: a sync to disk costs more than a write.
 * When one of a group fails, the group is undone and each is run again on its own, so `body` may run twice and must change nothing but rows.
 * @param shortcut says the same as `body` for the usual case: in a group, the rows of all such writes go in with one statement a table, before
 * the others; when one of them is not new, `body` decides.
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
    const group = lane.waiting.splice(0, maxGroup)
    if (await commitGroup(opened, group)) continue
    for (const job of group) await commitAlone(opened, job)
  }
  lane.busy = false
}

/** Commits all of a group or nothing; true when the callers have been answered. */
async function commitGroup(opened: Database, group: readonly Job[]): Promise<boolean> {
  if (await commitAtOnce(opened, group)) return true
  const [only] = group
  if (group.length === 1 && only !== undefined) {
    await commitAlone(opened, only)
    return true
  }
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

/** Commits a group of shortcuts with one statement, where the database can; true when the callers have been answered. */
async function commitAtOnce(opened: Database, group: readonly Job[]): Promise<boolean> {
  if (opened.location.engine !== 'postgresql' || group.some(({ shortcut }) => shortcut === undefined)) return false
  const now = new Date()
  const taken = group.flatMap((job) => (job.shortcut === undefined ? [] : [{ job, insertion: job.shortcut(now) }]))
  const events = taken.flatMap(({ job, insertion }) =>
    insertion.events.map((event) => eventRow(event, { permit: job.permit, now })),
  )
  const stored = await insertAtOnce(opened.write, {
    rows: gatherRows(taken.map(({ insertion }) => insertion.rows)),
    events,
    assignmentIds: assignmentsOf(taken.map(({ insertion }) => insertion)),
  })
  if (!stored) return false
  eventsCommitted(opened)
  for (const { job, insertion } of taken) job.resolve(insertion.result)
  return true
}

async function commitAlone(opened: Database, job: Job): Promise<void> {
  try {
    const [result] = await runTogether(opened, [job])
    job.resolve(result)
  } catch (error) {
    job.reject(error)
  }
}

/** Some row of a group's shortcuts was not new, or an assignment is closed: each write of the group is run on its own. */
class NotAllNew extends Error {}

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

function gatherRows(
  gathered: readonly HotRows[],
): Required<Pick<HotRows, 'Annotation' | 'Citation' | 'SentenceDecision'>> {
  const together = <T extends HotTable>(table: T) => gathered.flatMap((some): readonly HotRow<T>[] => some[table] ?? [])
  return {
    Annotation: together('Annotation'),
    Citation: together('Citation'),
    SentenceDecision: together('SentenceDecision'),
  }
}

function assignmentsOf(insertions: readonly Insertion<unknown>[]): string[] {
  return [...new Set(insertions.flatMap(({ assignmentId }) => assignmentId ?? []))]
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
      holdOpen: async (assignmentId) => (await holdOpenAssignments(tx, engine, [assignmentId])) === 1,
      record: (event, as) => {
        events.push(eventRow(event, { permit, now, as }))
      },
    })
    const results = new Map<Job, unknown>()
    if (jobs.length > 1) {
      const assignments = await takeShortcuts(jobs, { now, contextOf, results })
      if (assignments.length > 0 && (await holdOpenAssignments(tx, engine, assignments)) !== assignments.length)
        throw new NotAllNew()
    }
    for (const job of jobs) {
      if (!results.has(job)) results.set(job, await job.body(contextOf(job)))
    }
    if (events.length > 0) {
      // Other instances hear of the events at the commit.
      if (engine === 'postgresql')
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${eventOrderLock}), pg_notify(${eventChannel}, ${instanceId()})`
      await insertRows(tx, engine, { table: 'Event', rows: events })
    }
    return { answers: jobs.map((job) => results.get(job)), hasEvents: events.length > 0 }
  }, transactionLimits)
  if (hasEvents) eventsCommitted(opened)
  return answers
}

interface Together {
  now: Date
  contextOf: (job: Job) => WriteContext
  results: Map<Job, unknown>
}

/**
 * Inserts what the shortcuts of a group say, one statement a table. Answers the assignments that must be open for them.
 * @throws NotAllNew when a row was not new.
 */
async function takeShortcuts(jobs: readonly Job[], { now, contextOf, results }: Together): Promise<string[]> {
  const insertions: Insertion<unknown>[] = []
  let context: WriteContext | undefined
  for (const job of jobs) {
    if (job.shortcut === undefined) continue
    context = contextOf(job)
    const insertion = job.shortcut(now)
    for (const event of insertion.events) context.record(event)
    insertions.push(insertion)
    results.set(job, insertion.result)
  }
  if (context === undefined) return []
  const rows = gatherRows(insertions.map((insertion) => insertion.rows))
  // Citations point to annotations, so those come first.
  await insertNew(context, 'Annotation', rows.Annotation)
  await insertNew(context, 'Citation', rows.Citation)
  await insertNew(context, 'SentenceDecision', rows.SentenceDecision)
  return assignmentsOf(insertions)
}

async function insertNew<T extends HotTable>(
  context: WriteContext,
  table: T,
  rows: readonly HotRow<T>[],
): Promise<void> {
  if (rows.length > 0 && (await context.insert(table, rows)) !== rows.length) throw new NotAllNew()
}
