import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import type { DatabaseLocation } from './client'

/** The server that has an SQLite file, as the lock file beside it says. */
const lockSchema = z.object({
  id: z.string(),
  pid: z.number().int(),
  /** When the process started, as the system counts; empty where it cannot be asked. */
  started: z.string(),
  host: z.string(),
  /** The system's run; another one after the machine was started again. Empty where it cannot be asked. */
  boot: z.string(),
  at: z.iso.datetime(),
})
export type ServerLock = z.infer<typeof lockSchema>

/** How often a server says that it is still there, and after which silence one on another machine counts as gone, in ms. */
const beatInterval = 10_000
const longestSilence = 60_000
/** How long someone who starts at the same moment has to write its name over ours, in ms. */
const settling = 200

/** The lock file of a database; null for PostgreSQL, which any number of servers may share. */
function lockFileOf(location: DatabaseLocation): string | null {
  return location.engine === 'sqlite' ? `${location.file}.server` : null
}

/** What a file of the system says; empty where there is none. */
function readSystem(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** When a process started: the 22nd field of Linux's `stat`, counted after the name, which may hold anything. */
function startOf(pid: number): string {
  const stat = readSystem(`/proc/${String(pid)}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM'
  }
}

function readLock(file: string): ServerLock | null {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // None, or one that was half written when the machine stopped.
    return null
  }
}

function isHeld(file: string, lock: ServerLock): boolean {
  const boot = readSystem('/proc/sys/kernel/random/boot_id')
  if (lock.host === hostname()) {
    if (lock.boot !== boot) return false
    return isAlive(lock.pid) && startOf(lock.pid) === lock.started
  }
  // Its processes cannot be asked from here: a container that was made anew has another name.
  return Date.now() - statSync(file).mtimeMs < longestSilence
}

/** The server that runs on an SQLite file now; null when there is none, or the one that was there is gone. */
export function runningServer(location: DatabaseLocation): ServerLock | null {
  const file = lockFileOf(location)
  const lock = file === null ? null : readLock(file)
  return file !== null && lock !== null && isHeld(file, lock) ? lock : null
}

/**
 * Writes the name of a process beside the SQLite file, over that of one that is gone.
 * @returns the server that runs on the file already; null when the name was written, and for PostgreSQL
 */
export async function takeServerLock(location: DatabaseLocation, pid: number): Promise<ServerLock | null> {
  const file = lockFileOf(location)
  if (file === null) return null
  const other = runningServer(location)
  if (other !== null) return other.pid === pid && other.host === hostname() ? null : other
  const lock: ServerLock = {
    id: randomUUID(),
    pid,
    started: startOf(pid),
    host: hostname(),
    boot: readSystem('/proc/sys/kernel/random/boot_id'),
    at: new Date().toISOString(),
  }
  const draft = `${file}.${lock.id}`
  try {
    writeFileSync(draft, `${JSON.stringify(lock)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  await new Promise((resolve) => setTimeout(resolve, settling))
  const stands = readLock(file)
  return stands === null || stands.id === lock.id ? null : stands
}

/** Says from time to time that this process is still there, and takes its name away when it ends. Nothing when the lock is another's. */
export function keepServerLock(location: DatabaseLocation): void {
  const file = lockFileOf(location)
  if (file === null) return
  const isOurs = () => readLock(file)?.pid === process.pid
  if (!isOurs()) return
  setInterval(() => {
    try {
      if (isOurs()) utimesSync(file, new Date(), new Date())
    } catch {
      // A full disk or a lost folder is told of where it matters.
    }
  }, beatInterval).unref()
  process.once('exit', () => {
    if (isOurs()) rmSync(file, { force: true })
  })
}

/** One sentence on a server that has the file. */
export function describeServer({ pid, host, at }: ServerLock): string {
  const where = host === hostname() ? '' : ` on ${host}`
  return `process ${String(pid)}${where}, since ${at}`
}
