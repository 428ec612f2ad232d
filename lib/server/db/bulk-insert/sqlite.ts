import type { PrismaClient } from '../generated/sqlite/client'
import { columnNames, columnsOf, jsonOf, markTables, type AtOnce, type HotTable } from './columns'
import { openForMarksText } from '../open-assignments'

function insertFrom(table: HotTable): string {
  const values = columnsOf(table).map(([name]) => `"value" ->> '$.${name}'`)
  return `INSERT INTO "${table}" (${columnNames(table)}) SELECT ${values.join(',')} FROM json_each(NEW."given", '$.${table}');`
}

/**
 * What a connection for writes must know: a view of its own, which holds nothing, and into which marks and their events are inserted as one JSON
 * value. SQLite undoes a statement that fails, with all that its triggers did.
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

/** Stores all of it, or throws. @see insertAtOnce */
export async function insertIntoSqlite(client: PrismaClient, given: AtOnce): Promise<void> {
  await client.$executeRawUnsafe('INSERT INTO "AtOnce" ("given") VALUES (?)', jsonOf(given))
}
