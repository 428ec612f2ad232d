import { readFileSync } from 'node:fs'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { DiffResult, DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm'
import { Pool, type PoolConfig, type QueryArrayConfig, type QueryArrayResult } from 'pg'
import { readMigrations, type DatabaseEngine } from '../../lib/server/db/migrate'
import { noFilters, openSchemaEngine } from '@/lib/server/db/schema-engine'
import {
  checksInStatement,
  deriveColumnTypeChecks,
  injectChecks,
  readWrittenChecks,
  renderCheck,
  type Check,
} from './checks'

const internalCharType = 18
const uuidType = 2950

/**
 * Prisma's adapter does not support PostgreSQL's one-byte type "char", in which the system catalogue answers some queries of the schema engine. The
 * value passes through the adapter as a UUID, a type that the catalogue never uses, and becomes a character afterwards.
 */
class DescribablePool extends Pool {
  constructor(config: PoolConfig) {
    super(config)
    // Of the overloads of `query`, the adapter calls the one that takes a query and returns a promise.
    const query: (question: QueryArrayConfig) => Promise<QueryArrayResult> = this.query.bind(this)
    const disguise = async (question: QueryArrayConfig) => {
      const answer = await query(question)
      for (const field of answer.fields) if (field.dataTypeID === internalCharType) field.dataTypeID = uuidType
      return answer
    }
    Object.assign(this, { query: disguise })
  }
}

async function openDescribable(connectionString: string): Promise<SqlDriverAdapter> {
  const pool = new DescribablePool({ connectionString, idleTimeoutMillis: 0 })
  const adapter: SqlDriverAdapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const answer = await queryRaw(query)
    const columnTypes = answer.columnTypes.map((type) =>
      type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
    )
    return { ...answer, columnTypes }
  }
  return adapter
}

/** Two empty databases of one engine: one for the migrations, the other for the models. */
export interface Scratch {
  engine: DatabaseEngine
  migrated: SqlDriverAdapter
  modelled: SqlDriverAdapter
}

/** Two SQLite databases in memory. */
export async function openSqliteScratch(): Promise<Scratch> {
  const open = () => new PrismaBetterSqlite3({ url: ':memory:' }).connect()
  return { engine: 'sqlite', migrated: await open(), modelled: await open() }
}

/** Two empty PostgreSQL databases. */
export async function openPostgresqlScratch(urls: { migrated: string; modelled: string }): Promise<Scratch> {
  return {
    engine: 'postgresql',
    migrated: await openDescribable(urls.migrated),
    modelled: await openDescribable(urls.modelled),
  }
}

/** The schema file of an engine. */
export function schemaPath(engine: DatabaseEngine): string {
  return engine === 'sqlite' ? 'prisma/schema.prisma' : 'prisma/postgresql/schema.prisma'
}

/** The SQL from the migrations of an engine to its models and checks; empty when they agree. Fills both scratch databases and closes them. */
export async function planMigration(scratch: Scratch): Promise<string> {
  const path = schemaPath(scratch.engine)
  const content = readFileSync(path, 'utf8')
  const checks = [...readWrittenChecks(), ...(scratch.engine === 'sqlite' ? deriveColumnTypeChecks(content) : [])]
  const files = [{ path, content }]
  const models: DiffTarget = { tag: 'schemaDatamodel', files }
  try {
    const old = await openSchemaEngine(scratch.migrated)
    await old.applyMigrations({ migrationsList: readMigrations(scratch.engine), filters: noFilters })
    const change = await compare(old, { from: { tag: 'schemaDatasource', files, configDir: 'prisma' }, to: models })
    const whole = await compare(await openSchemaEngine(scratch.modelled), { from: { tag: 'empty' }, to: models })
    const isChange = !change.startsWith('-- This is an empty migration')
    if (scratch.engine === 'postgresql')
      return await planPostgresql(scratch, { change: isChange ? change : '', whole, checks })
    return await planSqlite(scratch, {
      change: isChange ? injectChecks(change, checks) : '',
      whole: injectChecks(whole, checks),
    })
  } finally {
    await scratch.migrated.dispose()
    await scratch.modelled.dispose()
  }
}

