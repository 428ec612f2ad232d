import Sqlite from 'better-sqlite3'
import { Client } from 'pg'
import type { DatabaseLocation } from '@/lib/server/db/client'
import { makeId } from '@/tests/setup/factories'
import { spanOf, type Scene } from './scene'
import type { Measured } from './measure'
import { measureWriters } from './measure'

const columns = [
  'id',
  'workspaceId',
  'revisionId',
  'authorId',
  'start',
  'end',
  'exact',
  'rating',
  'note',
  'createdAt',
  'updatedAt',
]
const names = columns.map((column) => `"${column}"`).join(',')

function valuesOf(scene: Scene, number: number): unknown[] {
  const { start, end } = spanOf(scene.text, number)
  const now = new Date().toISOString()
  return [
    makeId(),
    scene.workspaceId,
    scene.revisionId,
    scene.memberId,
    start,
    end,
    scene.text.slice(start, end),
    'unsourced',
    'No record is named.',
    now,
    now,
  ]
}

/**
 * The same database without the application: one annotation row per insert, each in a transaction of its own that is on disk when the insert returns.
 * SQLite runs them one after another on one connection, PostgreSQL on one connection per writer.
 */
export async function measureRaw(
  location: DatabaseLocation,
  { scene, writers, duration }: { scene: Scene; writers: number; duration: number },
): Promise<Measured> {
  if (location.engine === 'sqlite') {
    const database = new Sqlite(location.file)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    const insert = database.prepare(`INSERT INTO "Annotation" (${names}) VALUES (${columns.map(() => '?').join(',')})`)
    const measured = await measureWriters({
      writers: 1,
      duration,
      write: (number) => {
        insert.run(valuesOf(scene, number))
        return Promise.resolve(true)
      },
    })
    database.close()
    return measured
  }
  const clients = Array.from({ length: writers }, () => new Client({ connectionString: location.url }))
  await Promise.all(clients.map((client) => client.connect()))
  const text = `INSERT INTO "Annotation" (${names}) VALUES (${columns.map((_, place) => `$${String(place + 1)}`).join(',')})`
  const measured = await measureWriters({
    writers,
    duration,
    write: async (number, writer) => {
      await clients[writer]?.query({ name: 'insert', text, values: valuesOf(scene, number) })
      return true
    },
  })
  await Promise.all(clients.map((client) => client.end()))
  return measured
}
