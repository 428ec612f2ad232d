import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The project folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A child process that failed and has reported why; its parent adds nothing. */
export class ChildFailure extends Error {
  constructor(command, exitCode) {
    super(`${command} failed`)
    this.exitCode = exitCode
  }
}

/**
 * Runs a program in the project folder and waits for it. Its output joins ours, and an interrupt that reaches us ends it too.
 * @param options.quiet holds the output back and shows it only when the program fails
 * @param options.yields runs the program at a lower priority
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

/** Waits for all promises even when one rejects, so that none is left running; then throws the first failure. */
export async function allOf(works) {
  const failure = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected')
  if (failure !== undefined) throw failure.reason
}

/** Runs a TypeScript file of the project. */
export function runTypeScript(file, args = [], options = {}) {
  return run(process.execPath, ['--import', 'tsx', file, ...args], options)
}

/** How often a command checks that the npm process which started it still runs, in ms. */
const parentInterval = 500

/**
 * A signal sent to `npm start` ends npm and the shell between, and never reaches this process. When the shell is gone, this process acts as if it had
 * received the signal.
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

/** Runs the body of a command; a failure ends the process with a one-line message. */
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
    // A half-started server must not keep a failed process alive.
    process.exit()
  }
}

/** An error whose message tells an operator everything they need. */
export function plainError(message) {
  return Object.assign(new Error(message), { isPlain: true })
}
