import type { DatabaseLocation, Transaction } from './client'

type ColumnType =
  'text' | 'text?' | 'integer' | 'boolean' | 'timestamp(3)' | 'jsonb' | '"Rating"' | '"Phase"' | '"Stance"'

/**
 * The tables of the hot path, with the PostgreSQL type of each column. Prisma spends about a millisecond on planning a `create`; a prepared
 * statement of our own takes a fifth of that. Columns left out of a table here take their default.
 */
const tables = {
  Annotation: {
    id: 'text',
    workspaceId: 'text',
    revisionId: 'text',
    sessionId: 'text?',
    authorId: 'text',
    start: 'integer',
    end: 'integer',
    exact: 'text',
    rating: '"Rating"',
    disputed: 'boolean',
    partial: 'boolean',
    note: 'text',
    phase: '"Phase"',
    createdAt: 'timestamp(3)',
    updatedAt: 'timestamp(3)',
  },
  Citation: {
    id: 'text',
    workspaceId: 'text',
    annotationId: 'text',
    referenceId: 'text',
    position: 'integer',
    stance: '"Stance"',
    quote: 'text',
    locator: 'text',
    quoteStart: 'integer',
    quoteEnd: 'integer',
  },
  SentenceDecision: {
    id: 'text',
    workspaceId: 'text',
    revisionId: 'text',
    sessionId: 'text?',
    sessionKey: 'text',
    authorId: 'text',
    start: 'integer',
    end: 'integer',
    createdAt: 'timestamp(3)',
  },
  Event: {
    workspaceId: 'text',
    documentId: 'text?',
    sessionId: 'text?',
    actorId: 'text',
    via: 'text',
    type: 'text',
    subjectId: 'text',
    data: 'jsonb',
    at: 'timestamp(3)',
  },
} as const satisfies Record<string, Record<string, ColumnType>>

/** A table that `insertRows` knows. */
export type HotTable = keyof typeof tables

interface ValueOf {
  text: string
  'text?': string | null
  integer: number | null
  boolean: boolean
  'timestamp(3)': Date
  jsonb: unknown
  '"Rating"': string
  '"Phase"': string
  '"Stance"': string
}

/** A row of a hot table; every column is given. */
export type HotRow<T extends HotTable> = {
  [C in keyof (typeof tables)[T]]: (typeof tables)[T][C] extends ColumnType ? ValueOf[(typeof tables)[T][C]] : never
}

/** A table's columns with their PostgreSQL types, in the order in which they are inserted. */
export function columnsOf(table: HotTable): [string, ColumnType][] {
  return Object.entries<ColumnType>(tables[table])
}

/** A row's values in the order of `columnsOf`, as both databases take them. */
export function valuesOf<T extends HotTable>(table: T, row: HotRow<T>): unknown[] {
  const values = row as Record<string, unknown>
  return columnsOf(table).map(([name, type]) => (type === 'jsonb' ? JSON.stringify(values[name]) : values[name]))
}

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
