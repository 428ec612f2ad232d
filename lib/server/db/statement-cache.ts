/** A statement of better-sqlite3, as far as Prisma's adapter uses it. */
export interface Statement {
  readonly reader: boolean
  run(values: unknown[]): unknown
  all(values: unknown[]): unknown[]
  raw(): Statement
  columns(): unknown[]
}

/** A statement with its values, as `bind` of better-sqlite3 gives it. */
interface BoundStatement extends Pick<Statement, 'reader' | 'columns'> {
  bind(values: unknown[]): BoundStatement
  run(): unknown
  raw(): { all(): unknown[] }
}

/** The most statements of a connection that are kept, and the longest, in UTF-16 code units: lists of many values come in endless lengths. */
const maxKept = 300
const longest = 4_000

function boundTo(statement: Statement, values: unknown[]): BoundStatement {
  return {
    reader: statement.reader,
    columns: () => statement.columns(),
    bind: (others) => boundTo(statement, others),
    run: () => statement.run(values),
    raw: () => ({ all: () => statement.raw().all(values) }),
  }
}

/**
 * Prepares each statement of a connection once: preparing takes SQLite longer than running most of them, and Prisma's adapter prepares at every
 * call. Statements run to their end within a call, so one can serve the next caller. SQLite prepares again by itself after a migration.
 */
export function keepStatements(prepare: (sql: string) => Statement): (sql: string) => BoundStatement {
  const kept = new Map<string, Statement>()
  return (sql) => {
    const known = kept.get(sql)
    if (known !== undefined) {
      kept.delete(sql)
      kept.set(sql, known)
      return boundTo(known, [])
    }
    const statement = prepare(sql)
    if (sql.length <= longest) {
      kept.set(sql, statement)
      const [oldest] = kept.keys()
      if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
    }
    return boundTo(statement, [])
  }
}
