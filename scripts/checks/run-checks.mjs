import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../prepare/run.mjs'

const bin = (path, ...args) => [join(root, 'node_modules', path), ...args]

/** The folders that dependency-cruiser looks at. */
const folders = ['app', 'components', 'lib', 'prisma', 'scripts', 'tests', 'bench', 'instrumentation.ts', 'proxy.ts']

/** What `npm run check` looks at; the slowest first, so that the others can all run beside it. */
const checks = [
  { name: 'lint', command: bin('eslint/bin/eslint.js', '--max-warnings=0', '.') },
  {
    name: 'format',
    remedy: 'npm run format',
    command: bin('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  },
  {
    name: 'boundaries',
    command: bin(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.js',
      '--output-type',
      'err-long',
      ...folders,
    ),
  },
  { name: 'unused', command: bin('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  { name: 'types', command: bin('typescript/bin/tsc', '--noEmit') },
]

function runCheck({ name, remedy, command }) {
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = []
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    child.once('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      if (code !== 0) process.stdout.write(Buffer.concat(output))
      const advice = code !== 0 && remedy !== undefined ? `; remedy: ${remedy}` : ''
      console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)${advice}`)
      resolve(code === 0)
    })
  })
}

/**
 * Runs the static checks two at a time, and shows the output of those that fail.
 * @returns how many passed and how many did not
 */
export async function runChecks() {
  const waiting = [...checks].reverse()
  const results = []
  const work = async () => {
    for (let check = waiting.pop(); check !== undefined; check = waiting.pop()) results.push(await runCheck(check))
  }
  await Promise.all([work(), work()])
  return { passed: results.filter(Boolean).length, failed: results.filter((isGood) => !isGood).length }
}
