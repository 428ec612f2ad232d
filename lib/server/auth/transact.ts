import { database, type Transaction } from '../db/client'

/**
 * Runs a change that belongs to no workspace (links, ended sessions) in a transaction of its own. SQLite has one connection for writes, on
 * which a statement outside a transaction would join whichever one is open, and share its fate.
 */
export async function transact<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
  const { write } = await database()
  return write.$transaction(body, { maxWait: 60_000, timeout: 60_000 })
}
