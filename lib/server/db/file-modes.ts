import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The names of Sourcemark's files in its data folder. */
const ownNames = /^(?:sourcemark\.|auth-secret|backups$)/

/** Sets a mode if this user may. A file of another user, or a system without modes, stays as it is. */
function restrict(path: string, mode: number): void {
  try {
    chmodSync(path, mode)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EPERM' || error.code === 'EROFS'))) throw error
  }
}

/**
 * Creates a missing SQLite file and its folder, and closes both to other users of the machine: the folder (unless it holds other things, too), the
 * file with its journals, and the backups in it. SQLite gives its journals the mode of the file.
 */
export function protectDataFiles(file: string): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  for (const path of [file, `${file}-wal`, `${file}-shm`])
    if (existsSync(/* turbopackIgnore: true */ path)) restrict(path, 0o600)
  if (readdirSync(folder).every((name) => ownNames.test(name))) restrict(folder, 0o700)
  const backups = join(folder, 'backups')
  if (!existsSync(backups)) return
  restrict(backups, 0o700)
  for (const name of readdirSync(backups)) if (name.endsWith('.db')) restrict(join(backups, name), 0o600)
}

/** Creates an empty file readable by this user only, as the target of a copy. @throws when the file exists. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', 0o600))
}
