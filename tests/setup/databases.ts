import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Client } from 'pg'
import { afterAll, beforeEach, describe, inject } from 'vitest'
import { openDatabase, useDatabase, type Database, type DatabaseLocation } from '@/lib/server/db/client'
import type { DatabaseEngine } from '../../lib/server/db/migrate'

/** The tools of a `describeOnBothDatabases` test; valid inside tests and hooks, not during collection. */
export interface DatabaseContext {
  engine: DatabaseEngine
  /** The fresh database of the running test. The code under test uses the same one. */
  readonly database: Database
}

/** An empty database, migrated or not, that is removed when its test ends. */
export interface TemporaryDatabase {
  location: DatabaseLocation
  remove(): Promise<void>
}

/** Makes a database for one test: a copy of the migrated template, or (`empty`) one without tables. */
export async function makeDatabase(
  engine: DatabaseEngine,
  content: 'migrated' | 'empty' = 'migrated',
): Promise<TemporaryDatabase> {
  const { sqliteFile, postgresqlAdminUrl, postgresqlTemplate } = inject('templates')
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'sourcemark-test-'))
    const file = join(folder, 'sourcemark.db')
    if (content === 'migrated') copyFileSync(sqliteFile, file)
    return {
      location: { engine, file },
      remove: () => {
        rmSync(folder, { recursive: true, force: true })
        return Promise.resolve()
      },
    }
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = content === 'migrated' ? postgresqlTemplate : 'template1'
  await askPostgresql(postgresqlAdminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`)
  return {
    location: { engine, url: postgresqlAdminUrl.replace(/\/postgres$/, `/${name}`) },
    remove: () => askPostgresql(postgresqlAdminUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function askPostgresql(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Empties every table of a migrated database, but for the migrations' own. Far quicker than making another database. */
async function emptyDatabase(location: DatabaseLocation): Promise<void> {
  if (location.engine === 'sqlite') {
    const connection = new Sqlite(location.file)
    connection.exec('PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF')
    const tables = connection
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_prisma%' ESCAPE '\\' AND name <> 'sqlite_stat1'`,
      )
      .all()
    // Triggers on some tables refuse to delete a row.
    const triggers = connection
      .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
      .all()
    connection.exec(
      [
        'BEGIN',
        ...triggers.map(({ name }) => `DROP TRIGGER "${name}"`),
        ...tables.map(({ name }) => `DELETE FROM "${name}"`),
        ...triggers.map(({ sql }) => sql),
        'COMMIT',
      ].join(';'),
    )
    connection.close()
    return
  }
  await askPostgresql(
    location.url,
    `SET session_replication_role = replica;
    DO $$
    DECLARE made record;
    BEGIN
      FOR made IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%'
        LOOP EXECUTE format('DELETE FROM %I', made.tablename); END LOOP;
      FOR made IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
        LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', made.sequencename); END LOOP;
    END $$`,
  )
}

/** Runs the tests in `body` once on SQLite and once on PostgreSQL, each with an empty database. */
export function describeOnBothDatabases(name: string, body: (context: DatabaseContext) => void): void {
  describe.each(['sqlite', 'postgresql'] as const)(`${name} on %s`, (engine) => {
    let temporary: TemporaryDatabase | null = null
    let opened: Database | null = null
    let current: Database | null = null

    beforeEach(async () => {
      if (temporary === null) temporary = await makeDatabase(engine)
      else await emptyDatabase(temporary.location)
      const held = (opened ??= await openDatabase(temporary.location))
      // The code under test keeps a write queue and live feeds for each database. They must not reach the next test.
      current = {
        ...held,
        close: async () => {
          opened = null
          await held.close()
        },
      }
      useDatabase(current)
    })
    afterAll(async () => {
      await opened?.close()
      await temporary?.remove()
    })

    body({
      engine,
      get database() {
        if (current === null) throw new Error('The database exists only inside tests and their hooks.')
        return current
      },
    })
  })
}
