import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase, type Database, type DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase, migrationFolder, type DatabaseEngine } from '@/lib/server/db/migrate'
import { makeDatabase } from '../setup/databases'
import { createWorkspace, factoryTime, makeId } from '../setup/factories'
import { createEarlierWorld } from './world'

const migration = '20261129123000_ids_per_workspace'

/** The project's migrations before the one that made ids unique within their workspace, with or without that one. */
function makeEarlierVersion(engine: DatabaseEngine, { isIncluded }: { isIncluded: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-earlier-'))
  const target = join(folder, migrationFolder(engine))
  cpSync(migrationFolder(engine), target, { recursive: true })
  for (const name of readdirSync(target))
    if ((isIncluded ? name > migration : name >= migration) && /^\d/.test(name))
      rmSync(join(target, name), { recursive: true })
  return folder
}

async function withDatabase<T>(location: DatabaseLocation, body: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(location)
  try {
    return await body(database)
  } finally {
    await database.close()
  }
}

/** Every row of every table, by table. */
async function allRows({ read, location }: Database): Promise<Record<string, unknown[]>> {
  const tables = await read.$queryRawUnsafe<{ name: string }[]>(
    location.engine === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'`
      : `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`,
  )
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const rows = await read.$queryRawUnsafe<Record<string, unknown>[]>(`SELECT * FROM "${name}"`)
    found[name] = rows
      .map((row) => JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1))))
      .sort()
  }
  return found
}

test.each(['sqlite', 'postgresql'] as const)(
  '%s keeps every row when ids become unique within their workspace',
  async (engine) => {
    const temporary = await makeDatabase(engine, 'empty')
    const earlier = makeEarlierVersion(engine, { isIncluded: false })
    const then = makeEarlierVersion(engine, { isIncluded: true })
    try {
      await migrateDatabase(temporary.location, { at: factoryTime, projectFolder: earlier })
      const before = await withDatabase(temporary.location, async (database) => {
        const { workspaceId, author, document } = await createEarlierWorld(database)
        // As reports were at that time: today's client has other columns.
        await database.write.$executeRawUnsafe(
          `INSERT INTO "Report" ("id", "workspaceId", "sourceId", "number", "methodVersion", "sha256", "body", "createdById", "createdAt")
          VALUES ('${makeId()}', '${workspaceId}', '${document.sourceId}', 1, '1', '${'0'.repeat(64)}', '{}', '${author.memberId}', '2026-01-02T03:04:05.678+00:00')`,
        )
        return allRows(database)
      })
      const { applied } = await migrateDatabase(temporary.location, { at: factoryTime, projectFolder: then })
      expect(applied).toEqual([migration])
      await withDatabase(temporary.location, async (database) => {
        const after = await allRows(database)
        expect(Object.values(after).every((rows) => rows.length > 0)).toBe(true)
        expect(after).toEqual(before)
        const { id } = await database.read.source.findFirstOrThrow({ select: { id: true } })
        const { id: workspaceId } = await createWorkspace(database)
        const stamps = { createdAt: factoryTime, updatedAt: factoryTime }
        await database.write.source.create({ data: { id, workspaceId, name: 'Another', ...stamps } })
        expect(await database.read.source.count({ where: { id } })).toBe(2)
        await expect(
          database.write.source.create({ data: { id, workspaceId, name: 'Again', ...stamps } }),
        ).rejects.toThrow()
      })
    } finally {
      for (const folder of [earlier, then]) rmSync(folder, { recursive: true })
      await temporary.remove()
    }
  },
)
