import type { PrismaClient } from './generated/sqlite/client'
import { eventChannel, instanceId } from './after-commit'
import { columnNames, columnsOf, markTables, valuesOf, type AtOnce, type HotRow, type HotTable } from './hot-tables'

/** PostgreSQL: held from drawing event numbers to the commit, so that numbers become visible in their order. */
export const eventOrderLock = 7_365_617

/** PostgreSQL takes at most 65,535 parameters in one statement. */
const maxParameters = 60_000

/** Numbers parameters from `$1`, each with its type, and collects their values. */
class Parameters {
  readonly values: unknown[] = []

  add(value: unknown, type: string): string {
    return `$${String(this.values.push(value))}::${type}`
  }

  rows<T extends HotTable>(table: T, rows: readonly HotRow<T>[]): string {
    const columns = columnsOf(table)
    return rows
      .map((row) => {
        const values = valuesOf(table, row)
        return `(${columns.map(([, type], place) => this.add(values[place], type.replace('?', ''))).join(',')})`
      })
      .join(',')
  }
}

function statementOf({ rows, events, assignmentIds }: AtOnce): { text: string; values: unknown[] } {
  const parameters = new Parameters()
  const parts: string[] = []
  const counts: string[] = []
  const expect = (name: string, count: number) => {
    counts.push(`(SELECT count(*) FROM ${name}) = ${String(count)}`)
  }
  if (assignmentIds.length > 0) {
    const ids = assignmentIds.map((id) => parameters.add(id, 'text')).join(',')
    parts.push(`held AS MATERIALIZED (
      SELECT a."id" FROM "Assignment" a JOIN "ReviewSession" s ON s."id" = a."sessionId"
      WHERE a."id" IN (${ids}) AND a."state" IN ('assigned', 'started', 'returned') AND s."state" = 'active' AND s."deletedAt" IS NULL
      ORDER BY a."id" FOR SHARE OF a)`)
    expect('held', assignmentIds.length)
  }
  for (const table of markTables) {
    const some = rows[table] ?? []
    if (some.length === 0) continue
    const name = `new_${table}`
    parts.push(
      `${name} AS (INSERT INTO "${table}" (${columnNames(table)}) VALUES ${parameters.rows(table, some)} ON CONFLICT DO NOTHING RETURNING 1)`,
    )
    expect(name, some.length)
  }
  // Numbers are drawn once everything else has happened: whoever waits for the lock must not hold up whom it waits for.
  const channel = parameters.add(eventChannel, 'text')
  const instance = parameters.add(instanceId(), 'text')
  parts.push(`counted AS MATERIALIZED (SELECT ${counts.length === 0 ? 'true' : counts.join(' AND ')} AS "all")`)
  parts.push(`turn AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${String(eventOrderLock)})::text AS "mine", pg_notify(${channel}, ${instance})::text AS "told"
    FROM counted WHERE "all")`)
  parts.push(`new_events AS (
    INSERT INTO "Event" (${columnNames('Event')})
    SELECT e.* FROM turn, (VALUES ${parameters.rows('Event', events)}) AS e
    WHERE turn."mine" IS NOT NULL AND turn."told" IS NOT NULL RETURNING 1)`)
  // Dividing by zero undoes the statement when any row was not new or an assignment is closed.
  const whole = `(SELECT count(*) FROM new_events) = ${String(events.length)} AND (SELECT "all" FROM counted)`
  return {
    text: `WITH ${parts.join(',\n')}\nSELECT 1 / (CASE WHEN ${whole} THEN 1 ELSE 0 END) AS "stored"`,
    values: parameters.values,
  }
}

/** Stores all of it, or throws. @see insertAtOnce */
export async function insertIntoPostgresql(client: PrismaClient, given: AtOnce): Promise<void> {
  const { text, values } = statementOf(given)
  if (values.length > maxParameters) throw new Error('More values than one statement takes.')
  await client.$queryRawUnsafe(text, ...values)
}
