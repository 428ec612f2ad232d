import { expect, it } from 'vitest'
import { nameStatements } from './client'

it('names a statement from its third use on, always alike, and no two alike', () => {
  const nameOf = nameStatements()
  const use = (sql: string) => nameOf({ sql })
  expect([use('SELECT 1'), use('SELECT 1')]).toEqual(['', ''])
  const first = use('SELECT 1')
  expect(first).not.toBe('')
  for (let time = 0; time < 2; time++) use('SELECT 2')
  expect(use('SELECT 2')).not.toBe(first)
  expect(use('SELECT 1')).toBe(first)
})

it('names no more than a connection should keep, and nothing very long', () => {
  const nameOf = nameStatements()
  const names = Array.from({ length: 2_000 }, (_, number) => {
    const sql = `SELECT ${String(number % 500)}`
    return nameOf({ sql })
  })
  expect(new Set(names.filter((name) => name !== '')).size).toBe(300)
  const long = `SELECT '${'x'.repeat(9_000)}'`
  expect(Array.from({ length: 5 }, () => nameOf({ sql: long }))).toEqual(['', '', '', '', ''])
})

it('forgets what was used once long ago', () => {
  const nameOf = nameStatements()
  const rare = { sql: 'SELECT 0' }
  for (let round = 0; round < 5; round++) {
    expect(nameOf(rare)).toBe('')
    for (let other = 0; other < 1_000; other++) nameOf({ sql: `SELECT ${String(round)} + ${String(other)} + 1` })
  }
})
