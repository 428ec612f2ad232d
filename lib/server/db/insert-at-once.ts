import type { PrismaClient } from './generated/sqlite/client'
import { eventChannel, instanceId } from './after-commit'
import { columnsOf, valuesOf, type HotRow, type HotTable } from './insert-rows'

/** Rows of hot tables, by table. */
export type HotRows = { [T in HotTable]?: readonly HotRow<T>[] }

/** PostgreSQL: held from drawing event numbers to the commit, so that numbers become visible in their order. */
export const eventOrderLock = 7_365_617

/** What goes in together: rows, what to tell of them, and the assignments that must be open for marks. */
export interface AtOnce {
  rows: HotRows
  events: readonly HotRow<'Event'>[]
  assignmentIds: readonly string[]
}

/** In the order in which they point to each other. */
const markTables = ['Annotation', 'Citation', 'SentenceDecision'] as const

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

function namesOf(table: HotTable): string {
  return columnsOf(table)
    .map(([name]) => `"${name}"`)
    .join(',')
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
      `${name} AS (INSERT INTO "${table}" (${namesOf(table)}) VALUES ${parameters.rows(table, some)} ON CONFLICT DO NOTHING RETURNING 1)`,
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
    INSERT INTO "Event" (${namesOf('Event')})
    SELECT e.* FROM turn, (VALUES ${parameters.rows('Event', events)}) AS e
    WHERE turn."mine" IS NOT NULL AND turn."told" IS NOT NULL RETURNING 1)`)
  // Dividing by zero undoes the statement when any row was not new or an assignment is closed.
  const whole = `(SELECT count(*) FROM new_events) = ${String(events.length)} AND (SELECT "all" FROM counted)`
  return {
    text: `WITH ${parts.join(',\n')}\nSELECT 1 / (CASE WHEN ${whole} THEN 1 ELSE 0 END) AS "stored"`,
    values: parameters.values,
  }
}

/**
 * Inserts marks and their events with one statement of PostgreSQL, which is a transaction of its own: one way to the server and back in place
 * of five. All of it is stored, or nothing.
 * @returns false when nothing was stored: some row was not new, an assignment is not open, or anything else failed. The ordinary way tells which.
 */
export async function insertAtOnce(client: PrismaClient, given: AtOnce): Promise<boolean> {
  const { text, values } = statementOf(given)
  if (values.length > maxParameters) return false
  try {
    await client.$queryRawUnsafe(text, ...values)
    return true
  } catch {
    return false
  }
}
