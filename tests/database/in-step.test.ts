import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { derivePostgresqlSchema } from '@/scripts/migration/derive-schema'
import { openPostgresqlScratch, openSqliteScratch, planMigration } from '@/scripts/migration/plan'
import { makeDatabase } from '../setup/databases'
import { readMigrations } from '../../lib/server/db/migrate'

const remedy = 'run `npm run migration -- <name>`'

test('the PostgreSQL schema is derived from the SQLite one', () => {
  const derived = derivePostgresqlSchema(readFileSync('prisma/schema.prisma', 'utf8'))
  expect(readFileSync('prisma/postgresql/schema.prisma', 'utf8'), remedy).toBe(derived)
})

test('the SQLite migrations lead to the models and checks', async () => {
  expect(await planMigration(await openSqliteScratch()), remedy).toBe('')
})

test('the PostgreSQL migrations lead to the models and checks', async () => {
  const migrated = await makeDatabase('postgresql', 'empty')
  const modelled = await makeDatabase('postgresql', 'empty')
  if (migrated.location.engine !== 'postgresql' || modelled.location.engine !== 'postgresql')
    throw new Error('Not PostgreSQL.')
  const scratch = await openPostgresqlScratch({ migrated: migrated.location.url, modelled: modelled.location.url })
  expect(await planMigration(scratch), remedy).toBe('')
  await migrated.remove()
  await modelled.remove()
})

test('both histories have the same migrations', () => {
  const namesOf = (engine: 'sqlite' | 'postgresql') =>
    readMigrations(engine).migrationDirectories.map(({ path }) => path)
  expect(namesOf('postgresql')).toEqual(namesOf('sqlite'))
})