async function compare(engine: SchemaEngine, { from, to }: { from: DiffTarget; to: DiffTarget }): Promise<string> {
  const result: DiffResult = await engine.diff({ from, to, script: true, exitCode: null, filters: noFilters })
  return result.stdout ?? ''
}

async function rowsOf(adapter: SqlDriverAdapter, sql: string): Promise<string[][]> {
  const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] })
  return rows.map((row) => row.map(String))
}

/** SQLite cannot change the checks of a table: a table with changed checks is created anew. */
async function planSqlite(scratch: Scratch, { change, whole }: { change: string; whole: string }): Promise<string> {
  await scratch.modelled.executeScript(whole)
  if (change !== '') await scratch.migrated.executeScript(change)
  const statements = `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'`
  const current = new Map((await rowsOf(scratch.migrated, statements)).map(([name = '', sql = '']) => [name, sql]))
  const stale = (await rowsOf(scratch.modelled, statements))
    .filter(([name = '', sql = '']) => {
      const wanted = checksInStatement(sql).sort().join('\n')
      return (
        wanted !==
        checksInStatement(current.get(name) ?? '')
          .sort()
          .join('\n')
      )
    })
    .map(([name = '']) => name)
  const redefined = await Promise.all(stale.map((table) => redefineTable(scratch.modelled, table)))
  const wrapped =
    redefined.length === 0
      ? ''
      : `-- RedefineTables\nPRAGMA defer_foreign_keys=ON;\nPRAGMA foreign_keys=OFF;\n${redefined.join('')}PRAGMA foreign_keys=ON;\nPRAGMA defer_foreign_keys=OFF;\n`
  return [change, wrapped].filter((part) => part !== '').join('\n')
}

async function redefineTable(modelled: SqlDriverAdapter, table: string): Promise<string> {
  const statements = await rowsOf(
    modelled,
    `SELECT type, sql FROM sqlite_master WHERE tbl_name = '${table}' AND sql IS NOT NULL ORDER BY type DESC, name`,
  )
  const [[, create = ''] = [], ...indexes] = statements
  const columns = (await rowsOf(modelled, `SELECT name FROM pragma_table_info('${table}')`))
    .map(([name = '']) => `"${name}"`)
    .join(', ')
  return [
    create.replace(`CREATE TABLE "${table}"`, `CREATE TABLE "new_${table}"`),
    `INSERT INTO "new_${table}" (${columns}) SELECT ${columns} FROM "${table}"`,
    `DROP TABLE "${table}"`,
    `ALTER TABLE "new_${table}" RENAME TO "${table}"`,
    ...indexes.map(([, sql = '']) => sql),
  ]
    .map((statement) => `${statement};\n`)
    .join('')
}

interface PostgresqlPlan {
  change: string
  whole: string
  checks: readonly Check[]
}

async function planPostgresql(scratch: Scratch, { change, whole, checks }: PostgresqlPlan): Promise<string> {
  await scratch.modelled.executeScript(whole)
  await scratch.modelled.executeScript(checks.map(addCheck).join(''))
  if (change !== '') await scratch.migrated.executeScript(change)
  // PostgreSQL rewrites a condition when it stores it, so both sides are compared in PostgreSQL's own form.
  const constraints = `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'`
  const keyOf = (row: string[]) => row.join('\n')
  const present = await rowsOf(scratch.migrated, constraints)
  const wanted = await rowsOf(scratch.modelled, constraints)
  const presentKeys = new Set(present.map(keyOf))
  const wantedKeys = new Set(wanted.map(keyOf))
  const drops = present
    .filter((row) => !wantedKeys.has(keyOf(row)))
    .map(([table = '', name = '']) => `ALTER TABLE ${table} DROP CONSTRAINT "${name}";\n`)
  const missing = new Set(wanted.filter((row) => !presentKeys.has(keyOf(row))).map(([, name = '']) => name))
  const adds = checks.filter(({ name }) => missing.has(name)).map(addCheck)
  const checkChanges = [...drops, ...adds].join('')
  return [change, checkChanges === '' ? '' : `-- Checks\n${checkChanges}`].filter((part) => part !== '').join('\n')
}

function addCheck(check: Check): string {
  return `ALTER TABLE "${check.table}" ADD ${renderCheck(check)};\n`
}
