import { spawn } from 'node:child_process'
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
 * @returns the last message it sent, for a Node program with `ipc`
 * @throws ChildFailure when it does not end with 0
 */
export function run(program, args, { env = {}, ipc = false, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const output = quiet ? 'pipe' : 'inherit'
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output, ...(ipc ? ['ipc'] : [])],
      shell: process.platform === 'win32' && program === 'npm',
    })
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

/** Runs a TypeScript file of the project. */
export function runTypeScript(file, args = [], options = {}) {
  return run(process.execPath, ['--import', 'tsx', file, ...args], options)
}

/** Runs a command's body; a failure ends the process with one plain line. */
export async function runCommand(body) {
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
