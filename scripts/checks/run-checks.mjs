import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../prepare/run.mjs'

const bin = (path, ...args) => [join(root, 'node_modules', path), ...args]

/** The folders and files that dependency-cruiser checks. */
const folders = ['app', 'components', 'lib', 'prisma', 'scripts', 'tests', 'bench', 'instrumentation.ts', 'proxy.ts']

/** The checks of `npm run check`; the slowest first, so that all others can run beside it. */
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
  { name: 'folder circles', command: [join(root, 'scripts/checks/folder-circles.mjs')] },
  { name: 'fragments', command: [join(root, 'scripts/checks/fragments.mjs')] },
  { name: 'named files', command: [join(root, 'scripts/checks/named-files.mjs')] },
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
      const advice = code !== 0 && remedy !== undefined ? `; remedy: ${remedy}` : ''
      const line = `${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)${advice}`
      resolve({ isGood: code === 0, said: code === 0 ? line : `${Buffer.concat(output).toString()}${line}` })
    })
  })
}

/**
 * Runs the static checks, and shows the output of those that fail.
 * @param options.atOnce how many run at a time
 * @param options.print gets the output of each check when it ends
 * @returns the numbers of passed and failed checks
 */
export async function runChecks({ atOnce = 2, print = console.log } = {}) {
  const waiting = [...checks].reverse()
  const results = []
  const work = async () => {
    for (let check = waiting.pop(); check !== undefined; check = waiting.pop()) {
      const { isGood, said } = await runCheck(check)
      print(said)
      results.push(isGood)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { passed: results.filter(Boolean).length, failed: results.filter((isGood) => !isGood).length }
}
