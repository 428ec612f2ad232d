import type { PrismaClient } from '../generated/sqlite/client'
import { eventChannel, instanceId } from '../after-commit'
import { columnNames, columnsOf, jsonOf, markTables, type AtOnce, type HotTable } from './columns'
import { openForMarksText } from '../open-assignments'

/** PostgreSQL: held from drawing event numbers to the commit, so that numbers become visible in their order. */
export const eventOrderLock = 7_365_617

function rowsOf(table: HotTable): string {
  const columns = columnsOf(table).map(([name, type]) => `"${name}" ${type.replace('?', '')}`)
  return `json_to_recordset($1::json -> '${table}') AS r (${columns.join(',')})`
}

/** The rows of `name` are as many as the JSON says. */
function isWhole(name: string, key: string): string {
  return `(SELECT count(*) FROM ${name}) = json_array_length($1::json -> '${key}')`
}

const newMarks = markTables.map(
  (table) =>
    `new_${table} AS (INSERT INTO "${table}" (${columnNames(table)}) SELECT r.* FROM ${rowsOf(table)} ON CONFLICT DO NOTHING RETURNING 1)`,
)
const wholeMarks = markTables.map((table) => isWhole(`new_${table}`, table))

/**
 * $1: the JSON, $2: the channel of events, $3: this instance. Event numbers are drawn once everything else has happened: a statement that waits for the
 * lock must not block the one that holds it. Dividing by zero undoes the statement when any row was not new or an assignment is closed.
 */
const statement = `
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

/** Stores all of it, or throws. @see insertAtOnce */
export async function insertIntoPostgresql(client: PrismaClient, given: AtOnce): Promise<void> {
  await client.$queryRawUnsafe(statement, jsonOf(given), eventChannel, instanceId())
}
