import { randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, renameSync, rmSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { HistoryDiagnostic, MigrationList } from '@prisma/schema-engine-wasm'
import { Pool } from 'pg'
import type { DatabaseLocation } from './client'
import { makePrivateFile, protectDataFiles } from './file-modes'
import { noFilters, openSchemaEngine } from './schema-engine'

/** A database that this version must not change; `message` says why and what would work. */
export class UnusableDatabaseError extends Error {}

/** The result of migrating at the start. `backup` is the copy made before an SQLite file with data was changed. */
export interface MigrationResult {
  applied: string[]
  backup: string | null
}

/** How long a starting process waits for another one that migrates, in ms. */
const lockTimeout = 120_000

/** The key of a PostgreSQL advisory lock, used by no other program in the same database. */
const advisoryLock = 7_305_611_204

/** A connection with an exclusive transaction: nobody else changes the schema until it ends. */
interface LockedConnection {
  adapter: SqlDriverAdapter
  /** Copies the database before the change; null for PostgreSQL, which operators back up themselves. */
  backUp(label: string): Promise<string | null>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/**
 * Brings the database to the schema of this version with Prisma's own migration engine. Several processes may start at once: one migrates, the
 * others wait and find nothing to do. All pending migrations and their records are one transaction, so an interrupted start changes nothing.
 * @param options.at time for the backup's file name
 * @throws UnusableDatabaseError when the database was made by a newer version, or is not one of Sourcemark's.
 */
export async function migrateDatabase(
  location: DatabaseLocation,
  options: { projectFolder?: string; at: Date },
): Promise<MigrationResult> {
  const migrationsList = readMigrations(location.engine, options.projectFolder)
  const connection =
    location.engine === 'sqlite' ? await lockSqlite(location.file, options.at) : await lockPostgresql(location.url)
  try {
    const engine = await openSchemaEngine(connection.adapter)
    const tables = await tablesOf(connection.adapter)
    const isNew = !tables.includes('_prisma_migrations')
    if (isNew) refuseForeignTables(tables)
    // The engine cannot diagnose a database that lacks its table.
    const history = isNew
      ? null
      : (await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: noFilters }))
          .history
    refuseUnknownMigrations(history)
    const backup =
      history?.diagnostic === 'databaseIsBehind'
        ? await connection.backUp(history.unappliedMigrationNames[0] ?? '')
        : null
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters })
    await connection.commit()
    return { applied: appliedMigrationNames, backup }
  } catch (error) {
    await connection.rollback()
    throw error
  }
}

/** A migration that this version does not know comes from a later one. */
function refuseUnknownMigrations(history: HistoryDiagnostic | null): void {
  if (history === null || history.diagnostic === 'databaseIsBehind') return
  throw new UnusableDatabaseError(
    `This database was made by a newer version of Sourcemark (it has ${history.unpersistedMigrationNames.join(', ')}). ` +
      'Start that version or a later one, or restore a backup made before the upgrade.',
  )
}

async function tablesOf(adapter: SqlDriverAdapter): Promise<string[]> {
  const sql =
    adapter.provider === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`
      : `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
  const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] })
  return rows.map(([name]) => String(name))
}

/** Tables without any migration belong to another program. */
function refuseForeignTables(tables: readonly string[]): void {
  if (tables.length === 0) return
  throw new UnusableDatabaseError(
    `This database holds tables of another program (${tables.slice(0, 5).join(', ')}). Name an empty database, or one that Sourcemark made.`,
  )
}

async function lockSqlite(file: string, at: Date): Promise<LockedConnection> {
  protectDataFiles(file)
  const adapter = await new PrismaBetterSqlite3({ url: `file:${file}`, timeout: lockTimeout }).connect()
  // Pragmas have no effect inside a transaction, so foreign keys are turned off before it. Tables can then be redefined; the keys are checked before
  // the commit.
  await switchToWal(adapter)
  await adapter.executeScript('PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE;')
  return {
    adapter,
    backUp: (label) => backUpSqlite(file, { label, at }),
    commit: async () => {
      await refuseBrokenReferences(adapter)
      await adapter.executeScript('COMMIT')
      await adapter.dispose()
    },
    rollback: async () => {
      await adapter.executeScript('ROLLBACK')
      await adapter.dispose()
    },
  }
}

