import type { NewEvent } from '@/lib/domain/audit/events'
import type { Permit } from '../../access/gate'
import { eventsCommitted, eventChannel, instanceId } from '../signals'
import type { Database, DatabaseLocation, Transaction } from '../client'
import { noteStored } from '../failures'
import {
  type AssignmentKey,
  type AtOnce,
  type HotRow,
  type HotRows,
  type HotTable,
  columnNames,
  columnsOf,
  jsonOf,
  markTables,
  valuesOf,
} from './columns'
import type { PrismaClient } from '../generated/sqlite/client'
import { openForMarksText } from '../open-assignments'

/** SQLite takes at most 32,766 parameters and PostgreSQL 65,535 in one statement. */
const maxParameters = 30_000

const statements = new Map<string, string>()

function statementOf(engine: DatabaseLocation['engine'], table: HotTable, count: number): string {
  const key = `${engine} ${table} ${count}`
  const known = statements.get(key)
  if (known !== undefined) return known
  const columns = columnsOf(table)
  let parameter = 0
  const row = () =>
    `(${columns.map(([, type]) => (engine === 'postgresql' ? `$${String(++parameter)}::${type.replace('?', '')}` : '?')).join(',')})`
  const values = Array.from({ length: count }, row).join(',')
  const names = columns.map(([name]) => `"${name}"`).join(',')
  const statement = `INSERT INTO "${table}" (${names}) VALUES ${values} ON CONFLICT DO NOTHING`
  // Row counts vary with group commits and bulk calls. A cached statement for each count would only take memory.
  if (count <= 64) statements.set(key, statement)
  return statement
}

/**
 * Inserts rows into a hot table, many in one statement.
 * @returns the number of new rows. A row whose key exists is left out; the caller decides what that means.
 */
export async function insertRows<T extends HotTable>(
  tx: Transaction,
  engine: DatabaseLocation['engine'],
  insert: { table: T; rows: readonly HotRow<T>[] },
): Promise<number> {
  const most = Math.floor(maxParameters / columnsOf(insert.table).length)
  let stored = 0
  for (let from = 0; from < insert.rows.length; from += most) {
    const rows = insert.rows.slice(from, from + most)
    const values = rows.flatMap((row) => valuesOf(insert.table, row))
    stored += await tx.$executeRawUnsafe(statementOf(engine, insert.table, rows.length), ...values)
  }
  return stored
}

