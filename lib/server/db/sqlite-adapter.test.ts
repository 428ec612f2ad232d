import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PrismaClient } from './generated/sqlite/client'
import { DurableSqliteAdapter } from './sqlite-adapter'

let folder = ''
let client: PrismaClient

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sourcemark-adapter-'))
  client = new PrismaClient({ adapter: new DurableSqliteAdapter({ url: `file:${join(folder, 'words.db')}` }) })
  await client.$executeRaw`CREATE TABLE words (word TEXT)`
})

afterEach(async () => {
  await client.$disconnect()
  rmSync(folder, { recursive: true, force: true })
})

async function words(): Promise<string[]> {
  const rows = await client.$queryRaw<{ word: string }[]>`SELECT word FROM words`
  return rows.map(({ word }) => word)
}

it('lets no statement join a transaction that it is no part of', async () => {
  let goOn = (): void => undefined
  const signal = new Promise<void>((resolve) => (goOn = resolve))
  const undone = client.$transaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO words VALUES ('undone')`
    await signal
    throw new Error('undone')
  })
  const beside = client.$executeRaw`INSERT INTO words VALUES ('kept')`
  goOn()
  await expect(undone).rejects.toThrow('undone')
  await beside
  expect(await words()).toEqual(['kept'])
})

it('goes on after a transaction that could not begin', async () => {
  await client.$queryRaw`PRAGMA busy_timeout=10`
  const other = new Sqlite(join(folder, 'words.db'))
  other.exec('BEGIN IMMEDIATE')
  const insert = () =>
    client.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO words VALUES ('after')`
    })
  await expect(insert()).rejects.toThrow()
  other.exec('ROLLBACK')
  other.close()
  await insert()
  expect(await words()).toEqual(['after'])
})
