/**
 * What happens before the server listens: settings are checked and the database is brought up to date. scripts/ runs this as a process of its own, so
 * that the server never loads the migration engine, and gets the answer as a message.
 */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { publicUrl } from '@/lib/server/auth/public-url'
import { configuredLocation, openDatabase, useDatabase } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { settings, SettingsError } from '@/lib/server/env'
import { createSetupLink } from '@/lib/server/setup/mutations'
import { explainFailure } from './explain-failure'

/** What the starting script is told. */
export interface Prepared {
  host: string
  port: number
  /** Where people reach the server. */
  address: string
  /** No user and no workspace yet. */
  isEmpty: boolean
  /** For the first owner of a production database without users. */
  setupLink: string | null
}

async function prepare(mode: string): Promise<Prepared> {
  const { HOST, PORT, DATABASE_URL, AUTH_SECRET, dataDir } = settings()
  if (mode === 'production' && DATABASE_URL !== undefined && AUTH_SECRET === undefined) {
    throw new SettingsError(
      'Wrong settings: AUTH_SECRET is needed with DATABASE_URL, so that all instances share it; make one with: openssl rand -base64 48.',
    )
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  accessSync(dataDir, constants.W_OK)
  const location = configuredLocation()
  const { applied, backup } = await migrateDatabase(location, { at: new Date() })
  if (backup !== null) console.log(`Copied the database to ${backup} before the upgrade.`)
  if (applied.length > 0) console.log(`Brought the database up to date (${applied.join(', ')}).`)
  const database = await openDatabase(location)
  useDatabase(database)
  try {
    const isEmpty = (await database.read.user.count()) === 0 && (await database.read.workspace.count()) === 0
    const setupLink = mode === 'production' ? await createSetupLink() : null
    return { host: HOST, port: PORT, address: publicUrl('/'), isEmpty, setupLink }
  } finally {
    await database.close()
  }
}

try {
  const prepared = await prepare(process.argv[2] ?? '')
  process.send?.(prepared)
} catch (error) {
  console.error(explainFailure(error) ?? error)
  process.exitCode = 1
} finally {
  if (process.connected) process.disconnect()
}
