import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import type { DatabaseLocation } from './client'

/** The server that uses an SQLite file, as recorded in the lock file beside it. */
const lockSchema = z.object({
  id: z.string(),
  pid: z.number().int(),
  /** The start of the process in system ticks; empty where it is unknown. */
  started: z.string(),
  host: z.string(),
  /** The id of the system's boot, different after a restart of the machine. Empty where it is unknown. */
  boot: z.string(),
  at: z.iso.datetime(),
})
export type ServerLock = z.infer<typeof lockSchema>

/** How often a server touches its lock file, and the silence after which a server on another machine counts as gone, in ms. */
const beatInterval = 10_000
const longestSilence = 60_000
/** How long a process that starts at the same moment has to replace our lock by its own, in ms. */
const settling = 200

/** The lock file of a database; null for PostgreSQL, which any number of servers may share. */
function lockFileOf(location: DatabaseLocation): string | null {
  return location.engine === 'sqlite' ? `${location.file}.server` : null
}

/** The content of a system file; empty where there is none. */
function readSystem(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** The start of a process: field 22 of Linux's `stat`, counted from behind the process name, which may hold any characters. */
function startOf(pid: number): string {
  const stat = readSystem(`/proc/${String(pid)}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user refuses the signal, so it exists.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM'
  }
}

function readLock(file: string): ServerLock | null {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // No lock, or one that was half written when the machine stopped.
    return null
  }
}

function isHeld(file: string, lock: ServerLock): boolean {
  const boot = readSystem('/proc/sys/kernel/random/boot_id')
  if (lock.host === hostname()) {
    if (lock.boot !== boot) return false
    return isAlive(lock.pid) && startOf(lock.pid) === lock.started
  }
  // The processes of another host cannot be checked from here, and a recreated container has a new host name.
  return Date.now() - statSync(file).mtimeMs < longestSilence
}

/** The server that runs on an SQLite file now; null when there is none, or when the recorded one is gone. */
export function runningServer(location: DatabaseLocation): ServerLock | null {
  const file = lockFileOf(location)
  const lock = file === null ? null : readLock(file)
  return file !== null && lock !== null && isHeld(file, lock) ? lock : null
}

/**
 * Records a process in the lock file beside the SQLite file, replacing one that is gone.
 * @returns the server that runs on the file already; null when the lock was taken, and for PostgreSQL
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

/** Renews this process's lock at intervals and removes it on exit. No effect when the lock belongs to another process. */
export function keepServerLock(location: DatabaseLocation): void {
  const file = lockFileOf(location)
  if (file === null) return
  const isOurs = () => readLock(file)?.pid === process.pid
  if (!isOurs()) return
  setInterval(() => {
    try {
      if (isOurs()) utimesSync(file, new Date(), new Date())
    } catch {
      // A full disk or a lost folder is reported by the next write.
    }
  }, beatInterval).unref()
  process.once('exit', () => {
    if (isOurs()) rmSync(file, { force: true })
  })
}

/** Describes in one phrase the server that has the file. */
export function describeServer({ pid, host, at }: ServerLock): string {
  const where = host === hostname() ? '' : ` on ${host}`
  return `process ${String(pid)}${where}, since ${at}`
}
