import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from './client'
import { copySqlite, migrateDatabase } from './migrate'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sourcemark-modes-'))
  chmodSync(folder, 0o755)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const modeOf = (...parts: string[]) => (statSync(join(folder, ...parts)).mode & 0o777).toString(8)

it('keeps the database, its journals and its backups from other users, also in a folder that was there before', async () => {
  const file = join(folder, 'sourcemark.db')
  mkdirSync(join(folder, 'backups'), { mode: 0o755 })
  writeFileSync(join(folder, 'backups', 'old.db'), '', { mode: 0o644 })
  await migrateDatabase({ engine: 'sqlite', file }, { at: new Date() })
  const database = await openDatabase({ engine: 'sqlite', file })
  await database.write.setupLink.count()
  const found = ['sourcemark.db', 'sourcemark.db-wal', 'sourcemark.db-shm'].map((name) => modeOf(name))
  expect([modeOf(), ...found, modeOf('backups'), modeOf('backups', 'old.db')]).toEqual([
    '700',
    '600',
    '600',
    '600',
    '700',
    '600',
  ])
  await database.close()
  await copySqlite(file, join(folder, 'copy.db'))
  expect(modeOf('copy.db')).toBe('600')
  await expect(copySqlite(file, join(folder, 'copy.db'))).rejects.toThrow(/EEXIST/)
})

it('mends files that a version before left open, and leaves a folder with other things in it', async () => {
  const file = join(folder, 'sourcemark.db')
  await migrateDatabase({ engine: 'sqlite', file }, { at: new Date() })
  chmodSync(file, 0o644)
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'notes.txt'), '')
  await migrateDatabase({ engine: 'sqlite', file }, { at: new Date() })
  expect([modeOf(), modeOf('sourcemark.db')]).toEqual(['755', '600'])
})
