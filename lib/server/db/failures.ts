import { DomainError } from '@/lib/domain/errors'
import { logger } from '../log'
import { perProcess } from '../per-process'

/** Why a change cannot be stored: the disk is full, or it fails. */
export type DiskFailure = 'full' | 'failing'

/** Codes of SQLite, the system and PostgreSQL. */
const fullCodes = /^(SQLITE_FULL|ENOSPC|EDQUOT|53100)$/
const failingCodes = /^(SQLITE_IOERR(_\w+)?|EIO|EROFS|SQLITE_READONLY(_\w+)?|58030|58P01)$/
/** Prisma gives the code of a failed raw query only in its message. */
const fullWords = /SQLITE_FULL|database or disk is full|ENOSPC|\b53100\b|No space left on device/
const failingWords = /SQLITE_IOERR|disk I\/O error|\b58030\b/
/** How deep causes are followed. */
const deepest = 6

/** The fields of an error of Prisma, a driver or the system that identify its cause. */
interface TellingError {
  code?: unknown
  originalCode?: unknown
  message?: unknown
  cause?: unknown
  meta?: unknown
  driverAdapterError?: unknown
}

/** The disk problem behind a failure of the database or the file system; null for any other failure. */
export function diskFailureOf(error: unknown, depth = 0): DiskFailure | null {
  if (typeof error !== 'object' || error === null || depth > deepest || error instanceof DomainError) return null
  const { code, originalCode, message, cause, meta, driverAdapterError }: TellingError = error
  for (const said of [code, originalCode]) {
    if (typeof said !== 'string') continue
    if (fullCodes.test(said)) return 'full'
    if (failingCodes.test(said)) return 'failing'
  }
  for (const inner of [cause, meta, driverAdapterError]) {
    const found = diskFailureOf(inner, depth + 1)
    if (found !== null) return found
  }
  if (typeof message !== 'string' || !/prisma|sqlite|postgres/i.test(`${String(code)} ${error.constructor.name}`))
    return null
  if (fullWords.test(message)) return 'full'
  return failingWords.test(message) ? 'failing' : null
}

/** The error for the caller. */
const problems = {
  full: () =>
    new DomainError(
      'out-of-space',
      'The server’s disk is full, so nothing can be stored; nothing was changed. The administrator has to free space; then send this again.',
      { retryAfter: 30 },
    ),
  failing: () =>
    new DomainError(
      'unavailable',
      'The server’s disk fails, so nothing can be stored; nothing was changed. The administrator has to look at it; then send this again.',
      { retryAfter: 30 },
    ),
} as const satisfies Record<DiskFailure, () => DomainError>

const sentences = {
  full: 'The disk is full: changes are refused until there is space again. Free some, or move the data to a larger disk.',
  failing: 'The disk fails: changes are refused until it works again. Look at the system’s log.',
} as const

const disk = perProcess('disk', (): { failure: DiskFailure | null } => ({ failure: null }))

/** The problem to answer with for a disk failure; null for any other. The cause is logged once, until a change can be stored again. */
export function takeDiskFailure(error: unknown): DomainError | null {
  const failure = diskFailureOf(error)
  if (failure === null) return null
  if (disk.failure !== failure) {
    disk.failure = failure
    logger().error({ err: error }, sentences[failure])
  }
  return problems[failure]()
}

/** Call after a change has been stored. */
export function noteStored(): void {
  if (disk.failure === null) return
  disk.failure = null
  logger().info('Changes are stored again.')
}

/** The disk failure that prevented the last change; null when it was stored or failed for another reason. */
export function lastDiskFailure(): DiskFailure | null {
  return disk.failure
}

/**
 * Whether a write failed because a unique value is taken. A check before the write cannot rule that out on PostgreSQL, where another transaction may
 * commit in between. P2002 is Prisma's code for it.
 */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002'
}

/**
 * Whether a write failed because of another instance's commit, so that a second run may succeed or fail with a better message: a unique value is
 * taken, or the database broke a deadlock (P2034).
 */
export function isOvertaken(error: unknown): boolean {
  return (
    isUniqueViolation(error) ||
    (typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2034')
  )
}
