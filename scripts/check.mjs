/** All checks that need no server and no browser: format, boundaries, dead code, types, lint, unit tests. */
import { runChecks } from './checks/run-checks.mjs'
import { ensureClients } from './prepare/generate.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { plainError, run, runCommand } from './prepare/run.mjs'

await runCommand(async () => {
  await ensureInstalled()
  await ensureClients()
  const { failed } = await runChecks()
  await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'])
  if (failed > 0) throw plainError(`${failed} checks failed.`)
})
