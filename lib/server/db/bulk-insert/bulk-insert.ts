import type { NewEvent } from '@/lib/domain/audit/events'
import type { Permit } from '../../access/gate'
import { eventsCommitted } from '../after-commit'
import type { Database } from '../client'
import { noteStored } from '../disk-failure'
import type { AssignmentKey, AtOnce, HotRow, HotRows, HotTable } from './columns'
import { insertIntoPostgresql } from './postgresql'
import { eventRow } from './rows'
import { insertIntoSqlite } from './sqlite'

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

/** A write as `insertTogether` looks at it: without an insertion it is left to others. */
interface InsertingWrite<T> {
  permit: Permit
  insertion: ((now: Date) => Insertion<T>) | undefined
}

/**
 * Inserts marks and their events with one statement, which is a transaction of its own: one call of the database in place of five. All of it is
 * stored, or nothing.
 * @returns false when nothing was stored: some row was not new, an assignment is not open, or anything else failed. The ordinary way tells which.
 */
export async function insertAtOnce({ location, write }: Database, given: AtOnce): Promise<boolean> {
  try {
    if (location.engine === 'postgresql') await insertIntoPostgresql(write, given)
    else await insertIntoSqlite(write, given)
    return true
  } catch {
    return false
  }
}

/**
 * Commits what the writes of a group insert, with one statement.
 * @returns what each caller gets, for the writes that were stored: all that have an insertion, or none
 */
export async function insertTogether<T>(
  opened: Database,
  group: readonly InsertingWrite<T>[],
): Promise<ReadonlyMap<InsertingWrite<T>, T>> {
  const now = new Date()
  const insertions = new Map<InsertingWrite<T>, Insertion<T>>()
  for (const each of group) {
    const insertion = insertionOf(each, now)
    if (insertion !== null) insertions.set(each, insertion)
  }
  if (insertions.size === 0) return new Map()
  const all = [...insertions.values()]
  const events = [...insertions].flatMap(([{ permit }, insertion]) =>
    insertion.events.map((event) => eventRow(event, { permit, now })),
  )
  const together = <H extends HotTable>(table: H) => all.flatMap(({ rows }): readonly HotRow<H>[] => rows[table] ?? [])
  const stored = await insertAtOnce(opened, {
    rows: {
      Annotation: together('Annotation'),
      Citation: together('Citation'),
      SentenceDecision: together('SentenceDecision'),
    },
    events,
    assignments: assignmentsOf(insertions),
  })
  if (!stored) return new Map()
  noteStored()
  eventsCommitted(opened)
  return new Map([...insertions].map(([each, { result }]) => [each, result]))
}

/** The assignments that insertions need open, each once. */
function assignmentsOf<T>(insertions: ReadonlyMap<InsertingWrite<T>, Insertion<T>>): AssignmentKey[] {
  const found = new Map<string, AssignmentKey>()
  for (const [{ permit }, { assignmentId: id }] of insertions) {
    const { workspaceId } = permit
    if (typeof id === 'string') found.set(`${workspaceId} ${id}`, { workspaceId, id })
  }
  return [...found.values()]
}

/** What a write inserts; null when it does more than that. When this fails, so does the write's body, which tells the caller. */
function insertionOf<T>({ insertion }: InsertingWrite<T>, now: Date): Insertion<T> | null {
  try {
    return insertion?.(now) ?? null
  } catch {
    return null
  }
}
