/**
 * Derives the PostgreSQL schema from the hand-written SQLite one. Prisma's `provider` cannot come from the environment,
 * so there are two schema files; this keeps the second from ever being edited.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const heading = '// Derived from ../schema.prisma by `npm run migration`. Do not edit.\n\n'

/** The PostgreSQL schema's text for the SQLite schema's text. */
export function derivePostgresqlSchema(schema) {
  return (
    heading +
    schema
      .replace('provider = "sqlite"', 'provider = "postgresql"')
      .replace('"../lib/server/db/generated/sqlite"', '"../../lib/server/db/generated/postgresql"')
  )
}

/** Writes prisma/postgresql/schema.prisma when it differs; true when it did. */
export function writePostgresqlSchema() {
  const derived = derivePostgresqlSchema(readFileSync('prisma/schema.prisma', 'utf8'))
  const path = 'prisma/postgresql/schema.prisma'
  let current = ''
  try {
    current = readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  if (current === derived) return false
  mkdirSync('prisma/postgresql', { recursive: true })
  writeFileSync(path, derived)
  return true
}

if (import.meta.url === `file://${process.argv[1]}`) writePostgresqlSchema()
