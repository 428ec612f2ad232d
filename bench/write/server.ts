import { spawn, type ChildProcess } from 'node:child_process'
import type { DatabaseLocation } from '@/lib/server/db/client'
import { freePort } from '@/tests/setup/postgresql-cluster'

/** The application in production mode, as a process of its own. */
export interface Served {
  port: number
  /** Kills it, like a power cut. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** The longest time a start may take, in ms. */
const startPatience = 120_000

/** The settings for a database location and its data folder. */
export function settingsOf(location: DatabaseLocation, folder: string): Record<string, string> {
  return location.engine === 'postgresql' ? { DATA_DIR: folder, DATABASE_URL: location.url } : { DATA_DIR: folder }
}

/** Starts the built application on a free port and waits until it answers. @throws Error with its output when it does not. */
export async function serve(settings: Record<string, string>): Promise<Served> {
  const port = await freePort()
  const { DATABASE_URL: _url, ...inherited } = process.env
  const child = spawn(process.execPath, ['scripts/serve.mjs'], {
    env: {
      ...inherited,
      LOG_LEVEL: 'error',
      AUTH_SECRET: 'only for one run on this machine, never kept',
      PORT: String(port),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The application did not start in time:\n${printed}`))
    }, startPatience)
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      if (!printed.includes('Sourcemark is at')) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The application ended with ${String(code)}:\n${printed}`))
    })
  })
  await ready
  return { port, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}
