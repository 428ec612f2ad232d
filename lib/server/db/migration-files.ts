import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import type { DatabaseLocation } from './client'

/** Which of the two databases. */
export type DatabaseEngine = DatabaseLocation['engine']

/** Where the migrations of an engine stand, below the project's folder. */
export function migrationFolder(engine: DatabaseEngine): string {
  return engine === 'sqlite' ? 'prisma/migrations' : 'prisma/postgresql/migrations'
}

/** The migrations this version knows, oldest first, in the shape Prisma's engine takes. */
export function readMigrations(engine: DatabaseEngine, projectFolder = process.cwd()): MigrationList {
  const baseDir = join(projectFolder, migrationFolder(engine))
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
