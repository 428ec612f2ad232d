/**
 * All tests and checks, also on a fresh clone: installs, unit tests, both databases, API, checks, build, browser. The checks and the build need one
 * core and no database, so they run beside compiling and the tests that need no build. The last line is `N passed, N failed` over everything; each
 * static check, the coverage gate and the build count as one.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from './checks/run-checks.mjs'
import { ensureBuilt } from './prepare/build.mjs'
import { ensureChromium } from './prepare/chromium.mjs'
import { ensureClients } from './prepare/generate.mjs'
import { ensureCompiled, ensurePackages } from './prepare/install.mjs'
import { allOf, root, run, watchParent } from './prepare/run.mjs'

const results = join(root, 'test-results')
const total = { passed: 0, failed: 0 }
const started = Date.now()

function count({ passed, failed }) {
  total.passed += passed
  total.failed += failed
}

function announce(title) {
  console.log(`\n== ${title} (after ${Math.round((Date.now() - started) / 1000)} s)`)
}

/** Runs a step that counts as one; true when it succeeded. */
async function countOne(title, work) {
  announce(title)
  try {
    await work()
    count({ passed: 1, failed: 0 })
    return true
  } catch (error) {
    console.error(error.isPlain === true ? error.message : error)
    count({ passed: 0, failed: 1 })
    return false
  }
}

/** Runs a test runner and reads its JSON report; a missing report counts as one failure. */
async function runSuite(title, { program, report, env, read }) {
  announce(title)
  const file = join(results, report)
  let ended = true
  try {
    await run(process.execPath, program, { env })
  } catch {
    ended = false
  }
  if (!existsSync(file)) {
    console.error(`${title}: the runner left no report.`)
    count({ passed: 0, failed: 1 })
    return
  }
  const found = read(JSON.parse(readFileSync(file, 'utf8')))
  count(found)
  // A failure outside the tests: a set-up, an uncaught error, the coverage gate.
  if (!ended && found.failed === 0) {
    console.error(`${title}: every test passed, and yet the runner failed; see above.`)
    count({ passed: 0, failed: 1 })
  }
}

/** Runs a project of vitest.config.ts. Coverage is measured only for the domain rules, which unit tests prove, because measuring takes time. */
function vitest(project, ...options) {
  return {
    program: [
      'node_modules/vitest/vitest.mjs',
      'run',
      `--project=${project}`,
      ...options,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=test-results/vitest-${project}.json`,
    ],
    report: `vitest-${project}.json`,
    read: readVitest,
  }
}

function readVitest({ numPassedTests, numFailedTests, testResults }) {
  // A file that cannot be loaded has no tests to fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  return { passed: numPassedTests, failed: numFailedTests + broken }
}

const playwright = {
  program: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
  report: 'playwright.json',
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, 'test-results/playwright.json'), E2E_BUILD: 'kept' },
  read: ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
  }),
}

/**
 * Runs the checks one after another and then the build, beside the tests that need neither: those wait for databases half of their time.
 * @returns the results and output of the checks, and the build's failure, all held until they are asked for
 */
async function checkAndBuildQuietly() {
  const said = []
  const found = await runChecks({ atOnce: 1, print: (text) => said.push(text) })
  try {
    await ensureBuilt({ beside: true })
    return { found, said: said.join('\n'), failure: null }
  } catch (failure) {
    return { found, said: said.join('\n'), failure }
  }
}

watchParent()
try {
  const isReady = await countOne('Set-up', async () => {
    await ensurePackages()
    await allOf([ensureClients(), ensureChromium()])
    rmSync(results, { recursive: true, force: true })
    mkdirSync(results, { recursive: true })
  })
  if (isReady) {
    const beside = checkAndBuildQuietly()
    const isCompiled = await countOne('Compiling', ensureCompiled)
    await runSuite('Unit tests', vitest('unit', '--coverage'))
    if (isCompiled) await runSuite('Database and API tests', vitest('server'))
    announce('Checks')
    const { found, said, failure } = await beside
    console.log(said)
    count(found)
    const isBuilt = await countOne('Build', () => (failure === null ? undefined : Promise.reject(failure)))
    if (isBuilt && isCompiled) await runSuite('Browser tests', playwright)
  }
} catch (error) {
  console.error(error)
  count({ passed: 0, failed: 1 })
}
console.log(`\nTook ${Math.round((Date.now() - started) / 1000)} s.`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
