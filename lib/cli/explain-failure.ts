import { DomainError } from '@/lib/domain/errors'
import { diskFailureOf } from '@/lib/server/db/failures'
import { UnusableDatabaseError } from '@/lib/server/db/migrate'
import { SettingsError, settings } from '@/lib/server/env'

/** The fields of a system or database error that identify its cause. */
interface CodedError {
  code?: unknown
  path?: unknown
  message?: unknown
  errors?: unknown
  cause?: unknown
}

/** The outermost error code decides: the innermost error would hide the address. */
function findCode(error: unknown): { code: string; path: string } | null {
  if (typeof error !== 'object' || error === null) return null
  const { code, path, errors, cause }: CodedError = error
  if (typeof code === 'string' && code !== '') return { code, path: typeof path === 'string' ? path : '' }
  return findCode(Array.isArray(errors) ? errors[0] : cause)
}

function databaseAddress(): string {
  const { DATABASE_URL, dataDir } = settings()
  return DATABASE_URL === undefined ? dataDir : new URL(DATABASE_URL).host
}

function fullDisk(place: string): string {
  return `There is no space left on the disk: nothing was written, and nothing was changed in ${place}. Free some space, or name another folder, and run this again.`
}

/** Explains in one plain line a failure that an operator can fix. Null for a fault of the program, which needs its stack trace. */
export function explainFailure(error: unknown): string | null {
  if (error instanceof SettingsError || error instanceof UnusableDatabaseError || error instanceof DomainError)
    return error.message
  const disk = diskFailureOf(error)
  const found = findCode(error)
  if (disk === 'full' && found?.code !== 'ENOSPC') return fullDisk(databaseAddress())
  if (disk === 'failing' && found === null)
    return `The disk did not take what was written: nothing was changed in ${databaseAddress()}. Look at the disk, its space and the limits of this user, and run this again.`
  if (found === null) return null
  const place = found.path === '' ? databaseAddress() : found.path
  switch (found.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
      return `Cannot write to ${place}: allow it, or name another folder with DATA_DIR.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${place} is not a folder: name one with DATA_DIR.`
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return fullDisk(place)
    case 'ENOENT':
      return `There is no file ${place}.`
    case 'SQLITE_CANTOPEN':
      return `Cannot open the database in ${place}: check that the folder exists and may be written to.`
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The file sourcemark.db in ${place} is not a database, or is damaged: restore a backup, or move it away.`
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return `Cannot reach the PostgreSQL server at ${databaseAddress()} (${found.code}): check DATABASE_URL and that the server runs.`
    case '28P01':
    case '28000':
      return `The PostgreSQL server at ${databaseAddress()} refuses the user or password of DATABASE_URL.`
    case '3D000':
      return `The PostgreSQL server at ${databaseAddress()} has no such database: create it, or correct DATABASE_URL.`
    case '42501':
      return `The user of DATABASE_URL may not make tables: grant it CREATE on the schema.`
    default:
      return null
  }
}
