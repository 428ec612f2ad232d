#!/usr/bin/env node
/** The command line. It runs in the project folder; the folder it was called from is passed on, to resolve paths in the arguments. */
import { ensureClients } from './prepare/generate.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { runCommand, runTypeScript } from './prepare/run.mjs'

await runCommand(async () => {
  await ensureInstalled()
  await ensureClients()
  const calledFrom = process.env.npm_lifecycle_event === 'sourcemark' ? process.env.INIT_CWD : process.cwd()
  await runTypeScript('lib/cli/main.ts', process.argv.slice(2), { env: { SOURCEMARK_CALLED_FROM: calledFrom } })
})
