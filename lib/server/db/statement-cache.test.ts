import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { keepStatements } from './sqlite-adapter'

interface Bound {
  reader: boolean
  bind(values: unknown[]): Bound
  run(): unknown
  raw(): { all(): unknown[] }
  columns(): { name: string }[]
}

function open() {
  const database = new Sqlite(':memory:')
  const prepared: string[] = []
  const prepare = keepStatements((sql) => {
    prepared.push(sql)
    return database.prepare(sql)
  }) as (sql: string) => Bound
  return { database, prepared, prepare }
}

it('prepares a statement once, regardless of its values', () => {
  const { prepare, prepared } = open()
  prepare('CREATE TABLE words (word TEXT)').bind([]).run()
  for (const word of ['pier', 'lamp', 'pier']) prepare('INSERT INTO words VALUES (?)').bind([word]).run()
  const select = 'SELECT word FROM words WHERE word = ?'
  expect(prepare(select).bind(['pier']).raw().all()).toEqual([['pier'], ['pier']])
  expect(prepare(select).bind(['lamp']).raw().all()).toEqual([['lamp']])
  expect(prepared).toHaveLength(3)
})

it('answers by the tables as they are, also when those change', () => {
  const { prepare, database } = open()
  database.exec("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('pier')")
  const select = 'SELECT * FROM words'
  expect(prepare(select).bind([]).raw().all()).toEqual([['pier']])
  database.exec('ALTER TABLE words ADD COLUMN length INTEGER DEFAULT 4')
  const again = prepare(select).bind([])
  expect(again.raw().all()).toEqual([['pier', 4]])
  expect(again.columns().map(({ name }) => name)).toEqual(['word', 'length'])
})

it('goes on after a statement that failed', () => {
  const { prepare, database } = open()
  database.exec('CREATE TABLE words (word TEXT UNIQUE)')
  const insert = () => prepare('INSERT INTO words VALUES (?)').bind(['pier']).run()
  insert()
  expect(insert).toThrow('UNIQUE')
  prepare('DELETE FROM words').bind([]).run()
  insert()
  expect(prepare('SELECT word FROM words').bind([]).raw().all()).toEqual([['pier']])
})

it('forgets the statements that were not asked for longest, and never keeps endless ones', () => {
  const { prepare, prepared } = open()
  for (let number = 0; number < 301; number += 1) prepare(`SELECT ${String(number)}`)
  prepare('SELECT 300')
  prepare('SELECT 0')
  expect(prepared).toHaveLength(302)
  const long = `SELECT 1 -- ${'x'.repeat(5_000)}`
  prepare(long)
  prepare(long)
  expect(prepared).toHaveLength(304)
})
