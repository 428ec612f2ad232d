/**
 * Prepares the start of the server: checks the settings and migrates the database. scripts/ runs this in a process of its own, so that the server
 * never loads the migration engine, and receives the result as a message.
 */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { configuredLocation, openDatabase, useDatabase, type DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase, UnusableDatabaseError } from '@/lib/server/db/migrate'
import { describeServer, takeServerLock } from '@/lib/server/db/server-lock'
import { settings, SettingsError, publicUrl } from '@/lib/server/env'
import { createSetupLink } from '@/lib/server/setup/mutations'
import { explainFailure } from './explain-failure'

/** The message to the starting script. */
export interface Prepared {
  host: string
  port: number
  /** The address at which people reach the server. */
  address: string
  /** Whether there is no user and no workspace yet. */
  isEmpty: boolean
  /** The address at which the first owner of an empty production database signs up; null otherwise. */
  setupLink: string | null
}

/**
 * Locks the SQLite file for the script that started this process, which is going to serve it. Caches, live events and limits exist once per process,
 * so two servers must not share the file.
 */
async function refuseSecondServer(location: DatabaseLocation): Promise<void> {
  const other = await takeServerLock(location, process.ppid)
  if (other === null) return
  const says = `Another server works on this database already (${describeServer(other)}).`
  if (settings().ALLOW_SECOND_SERVER === 'no')
    throw new UnusableDatabaseError(
      `${says} Two servers on one SQLite file would not tell each other what changed. Stop the other one, use PostgreSQL for several, or set ALLOW_SECOND_SERVER=yes if you know what you do.`,
    )
  console.warn(`${says} This one starts beside it, because ALLOW_SECOND_SERVER is set.`)
}

/** Warns about settings that are meant for tests and unsafe elsewhere. */
function warnOfTestSettings(): void {
  if (settings().FETCH_LOOPBACK === 'no') return
  console.warn(
    'FETCH_LOOPBACK is set, so anyone who may import can read what else answers on this machine. Take it out unless this is a test.',
  )
}

async function prepare(mode: string): Promise<Prepared> {
  warnOfTestSettings()
  const { HOST, PORT, DATABASE_URL, AUTH_SECRET, dataDir } = settings()
  if (mode === 'production' && DATABASE_URL !== undefined && AUTH_SECRET === undefined) {
    throw new SettingsError(
      'Wrong settings: AUTH_SECRET is needed with DATABASE_URL, so that all instances share it; make one with: openssl rand -base64 48.',
    )
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  accessSync(dataDir, constants.W_OK)
  const location = configuredLocation()
  await refuseSecondServer(location)
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