/** When two processes open a new file, both try to switch it to WAL, and SQLite refuses the second one without waiting. */
async function switchToWal(adapter: SqlDriverAdapter): Promise<void> {
  const patience = 100
  for (let attempt = 1; ; attempt++) {
    try {
      await adapter.executeScript('PRAGMA journal_mode=WAL')
      return
    } catch (error) {
      if (attempt === patience) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function refuseBrokenReferences(adapter: SqlDriverAdapter): Promise<void> {
  const { rows } = await adapter.queryRaw({ sql: 'PRAGMA foreign_key_check', args: [], argTypes: [] })
  if (rows.length > 0) {
    throw new UnusableDatabaseError(
      `The migration would leave ${String(rows.length)} rows that point nowhere; nothing was changed.`,
    )
  }
}

/**
 * Copies an SQLite database to `backups/` beside it. A reader sees the state before the open write transaction, so the copy is consistent.
 * @returns the copy's path
 */
async function backUpSqlite(file: string, { label, at }: { label: string; at: Date }): Promise<string> {
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const moment = at.toISOString().replace(/[-:]/g, '').slice(0, 15)
  const copy = join(folder, `${moment}-before-${label}.db`)
  if (!existsSync(copy)) await copySqlite(file, copy)
  return copy
}

/**
 * Writes a consistent copy of an SQLite database, even while it is in use. The copy is first written beside the target, so that a failure, such as a
 * full disk, leaves no partial file.
 * @throws when the target exists: a backup is never overwritten.
 */
export async function copySqlite(file: string, target: string): Promise<void> {
  const draft = `${target}.${randomUUID()}.part`
  try {
    await copyInto(file, draft)
    // A link, unlike a rename, fails when the target has been created in the meantime.
    linkOrRename(draft, target)
  } finally {
    for (const rest of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${rest}`, { force: true })
  }
}

/** Gives a finished file its name, also on file systems without links. */
function linkOrRename(draft: string, target: string): void {
  try {
    linkSync(draft, target)
  } catch (error) {
    if (existsSync(target)) throw error
    renameSync(draft, target)
  }
}

async function copyInto(file: string, target: string): Promise<void> {
  const adapter = await new PrismaBetterSqlite3({ url: `file:${file}`, fileMustExist: true }).connect()
  try {
    // SQLite accepts an empty file as the target of a copy.
    makePrivateFile(target)
    await adapter.executeRaw({
      sql: 'VACUUM INTO ?',
      args: [target],
      argTypes: [{ scalarType: 'string', arity: 'scalar' }],
    })
  } finally {
    await adapter.dispose()
  }
}

async function lockPostgresql(url: string): Promise<LockedConnection> {
  // A single connection that is never released: the transaction lives on it.
  const pool = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 15_000 })
  try {
    await pool.query('BEGIN')
    await pool.query(`SET LOCAL lock_timeout = ${String(lockTimeout)}`)
    await pool.query(`SELECT pg_advisory_xact_lock(${String(advisoryLock)})`)
  } catch (error) {
    await pool.end()
    throw error
  }
  const end = async (word: 'COMMIT' | 'ROLLBACK') => {
    try {
      await pool.query(word)
    } finally {
      await pool.end()
    }
  }
  return {
    adapter: await new PrismaPg(pool).connect(),
    backUp: () => Promise.resolve(null),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
  }
}

/** Which of the two engines. */
export type DatabaseEngine = DatabaseLocation['engine']

/** The migrations folder of an engine, below the project's folder. */
export function migrationFolder(engine: DatabaseEngine): string {
  return engine === 'sqlite' ? 'prisma/migrations' : 'prisma/postgresql/migrations'
}

/** The migrations of this version, oldest first, in the form that Prisma's engine expects. */
export function readMigrations(engine: DatabaseEngine, projectFolder = process.cwd()): MigrationList {
  const baseDir = join(projectFolder, migrationFolder(engine))
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
