import type { Database } from '../client'
import type { AtOnce } from './columns'
import { insertIntoPostgresql } from './postgresql'
import { insertIntoSqlite } from './sqlite'

/**
 * Inserts marks and their events with one statement, which is a transaction of its own: one call of the database in place of five. All of it is
 * stored, or nothing.
 * @returns false when nothing was stored: some row was not new, an assignment is not open, or anything else failed. The ordinary way tells which.
 */
export async function insertAtOnce({ location, write }: Database, given: AtOnce): Promise<boolean> {
  try {
    if (location.engine === 'postgresql') await insertIntoPostgresql(write, given)
    else await insertIntoSqlite(write, given)
    return true
  } catch {
    return false
  }
}
