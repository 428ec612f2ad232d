import type { NewEvent } from '@/lib/domain/audit/events'
import type { Permit } from '../../access/gate'
import type { DatabaseLocation, Transaction } from '../client'
import { columnsOf, valuesOf, type HotRow, type HotTable } from './columns'

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
  // Odd counts come from group commits and bulk calls; keeping every one of them would only grow.
  if (count <= 64) statements.set(key, statement)
  return statement
}

/**
 * Inserts rows into a hot table, many in one statement.
 * @returns how many were stored: a row whose key is already there is left out, and the caller decides what that means.
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

/** An event as it is stored; by the permit's member unless it is `as` another membership of theirs. */
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
