/** Inserts millions of rows without the application: each is a copy, with other values, of a row that the application stored. */
import Database from 'better-sqlite3'
import { Client } from 'pg'
import type { DatabaseLocation } from '@/lib/server/db/client'

/** A row as the database stores it, by column. */
export type Row = Record<string, unknown>

/** Access to the tables of a database, for adding rows like the first one of each. */
export interface Tables {
  /** The first row of a table. */
  first: (table: string) => Promise<Row>
  /** Inserts rows, all with the same columns. */
  add: (table: string, rows: Iterable<Row>) => Promise<void>
  /** Runs a statement. @returns its rows. */
  run: (sql: string) => Promise<Row[]>
  close: () => Promise<void>
}

function openSqlite(file: string): Tables {
  const database = new Database(file)
  database.pragma('foreign_keys = OFF')
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -400000')
  return {
    first: (table) => Promise.resolve(database.prepare(`SELECT * FROM "${table}" LIMIT 1`).get() as Row),
    add: (table, rows) => {
      let insert: Database.Statement | undefined
      database.transaction(() => {
        for (const row of rows) {
          const names = Object.keys(row)
          insert ??= database.prepare(
            `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`,
          )
          insert.run(Object.values(row))
        }
      })()
      return Promise.resolve()
    },
    run: (sql) => {
      const statement = database.prepare(sql)
      if (statement.reader) return Promise.resolve(statement.all() as Row[])
      statement.run()
      return Promise.resolve([])
    },
    close: () => {
      database.close()
      return Promise.resolve()
    },
  }
}

/** The number of rows per statement. */
const batch = 2_000

async function openPostgresql(url: string): Promise<Tables> {
  const client = new Client({ connectionString: url })
  await client.connect()
  // Triggers check foreign keys: millions of checks would prove nothing here.
  await client.query('SET session_replication_role = replica')
  const store = (table: string, rows: Row[]) =>
    client.query(`INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`, [
      JSON.stringify(rows),
    ])
  return {
    first: async (table) => {
      const { rows } = await client.query<{ row: Row }>(`SELECT row_to_json(t) AS row FROM "${table}" t LIMIT 1`)
      const [found] = rows
      if (found === undefined) throw new Error(`${table} is empty.`)
      return found.row
    },
    add: async (table, rows) => {
      let some: Row[] = []
      for (const row of rows) {
        some.push(row)
        if (some.length < batch) continue
        await store(table, some)
        some = []
      }
      if (some.length > 0) await store(table, some)
    },
    run: async (sql) => (await client.query<Row>(sql)).rows,
    close: () => client.end(),
  }
}

/** Opens a database of the application for bulk inserts. */
export async function openTables(location: DatabaseLocation): Promise<Tables> {
  return location.engine === 'sqlite' ? openSqlite(location.file) : openPostgresql(location.url)
}
