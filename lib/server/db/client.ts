import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient, type Prisma } from './generated/sqlite/client'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client'
import { settings } from '../env'
import { protectDataFiles } from './file-modes'
import { DurableSqliteAdapter } from './sqlite-adapter'
import { perProcess } from '../per-process'

/** The oldest SQLite that cannot lose committed writes when the WAL is reset. */
const oldestSqlite = [3, 51, 3] as const

/** The location of the data: a file for the embedded SQLite, or a PostgreSQL address. */
export type DatabaseLocation = { engine: 'sqlite'; file: string } | { engine: 'postgresql'; url: string }

/** A client for reads or within a transaction; both engines share this type. */
export type Reader = PrismaClient
/** A client within a write transaction. */
export type Transaction = Prisma.TransactionClient

/**
 * The database of one process. SQLite has one connection for writes and one for reads: on a single connection, a read beside an open transaction
 * would see its uncommitted rows.
 */
export interface Database {
  location: DatabaseLocation
  read: Reader
  write: PrismaClient
  close(): Promise<void>
}

/** The database location from the settings. */
export function configuredLocation(): DatabaseLocation {
  const { DATABASE_URL, dataDir } = settings()
  if (DATABASE_URL !== undefined) return { engine: 'postgresql', url: DATABASE_URL }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return { engine: 'sqlite', file: join(dataDir, 'sourcemark.db') }
}

function sqliteClient(file: string): PrismaClient {
  return new PrismaClient({ adapter: new DurableSqliteAdapter({ url: `file:${file}` }) })
}

/** Refuses an SQLite version that may lose acknowledged writes. */
async function assertSqliteVersion(client: PrismaClient): Promise<void> {
  const rows = await client.$queryRaw<{ version: string }[]>`SELECT sqlite_version() AS version`
  const version = rows[0]?.version ?? '0'
  const parts = version.split('.').map(Number)
  const difference = oldestSqlite.map((part, place) => (parts[place] ?? 0) - part).find((step) => step !== 0) ?? 0
  if (difference < 0) {
    throw new Error(
      `SQLite ${version} can lose committed writes; ${oldestSqlite.join('.')} or newer is needed (better-sqlite3 12.8.0 or newer).`,
    )
  }
}

/**
 * The most named statements per PostgreSQL connection, and the longest in UTF-16 code units: each cached plan takes memory of the database server.
 */
const maxNamed = 300
const longestNamed = 8_000
/** A statement gets a name after this many uses. Lists of values produce endless variants, most of them used once. */
const usesToName = 3
/** The most statements whose uses are counted. */
const maxCounted = 1_000

/**
 * Names for PostgreSQL statements: a named one is parsed and planned once per connection instead of every time. Frequent statements get a name while
 * names are left; all others get the empty name, which means none.
 */
export function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  const uses = new Map<string, number>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= maxNamed || sql.length > longestNamed) return ''
    const count = (uses.get(sql) ?? 0) + 1
    uses.delete(sql)
    if (count >= usesToName) {
      const name = `s${String(names.size)}`
      names.set(sql, name)
      return name
    }
    uses.set(sql, count)
    const [oldest] = uses.keys()
    if (uses.size > maxCounted && oldest !== undefined) uses.delete(oldest)
    return ''
  }
}

/** Opens a database that is already migrated (see migrate.ts). */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  if (location.engine === 'postgresql') {
    // The two generated clients have the same shape but unrelated types. Only here is one taken for the other.
    const client = new PostgresqlClient({
      adapter: new PrismaPg({ connectionString: location.url }, { statementNameGenerator: nameStatements() }),
    }) as unknown as PrismaClient
    return { location, read: client, write: client, close: () => client.$disconnect() }
  }
  protectDataFiles(location.file)
  const write = sqliteClient(location.file)
  const read = sqliteClient(location.file)
  await assertSqliteVersion(write)
  return {
    location,
    read,
    write,
    close: async () => {
      await read.$disconnect()
      await write.$disconnect()
    },
  }
}

const held = perProcess('database', (): { opened: Promise<Database> | null } => ({ opened: null }))

/** The database of this process, opened at first use. */
export function database(): Promise<Database> {
  held.opened ??= openDatabase(configuredLocation())
  return held.opened
}

/** Closes the database of this process if it is open: for programs that end. */
export async function closeDatabase(): Promise<void> {
  const { opened } = held
  held.opened = null
  await (await opened)?.close()
}

/** Replaces the database of this process: for tests and the command line. */
export function useDatabase(opened: Database): void {
  held.opened = Promise.resolve(opened)
}
