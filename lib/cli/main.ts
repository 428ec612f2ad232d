/** The command line: parses arguments and calls lib/server. Each command says in one line what it did or why it failed. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { version } from '@/package.json'
import { closeDatabase, configuredLocation } from '@/lib/server/db/client'
import { copySqlite, migrateDatabase, UnusableDatabaseError } from '@/lib/server/db/migrate'
import { describeServer, runningServer } from '@/lib/server/db/server-lock'
import { callerFolder } from '@/lib/server/env'
import { createPasswordResetLink } from '@/lib/server/me/password-resets'
import { createSetupLink } from '@/lib/server/setup/mutations'
import { explainFailure } from './explain-failure'
import { registerAnnotations } from './annotations'
import { registerImport } from './import'
import { registerReport } from './report'

const program = new Command('sourcemark').description('Manage a Sourcemark installation.').version(version)

program
  .command('migrate')
  .description('bring the database up to date')
  .action(async () => {
    const location = configuredLocation()
    const server = runningServer(location)
    if (server !== null)
      throw new UnusableDatabaseError(
        `A server works on this database (${describeServer(server)}). Stop it first: its queries are those of the schema it started with.`,
      )
    const { applied, backup } = await migrateDatabase(location, { at: new Date() })
    if (backup !== null) console.log(`Copied the database to ${backup}.`)
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
  })

program
  .command('setup-link')
  .description('print a one-time link for the first owner')
  .action(async () => {
    const link = await createSetupLink()
    if (link === null)
      throw new UnusableDatabaseError('There are accounts already: sign in, or ask an owner for an invitation.')
    console.log(link)
  })

program
  .command('backup')
  .description('copy the SQLite database to a file, also while the server runs')
  .argument('<file>', 'the copy, which must not exist yet')
  .action(async (file: string) => {
    const location = configuredLocation()
    if (location.engine === 'postgresql') {
      throw new UnusableDatabaseError(
        'PostgreSQL has its own tool for this: pg_dump "$DATABASE_URL" --format=custom --file=<file>',
      )
    }
    const target = resolve(callerFolder(), file)
    if (existsSync(target))
      throw new UnusableDatabaseError(`${target} exists already: a backup never overwrites a file.`)
    await copySqlite(location.file, target)
    console.log(`Copied the database to ${target}.`)
  })

program
  .command('reset-password-link')
  .description('print a one-time link with which someone chooses a new password')
  .argument('<email>', 'the address they sign in with')
  .action(async (email: string) => {
    const { url, name, expiresAt } = await createPasswordResetLink(email)
    console.log(`${name} can choose a new password until ${expiresAt.toISOString()}:\n${url}`)
  })

registerImport(program)
registerAnnotations(program)
registerReport(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(explainFailure(error) ?? error)
  process.exitCode = 1
} finally {
  await closeDatabase()
}
