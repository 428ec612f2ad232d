import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, inject } from 'vitest'
import { openDatabase, useDatabase, type Database, type DatabaseLocation } from '@/lib/server/db/client'
import type { DatabaseEngine } from '@/lib/server/db/migration-files'

/** What a test of `describeOnBothDatabases` may ask for; valid inside tests and hooks, not while they are being collected. */
export interface DatabaseContext {
  engine: DatabaseEngine
  /** The fresh database of the running test; the code under test uses the same one. */
  readonly database: Database
}

/** An empty database, migrated or not, that goes away when its test ends. */
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

/** Runs the tests of `body` once on SQLite and once on PostgreSQL, each test with a database of its own. */
export function describeOnBothDatabases(name: string, body: (context: DatabaseContext) => void): void {
  describe.each(['sqlite', 'postgresql'] as const)(`${name} on %s`, (engine) => {
    let temporary: TemporaryDatabase | null = null
    let opened: Database | null = null

    beforeEach(async () => {
      temporary = await makeDatabase(engine)
      opened = await openDatabase(temporary.location)
      useDatabase(opened)
    })
    afterEach(async () => {
      await opened?.close()
      await temporary?.remove()
      opened = null
      temporary = null
    })

    body({
      engine,
      get database() {
        if (opened === null) throw new Error('The database exists only inside tests and their hooks.')
        return opened
      },
    })
  })
}
