import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A child process that failed and has said why; its starter adds nothing. */
export class ChildFailure extends Error {
  constructor(command, exitCode) {
    super(`${command} failed`)
    this.exitCode = exitCode
  }
}

/**
 * Runs a program in the project's folder and waits for it. Its output goes where ours goes; an interrupt that reaches us ends it, too.
 * @param options.quiet holds the output back and shows it only when the program fails
 * @param options.yields lets what else runs on the machine go first
 * @returns the last message it sent, for a Node program with `ipc`
 * @throws ChildFailure when it does not end with 0
 */
export function run(program, args, { env = {}, ipc = false, quiet = false, yields = false } = {}) {
  return new Promise((resolve, reject) => {
    const output = quiet ? 'pipe' : 'inherit'
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output, ...(ipc ? ['ipc'] : [])],
      shell: process.platform === 'win32' && program === 'npm',
    })
    if (yields && child.pid !== undefined) setPriority(child.pid, 10)
    const held = []
    child.stdout?.on('data', (chunk) => held.push(chunk))
    child.stderr?.on('data', (chunk) => held.push(chunk))
    let message
    child.on('message', (received) => {
      message = received
    })
    const stop = () => child.kill('SIGTERM')
    process.once('SIGTERM', stop)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.removeListener('SIGTERM', stop)
      if (code === 0) resolve(message)
      else {
        process.stderr.write(Buffer.concat(held))
        reject(new ChildFailure(`${program} ${args[0] ?? ''}`, code ?? (signal === 'SIGTERM' ? 143 : 130)))
      }
    })
  })
}

/** Waits for all, also when one fails, so that none is left running; then throws the first failure. */
export async function allOf(works) {
  const failure = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected')
  if (failure !== undefined) throw failure.reason
}

/** Runs a TypeScript file of the project. */
export function runTypeScript(file, args = [], options = {}) {
  return run(process.execPath, ['--import', 'tsx', file, ...args], options)
}

/** How often a command looks whether the npm that started it is still there, in ms. */
const parentInterval = 500

/**
 * A signal sent to `npm start` ends npm and the shell between, and never reaches this process: when the shell is gone, this process takes it as
 * the signal.
 */
export function watchParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143)
  }, parentInterval)
  timer.unref()
}

/** Runs a command's body; a failure ends the process with one plain line. */
export async function runCommand(body) {
  watchParent()
  try {
    await body()
  } catch (error) {
    if (error instanceof ChildFailure) process.exitCode = error.exitCode
    else {
      console.error(error.isPlain === true ? error.message : error)
      process.exitCode = 1
    }
    // A server that is half started must not keep a failed process alive.
    process.exit()
  }
}

/** An error whose message says everything an operator needs. */
export function plainError(message) {
  return Object.assign(new Error(message), { isPlain: true })
}
