import type { PrismaClient } from './generated/sqlite/client'
import { columnNames, columnsOf, markTables, valuesOf, type AtOnce, type HotRow, type HotTable } from './hot-tables'

function insertFrom(table: HotTable): string {
  const values = columnsOf(table).map((_, place) => `"value" ->> ${String(place)}`)
  return `INSERT INTO "${table}" (${columnNames(table)}) SELECT ${values.join(',')} FROM json_each(NEW."given", '$.${table}');`
}

/**
 * What a connection for writes must know: a view of its own, which holds nothing, and into which marks and their events are inserted as one JSON
 * value. SQLite undoes a statement that fails, with all that its triggers did.
 */
export const atOnceView = `
  CREATE TEMP VIEW "AtOnce" AS SELECT NULL AS "given";
  CREATE TEMP TRIGGER "insertAtOnce" INSTEAD OF INSERT ON "AtOnce" BEGIN
    SELECT RAISE(ABORT, 'An assignment is not open.') FROM json_each(NEW."given", '$.assignmentIds') i
    WHERE NOT EXISTS (
      SELECT 1 FROM "Assignment" a JOIN "ReviewSession" s ON s."id" = a."sessionId"
      WHERE a."id" = i."value" AND a."state" IN ('assigned', 'started', 'returned') AND s."state" = 'active' AND s."deletedAt" IS NULL);
    ${[...markTables, 'Event' as const].map(insertFrom).join('\n    ')}
  END;`

/** Moments as Prisma's adapter writes them. */
function jsonOf(value: unknown): unknown {
  return value instanceof Date ? value.toISOString().replace('Z', '+00:00') : value
}

function rowsOf<T extends HotTable>(table: T, rows: readonly HotRow<T>[]): unknown[] {
  return rows.map((row) => valuesOf(table, row).map(jsonOf))
}

/** Stores all of it, or throws. @see insertAtOnce */
export async function insertIntoSqlite(client: PrismaClient, { rows, events, assignmentIds }: AtOnce): Promise<void> {
  const marks = markTables.map((table) => [table, rowsOf(table, rows[table] ?? [])] as const)
  const given = { ...Object.fromEntries(marks), Event: rowsOf('Event', events), assignmentIds }
  await client.$executeRawUnsafe('INSERT INTO "AtOnce" ("given") VALUES (?)', JSON.stringify(given))
}
