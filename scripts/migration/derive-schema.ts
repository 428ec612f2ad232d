import { readFileSync, writeFileSync } from 'node:fs'

const heading = '// Derived from ../schema.prisma by `npm run migration`. Do not edit.\n\n'

/**
 * The text of the PostgreSQL schema, derived from the hand-written SQLite one. Prisma's `provider` cannot come from the environment, so there are two
 * schema files; the second is never edited by hand.
 */
export function derivePostgresqlSchema(schema: string): string {
  return (
    heading +
    schema
      .replace('provider = "sqlite"', 'provider = "postgresql"')
      .replace('"../lib/server/db/generated/sqlite"', '"../../lib/server/db/generated/postgresql"')
  )
}

/** Derives prisma/postgresql/schema.prisma from prisma/schema.prisma and writes it. */
export function writePostgresqlSchema(): void {
  writeFileSync('prisma/postgresql/schema.prisma', derivePostgresqlSchema(readFileSync('prisma/schema.prisma', 'utf8')))
}
