import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { startPostgresqlCluster } from './postgresql-cluster'

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated and empty templates: an SQLite file to copy, and a PostgreSQL database to copy. */
    templates: { sqliteFile: string; postgresqlAdminUrl: string; postgresqlTemplate: string }
  }
}

/** Migrates one database of each engine, once a run. Every test gets a copy. */
export default async function prepareDatabases(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-tests-'))
  const sqliteFile = join(folder, 'template.db')
  const cluster = await startPostgresqlCluster()
  const stop = async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const at = new Date()
    await migrateDatabase({ engine: 'sqlite', file: sqliteFile }, { at })
    const postgresqlAdminUrl = cluster.urlOf('postgres')
    const admin = new Client({ connectionString: postgresqlAdminUrl })
    await admin.connect()
    await admin.query('CREATE DATABASE template_migrated')
    await admin.end()
    await migrateDatabase({ engine: 'postgresql', url: cluster.urlOf('template_migrated') }, { at })
    project.provide('templates', { sqliteFile, postgresqlAdminUrl, postgresqlTemplate: 'template_migrated' })
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
