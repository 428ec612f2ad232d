import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The output of a program and its exit code. */
export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** A production server, with an empty data folder of its own. */
export interface App {
  address: string
  dataDir: string
  /** The one-time link for the first owner, as the server printed it. */
  setupLink: string
  /** The server's output so far, errors included. */
  printed: () => string
  isRunning: () => boolean
  /** Runs the command line against the same data folder. */
  commandLine: (...args: string[]) => Promise<Outcome>
  /** Runs a TypeScript file of the project against the same data folder; `file` is given from the project's folder. */
  runScript: (file: string, ...args: string[]) => Promise<Outcome>
  stop: () => Promise<void>
  /** Stops the server; its data stays. */
  pause: () => Promise<void>
  /** Starts a server that was paused, at the same address. */
  resume: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was found')
  return address.port
}

/** Starts the production build as `npm run serve` does. @throws when it does not print its address within a minute. */
export async function startApp(settings: Record<string, string> = {}): Promise<App> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'sourcemark-e2e-'))
  const environment = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    LOG_LEVEL: 'error',
    ...settings,
  }
  let printed = ''
  const launch = (until: RegExp) => {
    const server = spawn(process.execPath, ['scripts/serve.mjs'], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const before = printed.length
    const ended = new Promise<void>((resolve) =>
      server.once('exit', () => {
        resolve()
      }),
    )
    const said = new Promise<string>((resolve, reject) => {
      const giveUp = (why: string) => {
        reject(new Error(`The server did not start (${why}). It printed:\n${printed}`))
      }
      const timer = setTimeout(() => {
        giveUp('a minute has passed')
      }, 60_000)
      const listen = (chunk: Buffer) => {
        printed += chunk.toString()
        const found = until.exec(printed.slice(before))?.[1]
        if (found === undefined) return
        clearTimeout(timer)
        resolve(found)
      }
      server.stdout.on('data', listen)
      server.stderr.on('data', listen)
      server.once('exit', (code) => {
        giveUp(`it ended with ${String(code)}`)
      })
    })
    return { server, ended, said }
  }
  let running = launch(/^\s*(http\S+\/set-up\/\S+)\s*$/m)
  const setupLink = await running.said.catch((error: unknown) => {
    running.server.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  })
  const pause = async () => {
    const { server, ended } = running
    server.kill('SIGTERM')
    const patience = setTimeout(() => server.kill('SIGKILL'), 8_000)
    await ended
    clearTimeout(patience)
  }
  const run = (args: readonly string[]) =>
    new Promise<Outcome>((resolve) => {
      execFile(
        process.execPath,
        args,
        { cwd: root, env: environment, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
        },
      )
    })
  return {
    address: `http://127.0.0.1:${String(port)}`,
    dataDir,
    setupLink,
    printed: () => printed,
    isRunning: () => running.server.exitCode === null && running.server.signalCode === null,
    commandLine: (...args) => run(['scripts/sourcemark.mjs', ...args]),
    runScript: (file, ...args) => run(['--import', 'tsx', file, ...args]),
    stop: async () => {
      await pause()
      rmSync(dataDir, { recursive: true, force: true })
    },
    pause,
    resume: async () => {
      running = launch(/^(Sourcemark is at)/m)
      await running.said
    },
  }
}
