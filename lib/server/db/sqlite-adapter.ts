import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { atOnceView } from './bulk-insert/bulk-insert'

/** The part of a better-sqlite3 statement that Prisma's adapter uses. */
export interface Statement {
  readonly reader: boolean
  run(values: unknown[]): unknown
  all(values: unknown[]): unknown[]
  raw(): Statement
  columns(): unknown[]
}

/** A statement with its values, as returned by better-sqlite3's `bind`. */
interface BoundStatement extends Pick<Statement, 'reader' | 'columns'> {
  bind(values: unknown[]): BoundStatement
  run(): unknown
  raw(): { all(): unknown[] }
}

/** The most statements cached per connection, and the longest in UTF-16 code units: lists of values produce endless variants. */
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
 * Prepares each statement once per connection. Preparing takes SQLite longer than running most statements, and Prisma's adapter prepares at every
 * call. A statement runs to its end within a call, so it can be reused. SQLite prepares it again by itself after a migration.
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

/** The pragmas that law 2 requires: WAL, a sync at every commit, foreign keys, and a wait for other processes (ms). */
const pragmas = 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;'

interface Connection {
  prepare(sql: string): Statement
}

type Adapter = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>

function isConnection(value: unknown): value is Connection {
  return typeof value === 'object' && value !== null && 'prepare' in value && typeof value.prepare === 'function'
}

/** The better-sqlite3 connection, which is private in Prisma's adapter. */
function connectionOf(adapter: Adapter): Connection {
  const client: unknown = Reflect.get(adapter, 'client')
  if (!isConnection(client)) throw new Error('Prisma’s adapter no longer has its connection in `client`.')
  return client
}

/** A lock that lets one holder at a time pass, in order of arrival. */
class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Waits for the lock. The returned function releases it. */
  async take(): Promise<() => void> {
    const before = this.#last
    let end: () => void = () => undefined
    this.#last = new Promise((resolve) => {
      end = resolve
    })
    await before
    return end
  }
}

/**
 * Serialises users of the connection. Prisma's adapter lets a statement outside a transaction join any open one, and be undone with it. It also never
 * releases its lock when a transaction cannot begin, which blocks all later ones.
 */
function takeTurns(adapter: Adapter): void {
  const turns = new Turns()
  const queryRaw = adapter.queryRaw.bind(adapter)
  const executeRaw = adapter.executeRaw.bind(adapter)
  const alone =
    <Q, R>(run: (query: Q) => Promise<R>) =>
    async (query: Q): Promise<R> => {
      const end = await turns.take()
      try {
        return await run(query)
      } finally {
        end()
      }
    }
  const runPlain = async (sql: string) => {
    await executeRaw({ sql, args: [], argTypes: [] })
  }
  adapter.queryRaw = alone(queryRaw)
  adapter.executeRaw = alone(executeRaw)
  adapter.startTransaction = async () => {
    const end = await turns.take()
    const ended = () => {
      end()
      return Promise.resolve()
    }
    try {
      // Takes the write lock at the beginning: a transaction that takes it later fails when another process wrote in between.
      await runPlain('BEGIN IMMEDIATE')
    } catch (error) {
      end()
      throw error
    }
    return {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      options: { usePhantomQuery: false },
      queryRaw,
      executeRaw,
      commit: ended,
      rollback: ended,
      createSavepoint: (name) => runPlain(`SAVEPOINT ${name}`),
      rollbackToSavepoint: (name) => runPlain(`ROLLBACK TO ${name}`),
      releaseSavepoint: (name) => runPlain(`RELEASE SAVEPOINT ${name}`),
    }
  }
}

/** Prisma's SQLite adapter with durable commits, statements prepared once, and serialised writes. */
export class DurableSqliteAdapter extends PrismaBetterSqlite3 {
  override async connect() {
    const adapter = await super.connect()
    await adapter.executeScript(pragmas + atOnceView)
    const connection = connectionOf(adapter)
    Object.assign(connection, { prepare: keepStatements(connection.prepare.bind(connection)) })
    // The adapter names no limit, so Prisma assumes that of old builds (999). A list of some hundred rows with relations exceeds it.
    adapter.getConnectionInfo = () => ({ maxBindValues: 32_766, supportsRelationJoins: false })
    takeTurns(adapter)
    return adapter
  }
}