/** An event to store. Its actor is the permit's member, unless `as` names another membership of the same person. */
export function eventRow(
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

/**
 * A write that only inserts: its rows, its events, and the caller's result when every row was new. With `assignmentId` it is valid only while that
 * assignment is open for marks.
 */
export interface Insertion<T> {
  rows: HotRows
  assignmentId?: string | null
  events: readonly NewEvent[]
  result: T
}

/** A write that `insertTogether` may take; one without an insertion runs the ordinary way. */
interface InsertingWrite<T> {
  permit: Permit
  insertion: ((now: Date) => Insertion<T>) | undefined
}

/**
 * Inserts marks and their events with one statement, which is its own transaction: one database call in place of five. Stores everything or nothing.
 * @returns false when nothing was stored: a row was not new, an assignment is not open, or anything else failed. The ordinary way finds out which.
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
 * Commits the insertions of a group of writes with one statement.
 * @returns the result for each caller whose write was stored: all with an insertion, or none
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

/** The distinct assignments that insertions require to be open. */
function assignmentsOf<T>(insertions: ReadonlyMap<InsertingWrite<T>, Insertion<T>>): AssignmentKey[] {
  const found = new Map<string, AssignmentKey>()
  for (const [{ permit }, { assignmentId: id }] of insertions) {
    const { workspaceId } = permit
    if (typeof id === 'string') found.set(`${workspaceId} ${id}`, { workspaceId, id })
  }
  return [...found.values()]
}

/** The insertion of a write; null for a write that does more. An error here is left to the write's body, which throws it to the caller. */
function insertionOf<T>({ insertion }: InsertingWrite<T>, now: Date): Insertion<T> | null {
  try {
    return insertion?.(now) ?? null
  } catch {
    return null
  }
}

function insertFrom(table: HotTable): string {
  const values = columnsOf(table).map(([name]) => `"value" ->> '$.${name}'`)
  return `INSERT INTO "${table}" (${columnNames(table)}) SELECT ${values.join(',')} FROM json_each(NEW."given", '$.${table}');`
}

/**
 * What a write connection needs for `insertAtOnce`: a temporary view without rows, whose trigger inserts marks and their events from one JSON value.
 * SQLite undoes a failed statement with everything its triggers did.
 */
export const atOnceView = `
  CREATE TEMP VIEW "AtOnce" AS SELECT NULL AS "given";
  CREATE TEMP TRIGGER "insertAtOnce" INSTEAD OF INSERT ON "AtOnce" BEGIN
    SELECT RAISE(ABORT, 'An assignment is not open.') FROM json_each(NEW."given", '$.assignments') i
    WHERE NOT EXISTS (
      SELECT 1 FROM "Assignment" a JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId"
      WHERE a."workspaceId" = i."value" ->> '$.workspaceId' AND a."id" = i."value" ->> '$.id' AND a."state" IN ${openForMarksText} AND s."state" = 'active' AND s."deletedAt" IS NULL);
    ${[...markTables, 'Event' as const].map(insertFrom).join('\n    ')}
  END;`

/** Stores everything, or throws. @see insertAtOnce */
async function insertIntoSqlite(client: PrismaClient, given: AtOnce): Promise<void> {
  await client.$executeRawUnsafe('INSERT INTO "AtOnce" ("given") VALUES (?)', jsonOf(given))
}

/** PostgreSQL: locked from the drawing of event numbers until the commit, so that numbers become visible in order. */
export const eventOrderLock = 7_365_617

function rowsOf(table: HotTable): string {
  const columns = columnsOf(table).map(([name, type]) => `"${name}" ${type.replace('?', '')}`)
  return `json_to_recordset($1::json -> '${table}') AS r (${columns.join(',')})`
}

/** Whether `name` has as many rows as the JSON. */
function isWhole(name: string, key: string): string {
  return `(SELECT count(*) FROM ${name}) = json_array_length($1::json -> '${key}')`
}

const newMarks = markTables.map(
  (table) =>
    `new_${table} AS (INSERT INTO "${table}" (${columnNames(table)}) SELECT r.* FROM ${rowsOf(table)} ON CONFLICT DO NOTHING RETURNING 1)`,
)

const wholeMarks = markTables.map((table) => isWhole(`new_${table}`, table))

/**
 * $1: the JSON, $2: the channel of events, $3: this instance. Event numbers are drawn last, because a statement that waits for the lock must not
 * block the one that holds it. A division by zero undoes the statement when a row was not new or an assignment is closed.
 */
const postgresqlStatement = `
  WITH held AS MATERIALIZED (
    SELECT a."id" FROM "Assignment" a JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId"
    WHERE (a."workspaceId", a."id") IN (
        SELECT i."workspaceId", i."id" FROM json_to_recordset($1::json -> 'assignments') AS i ("workspaceId" text, "id" text))
      AND a."state" IN ${openForMarksText} AND s."state" = 'active' AND s."deletedAt" IS NULL
    ORDER BY a."workspaceId", a."id" FOR SHARE OF a),
  ${newMarks.join(',\n  ')},
  counted AS MATERIALIZED (SELECT ${[isWhole('held', 'assignments'), ...wholeMarks].join(' AND ')} AS "all"),
  turn AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${String(eventOrderLock)})::text AS "mine", pg_notify($2::text, $3::text)::text AS "told"
    FROM counted WHERE "all"),
  new_events AS (
    INSERT INTO "Event" (${columnNames('Event')})
    SELECT r.* FROM turn, ${rowsOf('Event')}
    WHERE turn."mine" IS NOT NULL AND turn."told" IS NOT NULL RETURNING 1)
  SELECT 1 / (CASE WHEN ${isWhole('new_events', 'Event')} AND (SELECT "all" FROM counted) THEN 1 ELSE 0 END) AS "stored"`

/** Stores everything, or throws. @see insertAtOnce */
async function insertIntoPostgresql(client: PrismaClient, given: AtOnce): Promise<void> {
  await client.$queryRawUnsafe(postgresqlStatement, jsonOf(given), eventChannel, instanceId())
}
