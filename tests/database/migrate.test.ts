import { fork } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabaseLocation } from '@/lib/server/db/client'
import {
  migrateDatabase,
  UnusableDatabaseError,
  migrationFolder,
  readMigrations,
  type DatabaseEngine,
} from '@/lib/server/db/migrate'
import { makeDatabase, type TemporaryDatabase } from '../setup/databases'

const at = new Date('2026-03-04T05:06:07Z')

/** A copy of the project's migrations with one more, as a later version would have. */
function makeLaterVersion(engine: DatabaseEngine, sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-later-'))
  cpSync(migrationFolder(engine), join(folder, migrationFolder(engine)), { recursive: true })
  const added = join(folder, migrationFolder(engine), '29990101000000_later')
  mkdirSync(added)
  writeFileSync(join(added, 'migration.sql'), sql)
  return folder
}

async function namesOf(location: DatabaseLocation): Promise<string[]> {
  const database = await openDatabase(location)
  try {
    const rows = await database.read.workspace.findMany({ select: { name: true } })
    return rows.map(({ name }) => name)
  } finally {
    await database.close()
  }
}

async function addWorkspace(location: DatabaseLocation, name: string): Promise<void> {
  const database = await openDatabase(location)
  await database.write.workspace.create({ data: { id: name, name, createdAt: at, updatedAt: at } })
  await database.close()
}

describe.each(['sqlite', 'postgresql'] as const)('migrating %s', (engine) => {
  let temporary: TemporaryDatabase
  let later: string | null = null
  const known = () => readMigrations(engine).migrationDirectories.map(({ path }) => path)

  beforeEach(async () => {
    temporary = await makeDatabase(engine, 'empty')
  })
  afterEach(async () => {
    await temporary.remove()
    if (later !== null) rmSync(later, { recursive: true })
    later = null
  })

  test('an empty database gets every migration, and a second start finds nothing to do', async () => {
    expect(await migrateDatabase(temporary.location, { at })).toEqual({ applied: known(), backup: null })
    expect(await migrateDatabase(temporary.location, { at })).toEqual({ applied: [], backup: null })
    expect(await namesOf(temporary.location)).toEqual([])
  })

  test('processes that start at once migrate once', async () => {
    const script = join(import.meta.dirname, 'start-process.ts')
    const start = () =>
      new Promise<string[]>((resolve, reject) => {
        const child = fork(script, [JSON.stringify(temporary.location)], { execArgv: ['--import', 'tsx'] })
        child.once('message', (applied) => {
          resolve(applied as string[])
        })
        child.once('exit', (code) => {
          if (code !== 0) reject(new Error(`A start ended with ${String(code)}.`))
        })
      })
    const results = await Promise.all([start(), start(), start(), start()])
    expect(results.filter(({ length }) => length > 0)).toEqual([known()])
  })

  test('a database of a newer version is refused and left as it is', async () => {
    later = makeLaterVersion(engine, 'CREATE TABLE "Later" ("id" INTEGER PRIMARY KEY);')
    await migrateDatabase(temporary.location, { at, projectFolder: later })
    const refused = migrateDatabase(temporary.location, { at })
    await expect(refused).rejects.toThrow(UnusableDatabaseError)
    await expect(refused).rejects.toThrow('newer version of Sourcemark (it has 29990101000000_later)')
  })

  test('a migration that fails leaves nothing behind', async () => {
    await migrateDatabase(temporary.location, { at })
    await addWorkspace(temporary.location, 'kept')
    later = makeLaterVersion(
      engine,
      'DELETE FROM "Workspace"; CREATE TABLE "Half" ("id" INTEGER); SELECT * FROM "Missing";',
    )
    await expect(migrateDatabase(temporary.location, { at, projectFolder: later })).rejects.toThrow()
    expect(await namesOf(temporary.location)).toEqual(['kept'])
    expect(await migrateDatabase(temporary.location, { at })).toEqual({ applied: [], backup: null })
  })

  test('a database of another program is refused', async () => {
    const database = await openDatabase(temporary.location)
    await database.write.$executeRawUnsafe('CREATE TABLE "recipes" ("id" INTEGER PRIMARY KEY)')
    await database.close()
    await expect(migrateDatabase(temporary.location, { at })).rejects.toThrow('tables of another program (recipes)')
  })
})

test('an SQLite file with data is copied before it is changed', async () => {
  const temporary = await makeDatabase('sqlite')
  const later = makeLaterVersion('sqlite', 'DELETE FROM "Workspace";')
  await addWorkspace(temporary.location, 'before')
  const { backup } = await migrateDatabase(temporary.location, { at, projectFolder: later })
  if (backup === null) throw new Error('No backup was made.')
  expect(readdirSync(dirname(backup))).toEqual(['20260304T050607-before-29990101000000_later.db'])
  expect(await namesOf(temporary.location)).toEqual([])
  expect(await namesOf({ engine: 'sqlite', file: backup })).toEqual(['before'])
  rmSync(later, { recursive: true })
  await temporary.remove()
})
