import { mkdirSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrationFolder, type DatabaseEngine } from '../../lib/server/db/migrate'
import { startPostgresqlCluster } from '@/tests/setup/postgresql-cluster'
import { writePostgresqlSchema } from './derive-schema'
import { openPostgresqlScratch, openSqliteScratch, planMigration } from './plan'

const name = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Name the migration in lower case, for example: npm run migration -- add_due_date')
  process.exit(1)
}

writePostgresqlSchema()
for (const engine of ['sqlite', 'postgresql'] as const) {
  const lock = join(migrationFolder(engine), 'migration_lock.toml')
  mkdirSync(migrationFolder(engine), { recursive: true })
  if (!existsSync(lock)) writeFileSync(lock, `# Which database these migrations are for.\nprovider = "${engine}"\n`)
}

async function planPostgresql(): Promise<string> {
  const cluster = await startPostgresqlCluster()
  try {
    const client = new Client({ connectionString: cluster.urlOf('postgres') })
    await client.connect()
    await client.query('CREATE DATABASE migrated')
    await client.query('CREATE DATABASE modelled')
    await client.end()
    return await planMigration(
      await openPostgresqlScratch({ migrated: cluster.urlOf('migrated'), modelled: cluster.urlOf('modelled') }),
    )
  } finally {
    await cluster.stop()
  }
}

const plans: [DatabaseEngine, string][] = [
  ['sqlite', await planMigration(await openSqliteScratch())],
  ['postgresql', await planPostgresql()],
]
if (plans.every(([, sql]) => sql === '')) {
  console.log('Nothing to do: the migrations already lead to the models.')
} else {
  const moment = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  for (const [engine, sql] of plans) {
    // Both histories use the same names, so the state of a database reads the same on either engine.
    const folder = join(migrationFolder(engine), `${moment}_${name}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'migration.sql'), sql === '' ? '-- Nothing to change on this engine.\n' : sql)
    console.log(`Made ${folder}/migration.sql`)
  }
}
